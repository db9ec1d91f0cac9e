import { spawnSync } from 'node:child_process';
import { expect, test } from 'vitest';

test('the backend predicts, trains and stays awake', { timeout: 120_000 }, () => {
  const { status, stdout, stderr } = spawnSync(process.execPath, ['examples/backend/measure.js', '1'], {
    encoding: 'utf8',
  });
  expect(stderr).toBe('');
  expect(status).toBe(0);
  // Delays are for bench/; here every phase must have run, and every request have had its answer.
  expect(stdout).toMatch(/\| idle \|(?: [\d.]+ \|){4}/);
  expect(stdout).toMatch(/\| 8 predictions at once \|(?: [\d.]+ \|){4} (?!0\.0)[\d.]+ \|/);
  expect(stdout).toMatch(/\| training step by step \|/);
});
