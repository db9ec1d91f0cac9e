// node bench/training.mjs [--python PATH] [--threads N] [--rounds N] [--only TEXT]: training steps of layers and models, the
// forward pass of an encoder layer and gradients of each sample, here, captured here and in Python, round by round in
// turns; prints a table of medians.
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
torch.manualSeed(0);

const { func, nn, optim } = torch;
const F = nn.functional;

/** Two convolutions with a way around them. */
class Block extends nn.Module {
  constructor(inChannels, channels, stride) {
    super();
    this.conv1 = new nn.Conv2d(inChannels, channels, 3, { stride, padding: 1, bias: false });
    this.bn1 = new nn.BatchNorm2d(channels);
    this.conv2 = new nn.Conv2d(channels, channels, 3, { padding: 1, bias: false });
    this.bn2 = new nn.BatchNorm2d(channels);
    this.around =
      stride === 1
        ? new nn.Identity()
        : new nn.Sequential(
            new nn.Conv2d(inChannels, channels, 1, { stride, bias: false }),
            new nn.BatchNorm2d(channels),
          );
  }

  forward(x) {
    const h = F.relu(this.bn1.call(this.conv1.call(x)));
    return F.relu(this.bn2.call(this.conv2.call(h)).add(this.around.call(x)));
  }
}

const resnet = () =>
  new nn.Sequential(
    new nn.Conv2d(3, 32, 3, { padding: 1, bias: false }),
    new nn.BatchNorm2d(32),
    new nn.ReLU(),
    new nn.MaxPool2d(2),
    ...[new Block(32, 32, 1), new Block(32, 32, 1), new Block(32, 64, 2), new Block(64, 64, 1)],
    ...[new Block(64, 128, 2), new Block(128, 128, 1)],
    new nn.AdaptiveAvgPool2d(1),
    new nn.Flatten(),
    new nn.Linear(128, 10),
  );

/** A step, and the same as a graph. */
function training(model, loss, inputs) {
  const optimizer = new optim.SGD(model.parameters(), { lr: 1e-3, momentum: 0.9 });
  const step = (...batch) => {
    optimizer.zeroGrad();
    loss(...batch).backward();
    optimizer.step();
  };
  return both(step, inputs);
}

function both(fn, inputs) {
  const graph = torch.capture(fn, inputs);
  const scoped = (run) => () => torch.scope(() => void run(...inputs));
  return [scoped(fn), scoped(graph)];
}

const encoder = () => new nn.TransformerEncoderLayer(512, 8, { batchFirst: true });

const cases = {
  'LSTM step'() {
    const model = new nn.LSTM(64, 256, { numLayers: 2, batchFirst: true });
    const loss = (x, y) => F.mseLoss(model.call(x)[0], y);
    return training(model, loss, [torch.randn(32, 32, 64), torch.rand(32, 32, 256)]);
  },
  'encoder layer step'() {
    const model = encoder();
    const loss = (x, y) => F.mseLoss(model.call(x), y);
    return training(model, loss, [torch.randn(8, 64, 512), torch.randn(8, 64, 512)]);
  },
  'encoder layer forward, eval'() {
    const model = encoder().eval();
    const forward = (x) => torch.noGrad(() => model.call(x));
    return both(forward, [torch.randn(8, 64, 512)]);
  },
  'ResNet step'() {
    const model = resnet();
    const loss = (x, y) => F.crossEntropy(model.call(x), y);
    return training(model, loss, [torch.randn(8, 3, 64, 64), torch.randint(10, [8])]);
  },
  'gradient of each sample'() {
    const model = new nn.Sequential(new nn.Linear(64, 128), new nn.ReLU(), new nn.Linear(128, 10));
    const params = Object.fromEntries([...model.namedParameters()].map(([name, value]) => [name, value.detach()]));
    const loss = (weights, x, y) =>
      F.crossEntropy(func.functionalCall(model, weights, [x.unsqueeze(0)]), y.unsqueeze(0));
    const each = func.vmap(func.grad(loss), { inDims: [null, 0, 0] });
    return both((x, y) => each(params, x, y), [torch.randn(64, 64), torch.randint(10, [64])]);
  },
};

const python = new Python(args.python, fileURLToPath(new URL('training.py', import.meta.url)), args.threads);
const theirs = (name, count) => python.ask(`${count} ${name}`);

console.log(`Node ${process.version}, LibTorch ${torch.libtorchVersion()}, ${args.threads} thread(s).\n`);
console.log('| ms | Flambeau | captured | Python | ratio | captured |\n| --- | ---: | ---: | ---: | ---: | ---: |');
for (const [name, make] of Object.entries(cases)) {
  if (!name.includes(args.only)) continue;
  const [eager, graph] = make();
  const sides = [(count) => ours(eager, count), (count) => ours(graph, count), (count) => theirs(name, count)];
  const counts = [];
  for (const side of sides) counts.push(await calibrate(side));
  const times = sides.map(() => []);
  for (let round = 0; round < Number(args.rounds); round++) {
    for (const [i, side] of sides.entries()) times[i].push((await side(counts[i])) / counts[i]);
  }
  const [a, b, c] = times.map((list) => median(list) * 1e3);
  const shown = [a, b, c].map((ms) => ms.toFixed(2)).join(' | ');
  console.log(`| ${name} | ${shown} | ${(a / c).toFixed(2)} | ${(b / c).toFixed(2)} |`);
}
python.end();
