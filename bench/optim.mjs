// node bench/optim.mjs [--python PATH] [--threads N] [--rounds N] [--only TEXT]: steps of optimizers over 200 tensors of
// 10,000 elements, here and in Python, round by round in turns; prints a table of medians.
import { spawn } from 'node:child_process';
import { createInterface } from 'node:readline';
import { fileURLToPath } from 'node:url';
import { parseArgs } from 'node:util';
import * as torch from 'flambeau';

const { values: args } = parseArgs({
  options: {
    python: { type: 'string', default: 'python3' },
    threads: { type: 'string', default: '1' },
    rounds: { type: 'string', default: '15' },
    only: { type: 'string', default: '' },
  },
});
const ROUND = 0.3;
torch.setNumThreads(Number(args.threads));

const options = { Adam: {}, AdamW: {}, SGD: { momentum: 0.9 } };
const ways = { foreach: { foreach: true }, fused: { fused: true }, default: {} };

/** A step over tensors whose gradients stay. */
function stepOf(name, way) {
  torch.manualSeed(0);
  const params = Array.from({ length: 200 }, () => new torch.nn.Parameter(torch.randn(10_000)));
  for (const param of params) param.grad = torch.randn(10_000);
  const optimizer = new torch.optim[name](params, { lr: 1e-3, ...options[name], ...ways[way] });
  return () => torch.scope(() => optimizer.step());
}

const python = spawn(args.python, [fileURLToPath(new URL('optim.py', import.meta.url)), args.threads], {
  stdio: ['pipe', 'pipe', 'inherit'],
});
const answers = createInterface({ input: python.stdout })[Symbol.asyncIterator]();

async function theirs(name, count) {
  python.stdin.write(`${name} ${count}\n`);
  const { value, done } = await answers.next();
  if (done) throw new Error('Python ended: has it torch?');
  return Number(value);
}

function ours(fn, count) {
  const start = performance.now();
  for (let i = 0; i < count; i++) fn();
  return (performance.now() - start) / 1e3;
}

/** How often a round steps, so that it takes about ROUND seconds. */
async function calibrate(run) {
  for (let count = 1; ; count *= 2) {
    const seconds = await run(count);
    if (seconds > ROUND / 2) return Math.max(1, Math.round((count * ROUND) / seconds));
  }
}

const median = (list) => [...list].sort((a, b) => a - b)[Math.floor(list.length / 2)];

console.log(`Node ${process.version}, LibTorch ${torch.libtorchVersion()}, ${args.threads} thread(s).\n`);
console.log('| step of 200 x 10,000 | Flambeau, ms | Python, ms | ratio |\n| --- | ---: | ---: | ---: |');
for (const name of Object.keys(options)) {
  for (const way of Object.keys(ways)) {
    const label = `${name} ${way}`;
    if (!label.includes(args.only)) continue;
    const fn = stepOf(name, way);
    const [here, there] = [(count) => ours(fn, count), (count) => theirs(label, count)];
    const [countHere, countThere] = [await calibrate(here), await calibrate(there)];
    const times = { here: [], there: [] };
    for (let round = 0; round < Number(args.rounds); round++) {
      times.here.push(here(countHere) / countHere);
      times.there.push((await there(countThere)) / countThere);
    }
    const [a, b] = [median(times.here) * 1e3, median(times.there) * 1e3];
    console.log(`| ${label} | ${a.toFixed(2)} | ${b.toFixed(2)} | ${(a / b).toFixed(2)} |`);
  }
}
python.stdin.end();
