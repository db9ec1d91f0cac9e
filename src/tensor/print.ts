import { wrongArgument } from '../errors.js';
import { Complex } from '../shape.js';
import type { Element } from './data.js';

/** How tensors are printed. */
export interface PrintOptions {
  /** Digits behind the point. */
  precision?: number;
  /** The number of elements from which on only the edges are printed. */
  threshold?: number;
  /** The number of elements at each end of a dimension that is cut. */
  edgeitems?: number;
  /** The width of a line. */
  linewidth?: number;
  /** Whether floating point numbers are printed with an exponent; by their size unless given. */
  sciMode?: boolean | null;
}

const settings: Required<PrintOptions> = { precision: 4, threshold: 1000, edgeitems: 3, linewidth: 80, sciMode: null };

/**
 * Changes how tensors are printed.
 *
 * @see https://docs.pytorch.org/docs/2.13/generated/torch.set_printoptions.html
 * @example
 * torch.setPrintOptions({ precision: 2 })
 * torch.tensor([0.123]) // tensor([0.12])
 * torch.setPrintOptions({ precision: 4 })
 */
export function setPrintOptions(options: PrintOptions): void {
  for (const [name, value] of Object.entries(options)) {
    if (!(name in settings)) throw wrongArgument('setPrintOptions', 'options', Object.keys(settings).join(', '), name);
    Object.assign(settings, { [name]: value });
  }
}

/** The settings in force. */
export function printSettings(): Readonly<Required<PrintOptions>> {
  return settings;
}

type Kind = 'bool' | 'int' | 'float' | 'complex';

function exponent(text: string): string {
  return text.replace(/e([+-])(\d)$/, 'e$10$2');
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
    if (kind === 'float') {
      const magnitudes = (values as number[]).filter((v) => Number.isFinite(v) && v !== 0).map(Math.abs);
      if (magnitudes.length > 0) {
        const most = magnitudes.reduce((a, b) => Math.max(a, b));
        const least = magnitudes.reduce((a, b) => Math.min(a, b));
        this.whole = magnitudes.every((v) => v === Math.ceil(v));
        const wide = most / least > 1000 || most > 1e8;
        this.scientific = this.whole ? wide : wide || least < 1e-4;
      }
      if (settings.sciMode !== null) this.scientific = settings.sciMode;
    }
    this.width = values.reduce<number>((width, value) => Math.max(width, this.plain(value).length), 1);
  }

  private plain(value: Element): string {
    if (this.kind === 'bool') return value ? 'True' : 'False';
    if (this.kind === 'int') return String(value);
    const number = value as number;
    if (Number.isNaN(number)) return 'nan';
    if (!Number.isFinite(number)) return number > 0 ? 'inf' : '-inf';
    if (this.scientific) return exponent(number.toExponential(settings.precision));
    const sign = Object.is(number, -0) ? '-' : '';
    if (this.whole) return `${sign}${number.toFixed(0)}.`;
    const text = number.toFixed(settings.precision);
    return `${sign}${text}`;
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

/** The elements in brackets, as PyTorch writes them. */
export function body({ elements, shape, cut, kind }: Printed, indent: number): string {
  let write: (value: Element) => string;
  let width: number;
  if (kind === 'complex') {
    const complex = elements as readonly Complex[];
    const re = new Formatter(
      complex.map((value) => value.re),
      'float',
    );
    const im = new Formatter(
      complex.map((value) => value.im),
      'float',
    );
    width = re.width + im.width + 1;
    write = (value) => {
      const { re: a, im: b } = value as Complex;
      const text = im.format(b).trimStart();
      return `${re.format(a)}${text.startsWith('-') ? '' : '+'}${text}j`;
    };
  } else {
    const formatter = new Formatter(elements, kind);
    width = formatter.width;
    write = (value) => formatter.format(value);
  }
  if (shape.length === 0) return write(elements[0]!);
  const perLine = Math.max(1, Math.floor((settings.linewidth - indent) / (width + 2)));
  const level = (depth: number, start: number, margin: number): string => {
    const size = shape[depth]!;
    const step = shape.slice(depth + 1).reduce((a, b) => a * b, 1);
    const items = Array.from({ length: size }, (_, i) =>
      depth === shape.length - 1 ? write(elements[start + i]!) : level(depth + 1, start + i * step, margin + 1),
    );
    if (cut[depth]) items.splice(settings.edgeitems, 0, depth === shape.length - 1 ? ' ...' : '...');
    if (depth < shape.length - 1) {
      return `[${items.join(`,${'\n'.repeat(shape.length - 1 - depth)}${' '.repeat(margin + 1)}`)}]`;
    }
    const lines: string[] = [];
    for (let i = 0; i < items.length; i += perLine) lines.push(items.slice(i, i + perLine).join(', '));
    return `[${lines.join(`,\n${' '.repeat(margin + 1)}`)}]`;
  };
  return level(0, 0, indent);
}
