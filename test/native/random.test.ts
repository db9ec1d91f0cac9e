import { execFile } from 'node:child_process';
import { mkdtempSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { promisify } from 'node:util';
import { expect, test } from 'vitest';

const run = promisify(execFile);
// npm run test:nodes runs these programs under other versions of Node.
const node = process.env['FLAMBEAU_TEST_NODE'] ?? process.execPath;

// Operators whose documented effect is to end the process, to block, or to leave it.
const aside = ['aten::from_file', 'aten::_cuda', 'aten::_nnpack', 'aten::record_stream'];

test('random operators with random arguments return or throw, and never end the process', async () => {
  const file = path.join(mkdtempSync(path.join(tmpdir(), 'flambeau-')), 'random.mjs');
  const calls = 10_000;
  writeFileSync(
    file,
    `import * as torch from ${JSON.stringify(path.resolve('lib/index.js'))};
import fc from ${JSON.stringify(path.resolve('node_modules/fast-check/lib/fast-check.js'))};
const names = [...new Set(torch.ops.names().filter((n) => n.startsWith('aten::') && !n.startsWith('aten::_') && !${JSON.stringify(aside)}.some((a) => n.startsWith(a))).map((n) => n.slice(6).split('.')[0]))];
const sample = [() => torch.ones(2, 3), () => torch.arange(4), () => torch.tensor([true, false]), () => torch.zeros(0), () => torch.tensor(1.5), () => torch.ones(1, 2, 4, 4), () => torch.ones(2, { dtype: 'complex64' })];
const value = fc.oneof(
  { weight: 4, arbitrary: fc.integer({ min: 0, max: sample.length - 1 }).map((i) => sample[i]()) },
  fc.integer({ min: -3, max: 5 }), fc.double({ min: -2, max: 2, noNaN: false }), fc.boolean(), fc.constant(null), fc.constant(undefined),
  fc.constantFrom('float32', 'mean', 'cpu', '', 'sum'), fc.array(fc.integer({ min: -2, max: 4 }), { maxLength: 4 }), fc.constant(2n ** 63n),
  fc.constant({}), fc.constant(Symbol.iterator), fc.constant(() => 1), fc.constant([torch.ones(2), torch.ones(2)]), fc.constant({ dim: 1 }), fc.constant(NaN),
);
let returned = 0, thrown = 0;
fc.assert(fc.property(fc.constantFrom(...names), fc.array(value, { maxLength: 6 }), (name, args) => {
  try { torch.scope(() => { torch.ops.aten[name](...args); }); returned++; } catch { thrown++; }
}), { numRuns: ${calls}, seed: 7 });
console.log(returned + thrown);`,
  );
  const { stdout } = await run(node, [file], { timeout: 115_000, maxBuffer: 2 ** 26 });
  expect(Number(stdout.trim())).toBe(calls);
});
