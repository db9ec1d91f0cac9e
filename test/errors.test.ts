import { readFileSync } from 'node:fs';
import { expect, test } from 'vitest';
import { errors, FlambeauError, makeError, OutOfMemoryError, wrongArgument } from '../src/errors.js';

test('the README lists every code, and no other', () => {
  const section = readFileSync('README.md', 'utf8').split('## Errors')[1]!;
  const rows = section.split('\n').filter((line) => line.startsWith('| `'));
  const listed = rows.flatMap((row) => [...row.split('|')[1]!.matchAll(/`([A-Z_]+)`/g)].map((match) => match[1]!));
  expect(listed.sort()).toEqual(Object.keys(errors).sort());
});

test('the native stack stands apart from the message', () => {
  const error = makeError('TORCH', 'sizes differ', 'frame #0');
  expect(error.message).toBe('sizes differ');
  expect(error.nativeStack).toBe('frame #0');
  expect(error).toBeInstanceOf(FlambeauError);
  expect(makeError('OUT_OF_MEMORY', 'full')).toBeInstanceOf(OutOfMemoryError);
});

test('a wrong argument is named, with what was expected and what came', () => {
  expect(wrongArgument('add', 'other', 'Tensor or number', 'text').message).toBe(
    "add(): argument 'other' must be Tensor or number, not the string 'text'",
  );
});
