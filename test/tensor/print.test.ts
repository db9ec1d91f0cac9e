import { readFileSync } from 'node:fs';
import { inspect } from 'node:util';
import { afterEach, describe, expect, test } from 'vitest';
import * as torch from '../../src/index.js';
import { camelCase } from '../../src/ops/op.js';

type Step = [name: string, ...args: unknown[]];

interface Row {
  steps: Step[];
  settings?: Record<string, unknown> & { default_dtype?: torch.Dtype };
  text: string;
}

const file = new URL('print.json', import.meta.url);
const { rows } = JSON.parse(readFileSync(file, 'utf8')) as { rows: Row[] };

function value(x: unknown): unknown {
  if (Array.isArray(x)) return ['tensor', 'arange', 'ones'].includes(x[0] as string) ? run([x as Step]) : x.map(value);
  if (typeof x !== 'string') return x;
  if (/^-?\d+$/.test(x)) return BigInt(x);
  return { inf: Infinity, '-inf': -Infinity, nan: NaN }[x] ?? x;
}

function run(steps: readonly Step[], start: unknown = torch): torch.Tensor {
  let x = start;
  for (const [name, ...args] of steps) {
    if (name === 'tap') run(args[0] as Step[], x);
    else if (name === 'Parameter') x = new torch.nn.Parameter(x as torch.Tensor, args[0] as boolean);
    else {
      const given = args.map((arg) => {
        if (typeof arg !== 'object' || arg === null || Array.isArray(arg)) return value(arg);
        return camel(arg as Record<string, unknown>);
      });
      const member = name.startsWith('_nested')
        ? torch.ops.aten[name]
        : (x as Record<string, unknown>)[camelCase(name)];
      x = typeof member === 'function' ? (member.apply(x, given) as unknown) : member;
    }
  }
  return x as torch.Tensor;
}

const camel = (options: Record<string, unknown>): Record<string, unknown> =>
  Object.fromEntries(Object.entries(options).map(([key, x]) => [camelCase(key), x]));

afterEach(() => {
  torch.setDefaultDtype('float32');
  torch.setPrintOptions({ profile: 'default' });
});

describe('setPrintOptions', () => {
  test('names an unknown setting, and refuses bad values', () => {
    expect(() => torch.setPrintOptions({ digits: 3 } as never)).toThrow("unknown option 'digits'");
    expect(() => torch.setPrintOptions({ precision: -1 })).toThrow(
      "'precision' must be integer from 0 to 99, not the number -1",
    );
    expect(() => torch.setPrintOptions({ profile: 'long' as never })).toThrow("'profile' must be");
    expect(() => torch.setPrintOptions({ sciMode: 1 as never })).toThrow("'sciMode' must be boolean or null");
  });
});

describe('a tensor prints as in Python', () => {
  test.each(rows.map((row, i) => [i, JSON.stringify(row.steps).slice(0, 100), row] as const))('%i %s', (_, __, row) => {
    const { default_dtype: dtype = 'float32', ...settings } = row.settings ?? {};
    torch.setDefaultDtype(dtype);
    torch.setPrintOptions({ profile: 'default', ...camel(settings) });
    const x = run(row.steps);
    expect(x.toString()).toBe(row.text);
    expect(inspect(x)).toBe(row.text);
  });
});

test.skipIf(!torch.cuda.isAvailable())('a tensor on a GPU says which', () => {
  expect(String(torch.ones(2, { device: 'cuda:0' }))).toBe("tensor([1., 1.], device='cuda:0')");
  const long = torch.ones(16, { device: 'cuda:0', dtype: 'float64' });
  expect(String(long).split('\n').at(-1)).toBe("       device='cuda:0', dtype=torch.float64)");
});
