// node scripts/setup/prebuild.mjs: writes prebuilds/<platform>-<arch>/ with prebuildify.
// prebuildify drives node-gyp; scripts/setup/node-gyp.mjs stands in for it and builds with cmake-js.
import { copyFileSync, mkdirSync, rmSync } from 'node:fs';
import { createRequire } from 'node:module';
import { join } from 'node:path';
import { promisify } from 'node:util';
import { recordPath } from './addon.mjs';
import { root } from './process.mjs';

const prebuildify = promisify(createRequire(import.meta.url)('prebuildify'));
const windows = process.platform === 'win32';
const standIn = join(root, 'scripts', 'setup', 'node-gyp.mjs');
const folder = join(root, 'build', 'prebuild');
const builds = join(root, 'prebuilds', `${process.platform}-${process.arch}`);

rmSync(builds, { recursive: true, force: true });
mkdirSync(folder, { recursive: true });
await prebuildify({
  name: 'flambeau',
  cwd: folder,
  out: root,
  napi: true,
  targets: [process.versions.node],
  tagLibc: process.platform === 'linux',
  strip: true,
  nodeGyp: windows ? `"${process.execPath}" "${standIn}"` : standIn,
  shell: windows,
});
copyFileSync(recordPath, join(builds, 'flambeau.json'));
console.log(`prebuilt for ${process.platform}-${process.arch} in ${builds}`);
