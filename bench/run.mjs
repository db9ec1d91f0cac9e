// node bench/run.mjs [--python PATH] [--threads N]: the same work here and in Python, in one run, as a table.
import { spawnSync } from 'node:child_process';
import { fileURLToPath } from 'node:url';
import { parseArgs } from 'node:util';

const { values } = parseArgs({
  options: { python: { type: 'string', default: 'python3' }, threads: { type: 'string', default: '1' } },
});
const memoryBefore = process.memoryUsage().rss;
const started = performance.now();
const torch = await import('flambeau');
const ours = { import_ms: performance.now() - started, memory_mb: process.memoryUsage().rss / 2 ** 20 };
const { nn, optim } = torch;
const F = nn.functional;
torch.setNumThreads(Number(values.threads));

/** The median of a few rounds, in nanoseconds a call. */
function measure(name, fn, seconds = 0.5, rounds = 5) {
  fn();
  let count = 0;
  const start = performance.now();
  while (performance.now() - start < seconds * 200) {
    fn();
    count++;
  }
  const times = [];
  for (let round = 0; round < rounds; round++) {
    const begin = performance.now();
    for (let i = 0; i < count; i++) fn();
    times.push((performance.now() - begin) / count);
  }
  ours[name] = times.sort((a, b) => a - b)[Math.floor(rounds / 2)] * 1e6;
}

const x = torch.tensor([
  [1.0, 2.5],
  [3.0, 4.0],
]);
const i = torch.tensor([1, 0]);
measure('add', () => x.add(x));
measure('add in scope', () =>
  torch.scope(() => {
    for (let k = 0; k < 100; k++) x.add(x);
  }),
);
ours['add in scope'] /= 100;
measure('mul number', () => x.mul(2));
measure('matmul', () => x.matmul(x));
measure('sum dim', () => x.sum(1));
measure('index', () => x.at(0));
measure('index slice', () => x.at(torch.slice(), torch.slice(1)));
measure('index tensor', () => x.at(i));
measure('cat', () => torch.cat([x, x]));
measure('view', () => x.view(4));
measure('relu', () => x.relu());
measure('softmax', () => x.softmax(1));
measure('zeros', () => torch.zeros(2, 2));

class Net extends nn.Module {
  conv1 = new nn.Conv2d(3, 64, 3, { padding: 1 });
  conv2 = new nn.Conv2d(64, 128, 3, { padding: 1 });
  fc1 = new nn.Linear(128 * 7 * 7, 1000);
  fc2 = new nn.Linear(1000, 10);

  forward(input) {
    let h = F.maxPool2d(F.relu(this.conv1.call(input)), 2);
    h = F.maxPool2d(F.relu(this.conv2.call(h)), 2);
    return this.fc2.call(F.relu(this.fc1.call(h.flatten(1))));
  }
}

function trainer(model, images, labels) {
  const optimizer = new optim.SGD(model.parameters(), { lr: 0.01, momentum: 0.9 });
  return () =>
    torch.scope(() => {
      optimizer.zeroGrad();
      F.crossEntropy(model.call(images), labels).backward();
      optimizer.step();
    });
}

measure('CNN step', trainer(new Net(), torch.randn(32, 3, 28, 28), torch.randint(0, 10, [32])), 2);
const mlp = new nn.Sequential(new nn.Linear(784, 128), new nn.ReLU(), new nn.Linear(128, 10));
measure('MLP step', trainer(mlp, torch.randn(64, 784), torch.randint(0, 10, [64])));

// Bytes in and out: 100 MB against a plain copy of the same bytes.
const bytes = new Float32Array(25_000_000);
const copy = new Float32Array(bytes.length);
measure('memcpy 100 MB', () => copy.set(bytes), 1);
measure('array to tensor 100 MB', () => torch.tensor(bytes).dispose(), 1);
const big = torch.tensor(bytes);
measure('tensor to array 100 MB', () => big.toTypedArray(), 1);

const script = fileURLToPath(new URL('reference.py', import.meta.url));
const python = spawnSync(values.python, [script, values.threads], { encoding: 'utf8' });
if (python.status !== 0) throw new Error(`Python has no torch to compare with: ${python.stderr}`);
const theirs = JSON.parse(python.stdout);
const unit = (name) =>
  name.endsWith('_ms') || name.endsWith('_mb') ? 1 : name.includes('step') || name.includes('MB') ? 1e6 : 1e3;
console.log(
  `Node ${process.version}, LibTorch ${torch.libtorchVersion()}, ${values.threads} thread(s). us; steps and bytes ms.\n`,
);
console.log('| what | Flambeau | Python | ratio |\n| --- | ---: | ---: | ---: |');
for (const [name, value] of Object.entries(ours)) {
  const other = theirs[name === 'add in scope' ? 'add' : name];
  const shown = (v) => (v === undefined ? '' : (v / unit(name)).toFixed(2));
  console.log(
    `| ${name} | ${shown(value)} | ${shown(other)} | ${other === undefined ? '' : (value / other).toFixed(2)} |`,
  );
}
console.log(`\nMemory before the import: ${(memoryBefore / 2 ** 20).toFixed(0)} MiB.`);
