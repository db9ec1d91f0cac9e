// node scripts/gpu-check/pack.mjs [--node PATH]: writes build/gpu-check/tools.tar.xz, which holds what run.sh needs and a
// bare machine lacks: Node itself, the compiled lib/, and the packages that build and test.
import { execFileSync } from 'node:child_process';
import { cpSync, existsSync, mkdirSync, readFileSync, rmSync, statSync } from 'node:fs';
import { join, posix } from 'node:path';
import { parseArgs } from 'node:util';
import { root } from '../setup/process.mjs';
import { compile } from '../setup/typescript.mjs';

// What carries files to such machines takes this much, the repository's own files included.
const LIMIT = 64 * 2 ** 20;
const NEEDED = ['vitest', 'typescript', 'fast-check', 'node-addon-api', 'node-api-headers', 'node-gyp-build', 'yauzl'];

const { values } = parseArgs({ options: { node: { type: 'string', default: process.execPath } } });
const folder = join(root, 'build', 'gpu-check');
const stage = join(folder, 'stage');
const archive = join(folder, 'tools.tar.xz');

/** The folders of packages and of all that they depend on, as npm's record of node_modules has them. */
function closure(names) {
  const { packages } = JSON.parse(readFileSync(join(root, 'node_modules', '.package-lock.json'), 'utf8'));
  const found = new Set();
  const visit = (name, from, optional) => {
    // As Node looks: in the package's own node_modules, then in those around it.
    let place = from;
    while (!packages[posix.join(place, 'node_modules', name)]) {
      if (place === '.') {
        if (optional) return;
        throw new Error(`${name}, which ${from} needs, is not in node_modules`);
      }
      const inner = place.lastIndexOf('node_modules/');
      place = inner > 0 ? place.slice(0, inner - 1) : '.';
    }
    const path = posix.join(place, 'node_modules', name);
    // Other platforms' packages are recorded, and not there.
    if (found.has(path) || (optional && !existsSync(join(root, path)))) return;
    found.add(path);
    const { dependencies = {}, optionalDependencies = {} } = packages[path];
    for (const dependency of Object.keys(dependencies)) visit(dependency, path, dependency in optionalDependencies);
    for (const dependency of Object.keys(optionalDependencies)) visit(dependency, path, true);
  };
  for (const name of names) visit(name, '.', false);
  return [...found];
}

await compile();
rmSync(stage, { recursive: true, force: true });
mkdirSync(join(stage, 'build', 'gpu-check'), { recursive: true });
const node = join(stage, 'build', 'gpu-check', 'node');
cpSync(values.node, node, { dereference: true });
try {
  execFileSync('strip', [node]);
} catch {
  console.warn('strip is not there: Node is carried with its symbols');
}
const packages = closure(NEEDED);
for (const path of packages) cpSync(join(root, path), join(stage, path), { recursive: true });
cpSync(join(root, 'lib'), join(stage, 'lib'), { recursive: true });
rmSync(archive, { force: true });
const env = { ...process.env, XZ_OPT: '-6 -T0' };
execFileSync('tar', ['-cJf', archive, '-C', stage, 'build', 'node_modules', 'lib'], { env, stdio: 'inherit' });
rmSync(stage, { recursive: true });

const tracked = execFileSync('git', ['ls-files', '-z'], { cwd: root, encoding: 'utf8' }).split('\0').filter(Boolean);
const tree = tracked.reduce((sum, file) => sum + (statSync(join(root, file), { throwIfNoEntry: false })?.size ?? 0), 0);
const { size } = statSync(archive);
const mib = (bytes) => `${(bytes / 2 ** 20).toFixed(1)} MiB`;
console.log(`${archive}: ${mib(size)} with ${packages.length} packages; the repository's files: ${mib(tree)}`);
if (size + tree > LIMIT) throw new Error(`together they are over ${mib(LIMIT)}`);
