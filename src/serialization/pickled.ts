import { FlambeauError } from '../errors.js';

/** A class or function that a pickle names, and that the list of allowed ones has. */
export class Global {
  constructor(readonly name: string) {}
}

/** A tuple. */
export class Tuple {
  constructor(readonly items: readonly unknown[]) {}
}

/** A dict, with the attributes that an OrderedDict may have. */
export class Dict {
  /** Keys and values in turns. A key may stand twice: the last one counts. */
  readonly items: unknown[] = [];
  attributes: Dict | undefined;
}

/** A list or a set. */
export class List {
  readonly items: unknown[] = [];
  constructor(readonly isSet: boolean) {}
}

/** A call of a global, to be made when the storages are there. */
export class Call {
  state: unknown;
  constructor(
    readonly callee: Global,
    readonly args: Tuple,
  ) {}
}

/** A reference to something outside of the pickle: a storage. */
export class Reference {
  constructor(readonly id: Tuple | number) {}
}

/** An error of a pickle. */
export function badPickle(reason: string): FlambeauError {
  return new FlambeauError('INVALID_FILE', `load(): the pickle cannot be read: ${reason}`);
}

/** A pickle that ends too early: where it is the beginning of a longer file, more of it may help. */
export class CutOff extends FlambeauError {
  constructor() {
    super('INVALID_FILE', 'load(): the pickle cannot be read: it is cut off');
  }
}
