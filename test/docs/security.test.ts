import { readFileSync } from 'node:fs';
import { expect, test } from 'vitest';

const text = readFileSync('docs/security.md', 'utf8');

test('each lesson of the security notes names tests that exist', () => {
  const rows = text
    .split('## Lessons of others')[1]!
    .split('\n')
    .filter((line) => line.startsWith('| '))
    .slice(2);
  expect(rows.length).toBeGreaterThan(10);
  for (const row of rows) {
    const shown = row.split('|').at(-2)!.trim();
    for (const one of shown.split('; ')) {
      const [, file = '', title = ''] = /^`([^`]+)`: (.+)$/.exec(one) ?? [];
      expect([row, file === '']).toEqual([row, false]);
      expect([title, readFileSync(file, 'utf8').includes(`'${title}'`)]).toEqual([title, true]);
    }
  }
});
