// node bench/device.mjs [--device cuda] [--python PATH]: training steps and copies on a device, here and in Python.
import { spawnSync } from 'node:child_process';
import { fileURLToPath } from 'node:url';
import { parseArgs } from 'node:util';
import * as torch from 'flambeau';

const { values } = parseArgs({
  options: { device: { type: 'string', default: 'cuda' }, python: { type: 'string', default: 'python3' } },
});
const { device } = values;
const { nn, optim } = torch;
const F = nn.functional;
const wait = device.startsWith('cuda') ? () => torch.cuda.synchronize() : () => {};

/** The median of five rounds, in microseconds a call. Each round waits for the device before the clock stops. */
function measure(fn, seconds = 0.5) {
  const round = (count) => {
    wait();
    const start = performance.now();
    for (let i = 0; i < count; i++) torch.scope(fn);
    wait();
    return performance.now() - start;
  };
  round(3);
  const count = Math.max(1, Math.ceil((seconds * 200 * 3) / round(3)));
  const times = Array.from({ length: 5 }, () => (round(count) * 1000) / count);
  return times.sort((a, b) => a - b)[2];
}

class Net extends nn.Module {
  conv1 = new nn.Conv2d(3, 64, 3, { padding: 1 });
  conv2 = new nn.Conv2d(64, 128, 3, { padding: 1 });
  fc1 = new nn.Linear(128 * 7 * 7, 1000);
  fc2 = new nn.Linear(1000, 10);

  forward(x) {
    x = F.maxPool2d(F.relu(this.conv1.call(x)), 2);
    x = F.maxPool2d(F.relu(this.conv2.call(x)), 2);
    return this.fc2.call(F.relu(this.fc1.call(x.flatten(1))));
  }
}

function trainer(model, images, Optimizer, options) {
  model.to(device);
  const input = images.to(device);
  const labels = torch.randint(0, 10, [input.size(0)], { device });
  const optimizer = new Optimizer(model.parameters(), options);
  return () => {
    optimizer.zeroGrad();
    F.crossEntropy(model.call(input), labels).backward();
    optimizer.step();
  };
}

const x = torch.randn(2, 2, { device });
const big = torch.randn(1024, 1024, { device });
const host = torch.randn(25_000_000);
const there = host.to(device);
const sgd = [optim.SGD, { lr: 0.01, momentum: 0.9 }];
const mlp = () => new nn.Sequential(new nn.Linear(784, 128), new nn.ReLU(), new nn.Linear(128, 10));
const ours = {
  'add 2x2': measure(() => x.add(x)),
  'matmul 1024x1024': measure(() => big.matmul(big)),
  'sum().item()': measure(() => x.sum().item()),
  'MLP step, SGD, batch 64': measure(trainer(mlp(), torch.randn(64, 784), ...sgd)),
  'MLP step, Adam, batch 64': measure(trainer(mlp(), torch.randn(64, 784), optim.Adam, { lr: 1e-3, fused: true })),
  'CNN step, SGD, batch 32': measure(trainer(new Net(), torch.randn(32, 3, 28, 28), ...sgd), 2),
  'CNN step, SGD, batch 256': measure(trainer(new Net(), torch.randn(256, 3, 28, 28), ...sgd), 2),
  '100 MB to the device': measure(() => host.to(device, { copy: true }), 1),
  '100 MB from the device': measure(() => there.to('cpu', { copy: true }), 1),
};

const script = fileURLToPath(new URL('device.py', import.meta.url));
const python = spawnSync(values.python, [script, device], { encoding: 'utf8' });
if (python.status !== 0) throw new Error(`Python could not run the other side: ${python.stderr}`);
const theirs = JSON.parse(python.stdout);
const name = device.startsWith('cuda') ? torch.cuda.getDeviceName() : `CPU, ${torch.getNumThreads()} threads`;
console.log(`${name}; Node ${process.version}, LibTorch ${torch.libtorchVersion()}, Python's ${theirs.version}. us.\n`);
console.log('| what | Flambeau | Python | ratio |\n| --- | ---: | ---: | ---: |');
for (const [what, time] of Object.entries(ours)) {
  const other = theirs.times[what];
  if (other === undefined) throw new Error(`bench/device.py does not measure '${what}'`);
  console.log(`| ${what} | ${time.toFixed(1)} | ${other.toFixed(1)} | ${(time / other).toFixed(2)} |`);
}
