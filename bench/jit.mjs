// node bench/jit.mjs [--python PATH] [--threads N] [--rounds N] [--only TEXT]: forward of TorchScript at batch 1 here, in
// Python and in a C++ program, of the same files, round by round in turns; prints a table of medians.
import { spawn, spawnSync } from 'node:child_process';
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { createInterface } from 'node:readline';
import { fileURLToPath } from 'node:url';
import { parseArgs } from 'node:util';

const { values: args } = parseArgs({
  options: {
    python: { type: 'string', default: 'python3' },
    threads: { type: 'string', default: '1' },
    rounds: { type: 'string', default: '15' },
    only: { type: 'string', default: '' },
  },
});
const ROUND = 0.4;

const torch = await import('flambeau');
const { findLibtorch } = await import('../lib/libtorch/find.js');
torch.setNumThreads(Number(args.threads));
const folder = mkdtempSync(path.join(tmpdir(), 'flambeau-bench-'));
process.on('exit', () => rmSync(folder, { recursive: true, force: true }));

/** Compiles the program of the C++ side. */
function build() {
  const { include, lib } = findLibtorch();
  const program = path.join(folder, 'jit');
  const source = fileURLToPath(new URL('jit.cc', import.meta.url));
  const flags = ['-std=c++20', '-O3', '-DNDEBUG', `-I${include}`, `-I${path.join(include, 'torch/csrc/api/include')}`];
  const libraries = [`-L${lib}`, '-ltorch_cpu', '-lc10', `-Wl,-rpath,${lib}`, '-Wl,--allow-shlib-undefined'];
  const { status, stderr } = spawnSync(process.env.CXX ?? 'c++', [...flags, source, '-o', program, ...libraries], {
    encoding: 'utf8',
  });
  if (status !== 0) throw new Error(`the C++ side does not compile:\n${stderr}`);
  return program;
}

/** A side in a process of its own, which answers in lines. */
function side(command, parameters) {
  const child = spawn(command, [...parameters, folder, args.threads], { stdio: ['pipe', 'pipe', 'inherit'] });
  const lines = createInterface({ input: child.stdout })[Symbol.asyncIterator]();
  const answer = async () => {
    const { value, done } = await lines.next();
    if (done) throw new Error(`${command} ended`);
    return value;
  };
  return {
    ready: answer,
    async run(name, count) {
      child.stdin.write(`${name} ${count}\n`);
      return Number(await answer());
    },
    end: () => child.stdin.end(),
  };
}

const inputs = { resnet18: torch.ones(1, 3, 224, 224), mlp: torch.ones(1, 784) };
const models = {};
const here = {
  run: (name, count) =>
    torch.inferenceMode(() => {
      const [model, x] = [models[name], inputs[name]];
      const start = performance.now();
      for (let i = 0; i < count; i++) model.forward(x);
      return (performance.now() - start) / 1e3;
    }),
};

const median = (list) => [...list].sort((a, b) => a - b)[Math.floor(list.length / 2)];

const python = side(args.python, [fileURLToPath(new URL('jit.py', import.meta.url))]);
await python.ready();
const cpp = side(build(), []);
await cpp.ready();
const sides = { here, python, cpp };

console.log(`Node ${process.version}, LibTorch ${torch.libtorchVersion()}, ${args.threads} thread(s).\n`);
console.log('| forward at batch 1 | Flambeau | Python | C++ | to Python | to C++ |');
console.log('| --- | ---: | ---: | ---: | ---: | ---: |');
for (const [name, unit, factor] of [
  ['resnet18', 'ms', 1e3],
  ['mlp', 'us', 1e6],
]) {
  if (!name.includes(args.only)) continue;
  models[name] = torch.jit.loadSync(path.join(folder, `${name}.pt`));
  const counts = {};
  for (const [key, { run }] of Object.entries(sides)) {
    await run(name, 20);
    const seconds = await run(name, 10);
    counts[key] = Math.max(1, Math.round((10 * ROUND) / seconds));
  }
  const times = { here: [], python: [], cpp: [] };
  for (let round = 0; round < Number(args.rounds); round++) {
    for (const [key, { run }] of Object.entries(sides)) times[key].push((await run(name, counts[key])) / counts[key]);
  }
  const [ours, theirs, theirs2] = Object.values(times).map(median);
  const cells = [ours, theirs, theirs2].map((time) => (time * factor).toFixed(2));
  console.log(
    `| ${name}, ${unit} | ${cells.join(' | ')} | ${(ours / theirs).toFixed(2)} | ${(ours / theirs2).toFixed(2)} |`,
  );
}
python.end();
cpp.end();
