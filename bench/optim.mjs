// node bench/optim.mjs [--python PATH] [--threads N] [--rounds N] [--only TEXT]: steps of optimizers over 200 tensors of
// 10,000 elements, here and in Python, round by round in turns; prints a table of medians.
import { fileURLToPath } from 'node:url';
import { parseArgs } from 'node:util';
import * as torch from 'flambeau';
import { calibrate, median, ours, Python } from './rounds.mjs';

const { values: args } = parseArgs({
  options: {
    python: { type: 'string', default: 'python3' },
    threads: { type: 'string', default: '1' },
    rounds: { type: 'string', default: '15' },
    only: { type: 'string', default: '' },
  },
});
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

const python = new Python(args.python, fileURLToPath(new URL('optim.py', import.meta.url)), args.threads);
const theirs = (name, count) => python.ask(`${name} ${count}`);

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
python.end();
