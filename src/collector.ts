import { setFlagsFromString } from 'node:v8';
import { runInNewContext } from 'node:vm';

let gc: ((options?: { type: 'minor' }) => void) | undefined;

function collector(): NonNullable<typeof gc> {
  if (!gc) {
    setFlagsFromString('--expose-gc');
    gc = runInNewContext('gc') as NonNullable<typeof gc>;
    // Contexts that others make later do not get it.
    setFlagsFromString('--no-expose-gc');
  }
  return gc;
}

/** A full collection, for when memory has run out. */
export function collectGarbage(): void {
  collector()();
}

const minor = { type: 'minor' } as const;

/** A collection of what was made last, which is short: the binding asks for it when tensors of a loop pile up. */
export function collectYoung(): void {
  collector()(minor);
}
