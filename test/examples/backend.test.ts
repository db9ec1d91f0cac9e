import { expect, test } from 'vitest';
import { run } from '../run.js';

test('the backend predicts, trains and stays awake', { timeout: 120_000 }, async () => {
  const { stdout, stderr } = await run(['examples/backend/measure.js', '1']);
  expect(stderr).toBe('');
  // Delays are for bench/; here every phase must have run, and every request have had its answer.
  expect(stdout).toMatch(/\| idle \|(?: [\d.]+ \|){4}/);
  expect(stdout).toMatch(/\| 8 predictions at once \|(?: [\d.]+ \|){4} (?!0\.0)[\d.]+ \|/);
  expect(stdout).toMatch(/\| training step by step \|/);
});
