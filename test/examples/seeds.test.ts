import { mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { afterAll, describe, expect, test } from 'vitest';
import * as torch from '../../src/index.js';
import { run } from '../run.js';

const folder = mkdtempSync(path.join(tmpdir(), 'flambeau-seeds-'));
afterAll(() => rmSync(folder, { recursive: true }));

async function train(name: string, weights: string, seed: string) {
  const { stdout, stderr } = await run([path.resolve('examples', name, 'main.js')], {
    cwd: folder,
    env: { ...process.env, SMALL: '1', SEED: seed },
  });
  expect(stderr).toBe('');
  const file = path.join(folder, weights);
  return { stdout, bytes: readFileSync(file), state: torch.loadSync(file) as Record<string, torch.Tensor> };
}

// What a small run must reach: chance is 10 %, and the bound of an untrained model is near 0.
const cases: [string, string, RegExp, number][] = [
  ['lstm', 'lstm.pt', /not seen: ([\d.]+) %/, 50],
  ['vae', 'vae.pt', /not seen: (-?[\d.]+) nats/, 40],
  ['pruning', 'pruned.pt', /after fine-tuning +([\d.]+) %/, 85],
];

describe.each(cases)('examples/%s', (name, weights, result, least) => {
  test('runs with one seed are equal, and with another are not', async () => {
    const first = await train(name, weights, '3');
    const again = await train(name, weights, '3');
    const other = await train(name, weights, '4');
    expect(again.stdout).toBe(first.stdout);
    expect(again.bytes.equals(first.bytes)).toBe(true);
    expect(other.stdout).not.toBe(first.stdout);
    const key = Object.keys(first.state)[0]!;
    expect(torch.equal(other.state[key]!, first.state[key]!)).toBe(false);
    expect(Number(result.exec(first.stdout)?.[1])).toBeGreaterThan(least);
  });
});

test('the pruned weights have 80 % of zeros, and no masks', async () => {
  const { state } = await train('pruning', 'pruned.pt', '0');
  const weights = Object.entries(state).filter(([key]) => key.endsWith('weight'));
  expect(Object.keys(state).filter((key) => /_(mask|orig)$/.test(key))).toEqual([]);
  const count = weights.reduce((sum, [, weight]) => sum + weight.numel(), 0);
  const zeros = weights.reduce((sum, [, weight]) => sum + weight.eq(0).sum().item<number>(), 0);
  expect(zeros / count).toBeCloseTo(0.8, 3);
});
