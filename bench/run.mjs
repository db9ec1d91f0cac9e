// node bench/run.mjs [--python PATH] [--threads N] [--rounds N] [--only TEXT]: the same work here and in Python, round by
// round in turns, so that what else the machine does falls on both; prints a table of medians.
import { spawn } from 'node:child_process';
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
const ROUND = 0.3;

const memoryBefore = process.memoryUsage().rss;
const started = performance.now();
const torch = await import('flambeau');
const imported = performance.now() - started;
const memory = process.memoryUsage().rss;
torch.setNumThreads(Number(args.threads));
const { smallCases, largeCases } = await import('./cases.mjs');

const script = fileURLToPath(new URL('reference.py', import.meta.url));
const python = spawn(args.python, [script, args.threads], { stdio: ['pipe', 'pipe', 'inherit'] });
const answers = createInterface({ input: python.stdout })[Symbol.asyncIterator]();

async function answer() {
  const { value, done } = await answers.next();
  if (done) throw new Error('Python ended: has it torch?');
  return value;
}

async function theirs(name, count) {
  python.stdin.write(`${name} ${count}\n`);
  return Number(await answer());
}

function ours(fn, count) {
  const start = performance.now();
  for (let i = 0; i < count; i++) fn();
  return (performance.now() - start) / 1e3;
}

/** How often a round calls, so that it takes about ROUND seconds. */
async function calibrate(run) {
  for (let count = 1; ; count *= 2) {
    const seconds = await run(count);
    if (seconds > ROUND / 2 || count > 1e7) return Math.max(1, Math.round((count * ROUND) / seconds));
  }
}

const median = (list) => [...list].sort((a, b) => a - b)[Math.floor(list.length / 2)];

/** Seconds a call, on both sides. */
async function compare({ name, fn, calls = 1, other = name }) {
  const here = (count) => ours(fn, count);
  const there = (count) => theirs(other, count);
  const [countHere, countThere] = [await calibrate(here), other && (await calibrate(there))];
  const times = { here: [], there: [] };
  for (let round = 0; round < Number(args.rounds); round++) {
    times.here.push(here(countHere) / countHere / calls);
    if (other) times.there.push((await there(countThere)) / countThere);
  }
  return { here: median(times.here), there: other && median(times.there) };
}

function row(name, here, there) {
  const ratio = there ? (here / there).toFixed(2) : '';
  console.log(`| ${name} | ${here.toFixed(2)} | ${there ? there.toFixed(2) : ''} | ${ratio} |`);
}

const [importThere, memoryThere] = (await answer()).split(' ').map(Number);
console.log(`Node ${process.version}, LibTorch ${torch.libtorchVersion()}, ${args.threads} thread(s).\n`);
console.log('| what | Flambeau | Python | ratio |\n| --- | ---: | ---: | ---: |');
row('import, ms', imported, importThere);
row('memory after import, MiB', memory / 2 ** 20, memoryThere);
for (const [cases, unit, factor] of [
  [smallCases(torch), 'us', 1e6],
  [largeCases(torch), 'ms', 1e3],
]) {
  for (const one of cases) {
    if (!one.name.includes(args.only)) continue;
    const { here, there } = await compare(one);
    row(`${one.name}, ${unit}`, here * factor, there && there * factor);
  }
}
console.log(`\nMemory before the import: ${(memoryBefore / 2 ** 20).toFixed(0)} MiB.`);
python.stdin.end();
