import { readdirSync, readFileSync } from 'node:fs';
import path from 'node:path';
import { expect, test } from 'vitest';

// The level of a file is that of the first pattern that it matches; it may import its own level and lower ones.
const levels: [number, RegExp][] = [
  [1, /^(errors|collector|warnings|where)\.ts$/],
  [2, /^(binding\.ts|libtorch\/)/],
  [3, /^(dtype|dtype-info|device|shape|abort|constants)\.ts$/],
  [4, /^ops\//],
  [5, /^(tensor|generator|runtime|settings|conversions)\.ts$|^tensor\/|^autograd\/modes\.ts$/],
  [6, /^(autograd|serialization|jit|export|graph|func|amp|distributed)\/|^cuda\.ts$/],
  [7, /^nn\/(functional\/|(init|parameter)\.ts$)/],
  [8, /^(nn|optim|data|distributions)\/|^utils\.ts$/],
  [9, /^(index|func)\.ts$/],
  [10, /^(cli|serve)\//],
];
const levelOf = (file: string): number | undefined => levels.find(([, pattern]) => pattern.test(file))?.[0];

test('each file imports only its own level and lower ones', () => {
  const wrong: string[] = [];
  for (const entry of readdirSync('src', { withFileTypes: true, recursive: true })) {
    if (!entry.isFile() || !entry.name.endsWith('.ts')) continue;
    const file = path.relative('src', path.join(entry.parentPath, entry.name)).replaceAll('\\', '/');
    const own = levelOf(file);
    if (own === undefined) {
      wrong.push(`${file} has no level`);
      continue;
    }
    for (const [, clause = '', target = ''] of readFileSync(path.join('src', file), 'utf8').matchAll(
      /^(?:import|export) ([^;]*?)from '(\.[^']+)'/gm,
    )) {
      if (clause.startsWith('type ')) continue;
      const imported = path.posix.join(path.posix.dirname(file), target).replace(/\.js$/, '.ts');
      // The binding hands LibTorch the class for complex numbers.
      if (file === 'binding.ts' && imported === 'shape.ts') continue;
      const level = levelOf(imported);
      if (level === undefined || level > own) wrong.push(`${file} (${own}) imports ${imported} (${level})`);
    }
  }
  expect(wrong).toEqual([]);
});
