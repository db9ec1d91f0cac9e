import { FlambeauError } from '../errors.js';
import { isTensor } from '../ops/call.js';
import { childPath } from './pytree.js';

/** Reads a value out of the leaves of a call. */
type Term = (leaves: readonly unknown[]) => number;
/** A condition that a program was traced under: elsewhere it may compute something else. */
export interface Guard {
  holds: Term;
  /** As a person reads it: `x.size(1) // 2 != 1`. */
  text: string;
}

class Unknown extends Error {}

const tokens = /\s*(?:(\d+(?:\.\d+)?)|'([^']*)'|([A-Za-z_]\w*)|(==|!=|<=|>=|\/\/|\*\*|[-+*/%<>()[\].,]))/gy;

const floorMod = (a: number, b: number): number => a - Math.floor(a / b) * b;
type Apply = (a: number, b: number) => number;
const truth =
  (apply: (a: number, b: number) => boolean): Apply =>
  (a, b) =>
    Number(apply(a, b));
// Those that bind weakest come first.
const levels: Record<string, Apply>[] = [
  { or: (a, b) => a || b },
  { and: (a, b) => a && b },
  {
    '==': truth((a, b) => a === b),
    '!=': truth((a, b) => a !== b),
    '<': truth((a, b) => a < b),
    '<=': truth((a, b) => a <= b),
    '>': truth((a, b) => a > b),
    '>=': truth((a, b) => a >= b),
  },
  { '+': (a, b) => a + b, '-': (a, b) => a - b },
  { '*': (a, b) => a * b, '//': (a, b) => Math.floor(a / b), '%': floorMod, '/': (a, b) => a / b },
  { '**': (a, b) => a ** b },
];
const functions: Record<string, (...args: number[]) => number> = { max: Math.max, min: Math.min, abs: Math.abs };

class Parser {
  private next = 0;
  private readonly words: string[] = [];
  private readonly quoted = new Set<number>();

  constructor(
    text: string,
    private readonly places: ReadonlyMap<string, number>,
  ) {
    tokens.lastIndex = 0;
    for (let end = 0; end < text.length; end = tokens.lastIndex) {
      const match = tokens.exec(text);
      if (!match) throw new Unknown();
      if (match[2] !== undefined) this.quoted.add(this.words.length);
      this.words.push((match[1] ?? match[2] ?? match[3] ?? match[4])!);
    }
  }

  private take(word?: string): string {
    const taken = this.words[this.next];
    if (taken === undefined || (word !== undefined && taken !== word)) throw new Unknown();
    this.next++;
    return taken;
  }

  private at(word: string): boolean {
    return this.words[this.next] === word && !this.quoted.has(this.next);
  }

  whole(): Term {
    const term = this.level(0);
    if (this.next < this.words.length) throw new Unknown();
    return term;
  }

  private level(depth: number): Term {
    const operators = levels[depth];
    if (!operators) return this.unary();
    let left = this.level(depth + 1);
    for (;;) {
      const word = this.words[this.next] ?? '';
      if (!Object.hasOwn(operators, word) || this.quoted.has(this.next)) return left;
      this.next++;
      const [apply, a, b] = [operators[word]!, left, this.level(depth + 1)];
      left = (leaves) => apply(a(leaves), b(leaves));
    }
  }

  private unary(): Term {
    for (const [sign, apply] of [
      ['-', (a: number) => -a],
      ['not', (a: number) => Number(!a)],
    ] as const) {
      if (!this.at(sign)) continue;
      this.next++;
      const term = this.unary();
      return (leaves) => apply(term(leaves));
    }
    if (this.at('(')) {
      this.next++;
      const term = this.level(0);
      this.take(')');
      return term;
    }
    if (this.at('L')) return this.argument();
    const word = this.take();
    if (/^\d/.test(word)) return () => Number(word);
    const fn = Object.hasOwn(functions, word) ? functions[word]! : undefined;
    if (!fn) throw new Unknown();
    this.take('(');
    const args = [this.level(0)];
    while (this.at(',')) {
      this.next++;
      args.push(this.level(0));
    }
    this.take(')');
    return (leaves) => fn(...args.map((arg) => arg(leaves)));
  }

  /** `L['x'][0].size()[1]`, or a number `L['n']`. */
  private argument(): Term {
    this.take('L');
    let path = '';
    while (this.at('[')) {
      this.next++;
      const quoted = this.quoted.has(this.next);
      const key = this.take();
      path = childPath(path, quoted ? key : Number(key));
      this.take(']');
    }
    const place = this.places.get(path);
    if (place === undefined) throw new Unknown();
    if (!this.at('.')) return (leaves) => Number(leaves[place]);
    this.take('.');
    const asked = this.take();
    this.take('(');
    this.take(')');
    if (asked !== 'size') throw new Unknown();
    this.take('[');
    const dim = Number(this.take());
    this.take(']');
    return (leaves) => {
      const tensor = leaves[place];
      return (isTensor(tensor) ? tensor.shape[dim] : undefined) ?? NaN;
    };
  }
}

function readable(code: string): string {
  return code
    .replace(/^\s+/, '')
    .replace(/\bL\['(\w+)'\]/g, '$1')
    .replace(/\.size\(\)\[(\d+)\]/g, '.shape[$1]');
}

/** Reads the conditions of a program; those that are of another kind than sizes are passed over. */
export function parseGuards(codes: readonly string[], paths: readonly string[]): Guard[] {
  const places = new Map(paths.map((path, i) => [path, i]));
  return codes.flatMap((code) => {
    try {
      return [{ holds: new Parser(code, places).whole(), text: readable(code) }];
    } catch (error) {
      if (error instanceof Unknown || error instanceof RangeError) return [];
      throw error;
    }
  });
}

/** Throws where the arguments are not as they were when the program was traced. */
export function checkGuards(func: string, guards: readonly Guard[], leaves: readonly unknown[]): void {
  for (const { holds, text } of guards) {
    if (holds(leaves) === 0) {
      throw new FlambeauError('INVALID_VALUE', `${func}(): the program was exported for arguments with ${text}`);
    }
  }
}
