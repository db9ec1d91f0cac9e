import { readFileSync } from 'node:fs';
import { expect, test } from 'vitest';

interface Package {
  dependencies?: Record<string, string>;
  devDependencies?: Record<string, string>;
  license?: string;
}

const read = (file: string): Package => JSON.parse(readFileSync(file, 'utf8')) as Package;
const text = readFileSync('docs/dependencies.md', 'utf8');

/** The packages that a section's table names, with what stands in the column `licence`. */
function listed(section: string): Map<string, string> {
  const lines = text.split(`## ${section}`)[1]!.split('\n## ')[0]!.split('\n');
  const [head, , ...rows] = lines.filter((line) => line.startsWith('|'));
  const cells = (row: string): string[] => row.split('|').map((cell) => cell.trim());
  const licence = cells(head!).indexOf('licence');
  return new Map(
    rows.flatMap((row) =>
      [...cells(row)[1]!.matchAll(/`([^`]+)`/g)].map((match) => [match[1]!, cells(row)[licence]!] as const),
    ),
  );
}

test.each([
  ['At run time', 'dependencies'],
  ['For development', 'devDependencies'],
] as const)('%s: the table has each package, and no other, with its licence', (section, key) => {
  const packages = Object.keys(read('package.json')[key]!);
  const table = listed(section);
  expect([...table.keys()].sort()).toEqual(packages.sort());
  for (const [name, licence] of table)
    expect([name, read(`node_modules/${name}/package.json`).license]).toEqual([name, licence]);
});
