import { readFileSync } from 'node:fs';
import { expect, test } from 'vitest';
import * as torch from '../../src/index.js';
import { coverage } from '../../scripts/coverage/coverage.mjs';

test('docs/pytorch-coverage.md says what is here; `npm run coverage` writes it', () => {
  expect(readFileSync('docs/pytorch-coverage.md', 'utf8')).toBe(coverage(torch));
});
