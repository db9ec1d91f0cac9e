import { mkdtempSync, readdirSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { expect, onTestFinished, test } from 'vitest';
import { run } from '../run.js';

test('the quickstart ends with the accuracy that its client measured, which is that of the trained model', async () => {
  const cwd = mkdtempSync(path.join(tmpdir(), 'flambeau-quickstart-test-'));
  onTestFinished(() => rmSync(cwd, { recursive: true }));
  const { stdout, stderr } = await run([path.resolve('examples/quickstart/main.js')], {
    cwd,
    env: { ...process.env, EPOCHS: '1', DEVICE: 'cpu', TMPDIR: cwd },
  });
  expect(stderr).toBe('');
  // The store is gone, and what is told of is there.
  expect(readdirSync(cwd).sort()).toEqual(['quickstart.pt', 'quickstart.svg']);
  expect(stdout).toMatch(/Stored: digits\/1 \(pytorch_export\), \d+ bytes/);
  expect(stdout).toMatch(/Serving: http:\/\/127\.0\.0\.1:\d+\/v2\/models\/digits\/infer/);
  expect(stdout).toMatch(/360 requests, \d+ a second; the server has drained/);
  const [predicted, labels] = ['Predicted', 'Labels'].map((name) =>
    new RegExp(`${name}: +((\\d ){16})`).exec(stdout)![1]!.split(' '),
  );
  expect(predicted!.filter((digit, i) => digit === labels![i]).length).toBeGreaterThan(4);
  const trained = /validation ([\d.]+) %/.exec(stdout)![1];
  expect(stdout.trim().split('\n').at(-1)).toBe(`Accuracy on 360 images that it has not seen: ${trained} %`);
});
