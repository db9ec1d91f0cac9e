import { readFileSync } from 'node:fs';
import { gunzipSync } from 'node:zlib';
import { expect } from 'vitest';
import * as torch from '../../src/index.js';
import { withArchiveSync } from '../../src/serialization/mapped.js';
import { collectSync } from '../../src/serialization/target.js';
import { zip } from '../../src/serialization/zip-writer.js';

const folder = new URL('files/', import.meta.url);

/** A tensor as it was recorded. */
interface RecordedTensor {
  $dtype: string;
  shape: number[];
  head: number[];
  sum: number | null;
  size: number | null;
}

/** What Python computed with a file. */
interface Recorded {
  calls: { args: unknown[]; kwargs: Record<string, unknown>; result: unknown }[];
  losses: number[];
  buffers: Record<string, RecordedTensor>;
}

export const recorded = JSON.parse(readFileSync(new URL('recorded.json', folder), 'utf8')) as Record<string, Recorded>;

/** Files that lie there as Python wrote them; the others are gzipped, and their parameters have no bytes. */
export const whole = ['mlp', 'lstm', 'cond'];

/** The files of an archive. */
export function readZip(bytes: Uint8Array): Map<string, Buffer> {
  return withArchiveSync(bytes, false, function* (archive) {
    const files = new Map<string, Buffer>();
    for (const name of archive.records.keys()) files.set(name, yield* archive.bytes(name));
    return files;
  });
}

/** An archive of files. */
export function writeZip(entries: { name: string; data: Uint8Array }[]): Buffer {
  return collectSync(zip(entries));
}

export function bytesOf(name: string): Buffer {
  return whole.includes(name)
    ? readFileSync(new URL(`${name}.pt2`, folder))
    : gunzipSync(readFileSync(new URL(`${name}.pt2.gz`, folder)));
}

/** Fills parameters as scripts/record/export.py does. */
export function fill(parameters: Iterable<[string, torch.Tensor]>): void {
  torch.manualSeed(0);
  torch.noGrad(() => {
    for (const [name, parameter] of parameters) {
      const { shape } = parameter;
      const noise = torch.randn(shape);
      if (shape.length > 1) parameter.copy_(noise.div(Math.sqrt(parameter.numel() / shape[0]!)));
      else parameter.copy_(noise.mul(0.1).add(name.endsWith('weight') ? 1 : 0));
    }
  });
}

export function loadFilled(name: string): torch.export.ExportedProgram<unknown> {
  const program = torch.export.loadSync<unknown>(bytesOf(name));
  fill(program.namedParameters());
  return program;
}

function build(value: unknown): unknown {
  if (Array.isArray(value)) return value.map(build);
  if (typeof value !== 'object' || value === null) return value;
  const [[kind, content]] = Object.entries(value) as [[string, unknown]];
  if (kind === '$randn') return torch.randn((content as [number[]])[0]);
  if (kind === '$randint') return torch.randint(...(content as [number, number[]]));
  if (kind === '$tensor') return torch.tensor((content as [torch.NestedArray])[0]);
  return Object.fromEntries(Object.entries(value).map(([key, part]) => [key, build(part)]));
}

/** The arguments of a recorded call. */
export function argumentsOf({ args, kwargs }: { args: unknown[]; kwargs: Record<string, unknown> }): unknown[] {
  torch.manualSeed(1);
  const built = build(args) as unknown[];
  return Object.keys(kwargs).length > 0 ? [...built, build(kwargs)] : built;
}

function isRecordedTensor(value: unknown): value is RecordedTensor {
  return typeof value === 'object' && value !== null && '$dtype' in value;
}

function near(value: unknown, expected: number | null, where: string): void {
  if (expected === null) return;
  const number = Number(value);
  if (Number.isNaN(expected) || !Number.isFinite(expected)) expect(number, where).toBe(expected);
  else
    expect(Math.abs(number - expected), `${where}: ${number}, not ${expected}`).toBeLessThan(
      1e-4 + 2e-4 * Math.abs(expected),
    );
}

/** Compares a result with what Python gave. */
export function expectSame(value: unknown, expected: unknown, where = 'result'): void {
  if (isRecordedTensor(expected)) {
    expect(value, where).toBeInstanceOf(torch.Tensor);
    const tensor = value as torch.Tensor;
    expect([tensor.dtype, tensor.shape], where).toEqual([expected.$dtype, expected.shape]);
    const flat = tensor.detach().flatten().to('float64');
    flat
      .slice(0, 0, 12)
      .tolist()
      .forEach((element, i) => near(element, expected.head[i]!, `${where}[${i}]`));
    near(flat.sum().item(), expected.sum, `the sum of ${where}`);
    near(flat.abs().sum().item(), expected.size, `the size of ${where}`);
  } else if (typeof expected === 'object' && expected !== null) {
    expect(Object.keys(value as object), where).toEqual(Object.keys(expected));
    for (const [key, part] of Object.entries(expected)) {
      expectSame((value as Record<string, unknown>)[key], part, `${where}.${key}`);
    }
  } else expect(value, where).toEqual(expected);
}

/** The mean of the squares of all results that have a gradient. */
export function lossOf(value: unknown): torch.Tensor {
  const parts: torch.Tensor[] = [];
  const visit = (item: unknown): void => {
    if (item instanceof torch.Tensor) {
      if (torch.isFloatingPoint(item) && item.requiresGrad) parts.push(item.square().mean());
    } else if (typeof item === 'object' && item !== null) Object.values(item).forEach(visit);
  };
  visit(value);
  return parts.reduce((sum, part) => sum.add(part));
}
