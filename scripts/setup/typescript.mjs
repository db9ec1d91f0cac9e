import { createHash } from 'node:crypto';
import { existsSync, mkdirSync, readdirSync, readFileSync, rmSync, statSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { bin, quiet, root } from './process.mjs';

const stampFile = join(root, 'build', 'typescript.stamp');

/** A hash of names, sizes and times: it changes when a source file does. */
function stamp() {
  const hash = createHash('sha256');
  const files = readdirSync(join(root, 'src'), { recursive: true, withFileTypes: true })
    .filter((entry) => entry.isFile())
    .map((entry) => join(entry.parentPath ?? entry.path, entry.name))
    .sort();
  for (const file of [...files, join(root, 'tsconfig.json'), join(root, 'package-lock.json')]) {
    const found = statSync(file, { throwIfNoEntry: false });
    hash.update(`${file} ${found?.size} ${found?.mtimeMs}\n`);
  }
  return hash.digest('hex');
}

/** Compiles src/ to lib/. Files are written even where types are wrong; then the error is thrown afterwards. */
export async function compile() {
  const wanted = stamp();
  const complete = existsSync(join(root, 'lib', 'libtorch', 'install.js'));
  if (complete && existsSync(stampFile) && readFileSync(stampFile, 'utf8') === wanted) return false;
  // The incremental record would say that all was written already.
  if (!complete) rmSync(join(root, 'build', 'tsconfig.tsbuildinfo'), { force: true });
  await quiet(process.execPath, [bin('typescript/bin/tsc'), '-p', '.']);
  mkdirSync(join(root, 'build'), { recursive: true });
  writeFileSync(stampFile, wanted);
  return true;
}
