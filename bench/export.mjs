// node bench/export.mjs [--python PATH] [--threads N] [--rounds N]: forward of programs that Python exported, here, in
// Python and in C++ that calls the same operators, round by round in turns; prints a table of medians.
import { execFileSync, spawn } from 'node:child_process';
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { createInterface } from 'node:readline';
import { fileURLToPath } from 'node:url';
import { parseArgs } from 'node:util';
import * as torch from 'flambeau';
import { findLibtorch } from '../lib/libtorch/find.js';

const { values: args } = parseArgs({
  options: {
    python: { type: 'string', default: 'python3' },
    threads: { type: 'string', default: '1' },
    rounds: { type: 'string', default: '15' },
  },
});
const ROUND = 0.3;
torch.setNumThreads(Number(args.threads));
const folder = mkdtempSync(path.join(tmpdir(), 'bench-export-'));
const beside = (name) => fileURLToPath(new URL(name, import.meta.url));

/** A process that is told names and counts, and tells seconds. */
class Other {
  constructor(command, ...rest) {
    this.process = spawn(command, rest, { stdio: ['pipe', 'pipe', 'ignore'] });
    this.lines = createInterface({ input: this.process.stdout })[Symbol.asyncIterator]();
  }
  async answer() {
    const { value, done } = await this.lines.next();
    if (done) throw new Error(`${this.process.spawnfile} ended`);
    return value;
  }
  async time(name, count) {
    this.process.stdin.write(`${name} ${count}\n`);
    return Number(await this.answer());
  }
  end() {
    this.process.stdin.end();
  }
}

function compile() {
  const { lib } = findLibtorch();
  const include = path.join(lib, '..', 'include');
  const program = path.join(folder, 'export');
  const link = [`-L${lib}`, '-ltorch_cpu', '-lc10', `-Wl,-rpath,${lib}`];
  execFileSync('c++', ['-O2', '-std=c++20', `-I${include}`, beside('export.cc'), '-o', program, ...link]);
  return program;
}

async function calibrate(run) {
  for (let count = 1; ; count *= 2) {
    const seconds = await run(count);
    if (seconds > ROUND / 2 || count > 1e7) return Math.max(1, Math.round((count * ROUND) / seconds));
  }
}

const median = (list) => [...list].sort((a, b) => a - b)[Math.floor(list.length / 2)];

const python = new Other(args.python, beside('export.py'), args.threads, folder);
const cpp = new Other(compile(), args.threads);
await python.answer();
await cpp.answer();
console.log(
  `Node ${process.version}, LibTorch ${torch.libtorchVersion()}, ${args.threads} thread(s), batch 1, no gradients.\n`,
);
console.log(
  '| forward, us | Flambeau | Python | C++ | of Python | of C++ |\n| --- | ---: | ---: | ---: | ---: | ---: |',
);
for (const [name, shape] of [
  ['mlp', [1, 784]],
  ['resnet18', [1, 3, 224, 224]],
]) {
  const program = torch.export.loadSync(path.join(folder, `${name}.pt2`));
  const x = torch.ones(shape);
  const here = (count) =>
    torch.noGrad(() => {
      const start = performance.now();
      for (let i = 0; i < count; i++) program.forward(x);
      return (performance.now() - start) / 1e3;
    });
  const sides = [here, (count) => python.time(name, count), (count) => cpp.time(name, count)];
  const counts = [];
  for (const side of sides) counts.push(await calibrate(side));
  const times = sides.map(() => []);
  for (let round = 0; round < Number(args.rounds); round++) {
    for (const [i, side] of sides.entries()) times[i].push((await side(counts[i])) / counts[i]);
  }
  const [ours, theirs, direct] = times.map(median);
  const shown = [ours, theirs, direct].map((seconds) => (seconds * 1e6).toFixed(1));
  console.log(`| ${name} | ${shown.join(' | ')} | ${(ours / theirs).toFixed(2)} | ${(ours / direct).toFixed(2)} |`);
}
python.end();
cpp.end();
rmSync(folder, { recursive: true });
