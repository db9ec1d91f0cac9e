import { existsSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { npm, root } from './process.mjs';

function readLock(path) {
  try {
    return JSON.parse(readFileSync(join(root, path), 'utf8')).packages ?? {};
  } catch {
    return undefined;
  }
}

/** True if node_modules holds what package-lock.json says, by npm's own record of what it installed. */
function isInstalled() {
  const wanted = readLock('package-lock.json');
  const found = readLock('node_modules/.package-lock.json');
  if (!found) return false;
  if (!wanted) return true;
  return Object.entries(wanted).every(
    ([path, { version, optional, peer, link }]) =>
      path === '' || link || (found[path] ? found[path].version === version : optional || peer),
  );
}

/** `npm ci`, where it is needed. A lock file that lacks other platforms' packages makes it refuse: then `npm install`. */
export async function installPackages() {
  if (isInstalled()) return false;
  const flags = ['--no-audit', '--no-fund'];
  if (existsSync(join(root, 'package-lock.json'))) {
    try {
      await npm(['ci', ...flags]);
      return true;
    } catch (error) {
      if (!error.output?.includes('EUSAGE')) throw error;
    }
  }
  await npm(['install', '--no-save', ...flags]);
  return true;
}
