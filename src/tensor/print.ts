import { FlambeauError, wrongArgument } from '../errors.js';
import { Complex } from '../shape.js';
import type { Element } from './data.js';

/** How tensors are printed. */
export interface PrintOptions {
  /** Digits behind the point: 4 unless given. */
  precision?: number;
  /** The greatest number of elements that is printed whole; of more, the edges: 1000 unless given. */
  threshold?: number;
  /** The number of elements at each end of a dimension that is cut: 3 unless given. */
  edgeitems?: number;
  /** The width of a line: 80 unless given. */
  linewidth?: number;
  /** What the settings above are where they are not given; those in force without it. */
  profile?: 'default' | 'short' | 'full';
  /** Whether floating point numbers are printed with an exponent; by their size when null or not given. */
  sciMode?: boolean | null;
}

type Settings = Required<Omit<PrintOptions, 'profile'>>;

const profiles = {
  default: { precision: 4, threshold: 1000, edgeitems: 3, linewidth: 80 },
  short: { precision: 2, threshold: 1000, edgeitems: 2, linewidth: 80 },
  full: { precision: 4, threshold: Infinity, edgeitems: 3, linewidth: 80 },
};

// The greatest value of each setting that is a number.
const most = { precision: 99, threshold: Infinity, edgeitems: Infinity, linewidth: Infinity };

let settings: Settings = { ...profiles.default, sciMode: null };

/**
 * Changes how tensors are printed. What is not given stays, but `sciMode`, which becomes null.
 *
 * @throws when an option is unknown or out of range
 * @see https://docs.pytorch.org/docs/2.13/generated/torch.set_printoptions.html
 * @example
 * torch.setPrintOptions({ precision: 2, threshold: 5, edgeitems: 1 })
 * torch.tensor([0.123]) // tensor([0.12])
 * torch.arange(10) // tensor([0,  ..., 9])
 * torch.setPrintOptions({ profile: 'default' })
 */
export function setPrintOptions(options: PrintOptions): void {
  const { profile, sciMode = null, ...numbers } = options;
  if (profile !== undefined && !Object.hasOwn(profiles, profile))
    throw wrongArgument('setPrintOptions', 'profile', "'default', 'short' or 'full'", profile);
  if (sciMode !== null && typeof sciMode !== 'boolean')
    throw wrongArgument('setPrintOptions', 'sciMode', 'boolean or null', sciMode);
  const next: Settings = { ...settings, ...(profile && profiles[profile]), sciMode };
  for (const [name, value] of Object.entries(numbers) as [keyof typeof most, number | undefined][]) {
    if (!Object.hasOwn(most, name)) {
      throw new FlambeauError(
        'INVALID_ARGUMENT',
        `setPrintOptions(): unknown option '${name}'; expected ${[...Object.keys(most), 'profile'].join(', ')} or sciMode`,
      );
    }
    if (value === undefined) continue;
    if (!(Number.isInteger(value) || value === Infinity) || value < 0 || value > most[name]) {
      const range = most[name] === Infinity ? 'integer from 0' : `integer from 0 to ${most[name]}`;
      throw wrongArgument('setPrintOptions', name, range, value);
    }
    next[name] = value;
  }
  settings = next;
}

/** The settings in force. */
export function printSettings(): Readonly<Settings> {
  return settings;
}

type Kind = 'bool' | 'int' | 'float' | 'complex';

/** A number whose last digit was rounded up from a tie: JavaScript rounds ties up, Python to the even digit. */
function even(text: string, exact: string): string {
  const digits = text.replace(/e.*/, '');
  const [, point = ''] = digits.split('.');
  const rest = exact.slice(exact.indexOf('.') + 1 + point.length).replace(/e.*/, '');
  if (!/^50*$/.test(rest) || !/[13579]$/.test(digits)) return text;
  return `${digits.slice(0, -1)}${Number(digits.at(-1)) - 1}${text.slice(digits.length)}`;
}

/** As Python's `'%.4f'`. */
function fixed(value: number, precision: number): string {
  const sign = Object.is(value, -0) ? '-' : '';
  // From here on toFixed() writes an exponent, and every number is whole.
  if (Math.abs(value) >= 1e21) return `${BigInt(value)}${precision > 0 ? `.${'0'.repeat(precision)}` : ''}`;
  return sign + even(value.toFixed(precision), value.toFixed(100));
}

/** As Python's `'%.4e'`. */
function exponential(value: number, precision: number): string {
  const sign = Object.is(value, -0) ? '-' : '';
  const text = even(value.toExponential(precision), value.toExponential(100));
  return sign + text.replace(/e([+-])(\d)$/, 'e$10$2');
}

/** One way to write all numbers of a tensor, so that they stand in columns. */
class Formatter {
  private whole = true;
  private scientific = false;
  readonly width: number;

  constructor(
    values: readonly Element[],
    private readonly kind: Kind,
  ) {
    let wide = values;
    if (kind === 'float') {
      // As in PyTorch, zeros, infinities and nan have no say in the form, nor in the width.
      const numbers = (values as number[]).filter((value) => Number.isFinite(value) && value !== 0);
      const magnitudes = numbers.map(Math.abs);
      const most = magnitudes.reduce((a, b) => Math.max(a, b), 0);
      const least = magnitudes.reduce((a, b) => Math.min(a, b), Infinity);
      if (numbers.length > 0) {
        this.whole = numbers.every(Number.isInteger);
        this.scientific = settings.sciMode ?? (most / least > 1000 || most > 1e8 || least < 1e-4);
      }
      wide = numbers;
    }
    this.width = wide.reduce<number>((width, value) => Math.max(width, this.plain(value).length), 1);
  }

  private plain(value: Element): string {
    if (this.kind === 'bool') return value ? 'True' : 'False';
    if (this.kind === 'int') return String(value);
    const number = value as number;
    if (Number.isNaN(number)) return 'nan';
    if (!Number.isFinite(number)) return number > 0 ? 'inf' : '-inf';
    if (this.scientific) return exponential(number, settings.precision);
    return this.whole ? `${fixed(number, 0)}.` : fixed(number, settings.precision);
  }

  format(value: Element): string {
    return this.plain(value).padStart(this.width);
  }
}

/** What is printed: a flat list of elements in a shape; `cut` marks dimensions of which only the edges are here. */
export interface Printed {
  elements: readonly Element[];
  shape: readonly number[];
  cut: readonly boolean[];
  kind: Kind;
}

/** How each element is written, and the width of the longest. */
function writer(elements: readonly Element[], kind: Kind): { write: (value: Element) => string; width: number } {
  if (kind !== 'complex') {
    const formatter = new Formatter(elements, kind);
    return { write: (value) => formatter.format(value), width: formatter.width };
  }
  const complex = elements as readonly Complex[];
  const re = new Formatter(
    complex.map((value) => value.re),
    'float',
  );
  const im = new Formatter(
    complex.map((value) => value.im),
    'float',
  );
  const write = (value: Element): string => {
    const { re: a, im: b } = value as Complex;
    const text = im.format(b).trimStart();
    return `${re.format(a)}${text.startsWith('-') ? '' : '+'}${text}j`;
  };
  return { write, width: re.width + im.width + 1 };
}

/** The elements in brackets, as PyTorch writes them. `indent` is the column of the first bracket. */
export function body({ elements, shape, cut, kind }: Printed, indent: number): string {
  const { write, width } = writer(elements, kind);
  if (shape.length === 0) return write(elements[0]!);
  const inner = shape.length - 1;
  const level = (depth: number, start: number, margin: number): string => {
    const step = shape.slice(depth + 1).reduce((a, b) => a * b, 1);
    const items = Array.from({ length: shape[depth]! }, (_, i) =>
      depth === inner ? write(elements[start + i]!) : level(depth + 1, start + i * step, margin + 1),
    );
    if (cut[depth]) items.splice(settings.edgeitems, 0, depth === inner ? ' ...' : '...');
    const newline = `,${'\n'.repeat(Math.max(1, inner - depth))}${' '.repeat(margin + 1)}`;
    if (depth < inner) return `[${items.join(newline)}]`;
    const perLine = Math.max(1, Math.floor((settings.linewidth - margin) / (width + 2)));
    const lines: string[] = [];
    for (let i = 0; i < items.length; i += perLine) lines.push(items.slice(i, i + perLine).join(', '));
    return `[${lines.join(newline)}]`;
  };
  return level(0, 0, indent);
}
