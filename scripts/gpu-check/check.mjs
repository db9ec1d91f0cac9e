// node scripts/gpu-check/check.mjs [--python PATH] [--allow-no-gpu] [--only build,suite,quickstart,bench] [--epochs N]
// Builds against Python's torch, runs everything on the CPU and the GPU, and ends with a table for bench/RESULTS.md.
// It fails where a step does, and where there is no GPU unless that is allowed.
import { spawn, spawnSync } from 'node:child_process';
import { copyFileSync, existsSync, mkdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { availableParallelism } from 'node:os';
import { delimiter, dirname, join, relative } from 'node:path';
import { parseArgs } from 'node:util';
import { root, version } from '../setup/process.mjs';

const { values: options } = parseArgs({
  options: {
    python: { type: 'string', default: 'python3' },
    only: { type: 'string', default: 'build,suite,quickstart,bench' },
    epochs: { type: 'string', default: '12' },
    'allow-no-gpu': { type: 'boolean', default: false },
  },
});
const folder = join(root, 'build', 'gpu-check');
const chosen = options.only.split(',');

const question = `
import json, os, sys, torch
gpu = torch.cuda.is_available()
print(json.dumps({"python": sys.version.split()[0], "torch": torch.__version__, "root": os.path.dirname(torch.__file__),
  "gpu": torch.cuda.get_device_name() if gpu else None}))`;
const asked = spawnSync(options.python, ['-c', question], { encoding: 'utf8' });
if (asked.status !== 0) throw new Error(`${options.python} has no torch: ${asked.stderr || asked.error?.message}`);
const python = JSON.parse(asked.stdout.trim().split('\n').at(-1));
const gpu = python.gpu !== null;

const env = {
  ...process.env,
  PATH: `${dirname(process.execPath)}${delimiter}${process.env.PATH}`,
  FLAMBEAU_LIBTORCH: python.root,
  FLAMBEAU_PYTHON: options.python,
  FLAMBEAU_CACHE: join(folder, 'cache'),
  FLAMBEAU_TEST_DEVICES: gpu ? 'cpu,cuda' : 'cpu',
};

/** Runs a program, shows what it says, and gives that back; it throws where the program fails. */
function run(program, args, more = {}) {
  return new Promise((resolve, reject) => {
    const child = spawn(program, args, { cwd: root, env: { ...env, ...more }, stdio: ['ignore', 'pipe', 'inherit'] });
    let output = '';
    child.stdout.on('data', (chunk) => {
      output += chunk;
      process.stdout.write(chunk);
    });
    child.once('error', reject);
    child.once('close', (code, signal) => {
      if (code === 0) resolve(output);
      else reject(new Error(`${program} ${args.slice(0, 2).join(' ')} ended with ${signal ?? code}`));
    });
  });
}
const node = (args, more) => run(process.execPath, args, more);

async function build() {
  const out = join(folder, 'cmake');
  // An earlier build against another torch would lend its paths.
  if (existsSync(join(out, 'CMakeCache.txt'))) {
    const before = readFileSync(join(out, 'CMakeCache.txt'), 'utf8');
    if (!before.includes(`FLAMBEAU_LIBTORCH:PATH=${python.root}\n`)) rmSync(out, { recursive: true });
  }
  const generator = version('ninja') ? ['-G', 'Ninja'] : [];
  await run('cmake', ['-S', '.', '-B', out, ...generator, `-DFLAMBEAU_LIBTORCH=${python.root}`]);
  await run('cmake', ['--build', out, '--parallel', String(availableParallelism())]);
  const place = join(root, 'build', 'Release');
  mkdirSync(place, { recursive: true });
  rmSync(join(place, 'flambeau.node'), { force: true });
  copyFileSync(join(out, 'Release', 'flambeau.node'), join(place, 'flambeau.node'));
  writeFileSync(join(place, 'flambeau.json'), JSON.stringify({ libtorch: python.torch.split('+')[0] }));
  const see = `import * as torch from 'flambeau';
const gpu = torch.cuda.isAvailable() ? torch.cuda.getDeviceName() : null;
console.log(JSON.stringify({ libtorch: torch.libtorchVersion(), gpu }));`;
  const seen = JSON.parse(await node(['--input-type=module', '-e', see]));
  if (seen.gpu !== python.gpu) throw new Error(`Python sees the GPU ${python.gpu}, and Flambeau ${seen.gpu}`);
  return `against torch ${python.torch}, loaded`;
}

async function suite() {
  const file = join(folder, 'suite.json');
  rmSync(file, { force: true });
  const reporters = ['--reporter=default', '--reporter=json', `--outputFile.json=${file}`];
  const failure = await node(['node_modules/vitest/vitest.mjs', 'run', ...reporters]).catch((error) => error);
  if (!existsSync(file)) throw failure;
  const { testResults, ...counts } = JSON.parse(readFileSync(file, 'utf8'));
  const tests = testResults.flatMap(({ assertionResults }) => assertionResults);
  const onGpu = tests.filter(({ fullName, status }) => fullName.includes(' on cuda') && status === 'passed').length;
  const text = `${counts.numPassedTests} passed (${onGpu} of them on cuda), ${counts.numPendingTests} skipped`;
  const failed = tests.filter(({ status }) => status === 'failed').map(({ fullName }) => fullName);
  const broken = testResults.filter(({ status, assertionResults: own }) => status === 'failed' && own.length === 0);
  const bad = [...failed, ...broken.map(({ name }) => relative(root, name))];
  if (bad.length > 0) throw new Error(`${text}, ${bad.length} failed: ${bad.join('; ')}`);
  if (failure instanceof Error) throw failure;
  if (gpu && onGpu === 0) throw new Error(`${text}: none ran on the GPU`);
  return text;
}

async function quickstart() {
  const device = gpu ? 'cuda' : 'cpu';
  const said = await node([join(root, 'examples/quickstart/main.js')], { DEVICE: device, EPOCHS: options.epochs });
  const accuracy = /not seen: ([\d.]+ %)/.exec(said)?.[1];
  if (!accuracy) throw new Error('the quickstart told no accuracy');
  return `${options.epochs} epochs on ${device}: ${accuracy}`;
}

const tables = [];

async function bench() {
  const threads = String(Math.min(8, availableParallelism()));
  tables.push(await node(['bench/run.mjs', '--python', options.python, '--threads', threads]));
  const devices = gpu ? ['cpu', 'cuda'] : ['cpu'];
  for (const device of devices)
    tables.push(await node(['bench/device.mjs', '--device', device, '--python', options.python]));
  return devices.join(' and ');
}

const steps = { build, suite, quickstart, bench };
const unknown = chosen.find((name) => !(name in steps));
if (unknown !== undefined) throw new Error(`--only takes ${Object.keys(steps).join(', ')}, not '${unknown}'`);
mkdirSync(folder, { recursive: true });
const rows = [];
for (const [name, step] of Object.entries(steps)) {
  if (!chosen.includes(name)) continue;
  console.log(`\n== ${name}`);
  const start = performance.now();
  const result = await step().then(
    (text) => ({ ok: true, text }),
    (error) => ({ ok: false, text: error.message }),
  );
  if (!result.ok) console.error(result.text);
  rows.push({ name, ...result, seconds: ((performance.now() - start) / 1000).toFixed(0) });
  // Nothing else works without the addon.
  if (name === 'build' && !result.ok) break;
}
if (!gpu) rows.push({ name: 'GPU', ok: options['allow-no-gpu'], text: 'no GPU: nothing ran on cuda', seconds: 0 });

const tools = [version('cmake'), version('nvcc', ['--version']) && 'nvcc', version('ninja') && 'ninja'];
const report = [
  `## ${python.gpu ?? 'No GPU'}, torch ${python.torch}\n`,
  `Python ${python.python}, Node ${process.version}, ${availableParallelism()} threads, ${tools.filter(Boolean).join(', ')}.\n`,
  '| step | outcome | seconds |\n| --- | --- | ---: |',
  ...rows.map(
    ({ name, ok, text, seconds }) => `| ${name} | ${ok ? '' : 'FAILED: '}${text.replaceAll('|', '/')} | ${seconds} |`,
  ),
  ...tables.map((table) => `\n${table.trim()}`),
].join('\n');
writeFileSync(join(folder, 'report.md'), `${report}\n`);
console.log(`\n${report}`);
process.exitCode = rows.every(({ ok }) => ok) ? 0 : 1;
