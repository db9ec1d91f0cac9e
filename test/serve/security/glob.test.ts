import fc from 'fast-check';
import { expect, test } from 'vitest';
import { globMatches } from '../../../src/serve/security/glob.js';

test('globMatches does what a regular expression would', () => {
  const text = fc.array(fc.constantFrom('a', 'b', '*', '.'), { maxLength: 8 }).map((all) => all.join(''));
  fc.assert(
    fc.property(text, text, (pattern, name) => {
      const quoted = pattern.replaceAll('.', '\\.').replaceAll('*', '.*');
      expect([pattern, name, globMatches(pattern, name)]).toEqual([
        pattern,
        name,
        new RegExp(`^${quoted}$`).test(name),
      ]);
    }),
    { numRuns: 2000 },
  );
});

test('globMatches takes no longer for patterns that regular expressions fear', () => {
  expect(globMatches('a*'.repeat(64), 'a'.repeat(100_000) + 'b')).toBe(true);
  expect(globMatches(`${'a*'.repeat(63)}c`, 'a'.repeat(100_000))).toBe(false);
});
