// The article's convolutional network, trained on handwritten digits, and then served.
import { readFileSync, writeFileSync } from 'node:fs';
import { gunzipSync } from 'node:zlib';
import * as torch from 'flambeau';
import { curves } from './curves.js';
import { Progress } from './progress.js';
import { predictOverHttp } from './serve.js';

const { nn, optim, data } = torch;

/** Two convolutions, two linear layers. */
class Net extends nn.Module {
  conv1 = new nn.Conv2d(3, 64, 3, { padding: 1 });
  conv2 = new nn.Conv2d(64, 128, 3, { padding: 1 });
  pool = new nn.MaxPool2d(2);
  relu = new nn.ReLU();
  fc1 = new nn.Linear(128 * 7 * 7, 1000);
  fc2 = new nn.Linear(1000, 10);

  forward(x) {
    x = this.pool.call(this.relu.call(this.conv1.call(x)));
    x = this.pool.call(this.relu.call(this.conv2.call(x)));
    return this.fc2.call(this.relu.call(this.fc1.call(x.flatten(1))));
  }
}

/** The images, scaled to 3x28x28, and their labels. */
function digits() {
  const text = gunzipSync(readFileSync(new URL('../data/digits.csv.gz', import.meta.url))).toString();
  const rows = text
    .trim()
    .split('\n')
    .map((line) => line.split(',').map(Number));
  const small = torch
    .tensor(
      rows.map((row) => row.slice(0, 64)),
      { dtype: 'float32' },
    )
    .div(16)
    .view(-1, 1, 8, 8);
  const images = nn.functional.upsampleBilinear2d(small, [28, 28], false).expand(-1, 3, -1, -1).contiguous();
  return new data.TensorDataset(images, torch.tensor(rows.map((row) => row[64])));
}

const epochs = Number(process.env.EPOCHS ?? (process.env.SMALL === '1' ? 2 : 12));
const device = process.env.DEVICE ?? 'cpu';
torch.manualSeed(0);
const [training, validation] = data.randomSplit(digits(), [1437, 360], new torch.Generator().manualSeed(0));
const loader = new data.DataLoader(training, { batchSize: 32, shuffle: true, seed: 0 });
const model = new Net().to(device);
const criterion = new nn.CrossEntropyLoss();
const optimizer = new optim.SGD(model.parameters(), { lr: 0.01, momentum: 0.9 });
console.log(String(model));

/** The predictions for the validation images. */
function predict(net) {
  net.eval();
  return torch.noGrad(() => {
    const classes = [...new data.DataLoader(validation, { batchSize: 90 })].map(([x]) =>
      net.call(x.to(device)).argmax(1),
    );
    return torch.cat(classes).cpu();
  });
}

const labels = torch.cat([...new data.DataLoader(validation, { batchSize: 90 })].map(([, y]) => y));
const accuracyOf = (predicted) => predicted.eq(labels).float().mean().item();

const history = [];
for (let epoch = 1; epoch <= epochs; epoch++) {
  const progress = new Progress(`epoch ${epoch}/${epochs}`, training.length);
  let total = 0;
  let right = 0;
  model.train();
  for (const [x, y] of loader) {
    // Everything that a step makes is freed as soon as it ends.
    const [loss, hits] = torch.scope(() => {
      const input = x.to(device);
      const target = y.to(device);
      optimizer.zeroGrad();
      const output = model.call(input);
      const loss = criterion.call(output, target);
      loss.backward();
      optimizer.step();
      return [loss.item(), output.argmax(1).eq(target).sum().item()];
    });
    const count = x.size(0);
    total += loss * count;
    right += hits;
    progress.add(count, { loss: total, accuracy: right });
  }
  const accuracy = torch.scope(() => accuracyOf(predict(model)));
  history.push({ loss: total / training.length, training: right / training.length, validation: accuracy });
  progress.end(`validation ${(100 * accuracy).toFixed(1)} %`);
}

await torch.save(model.stateDict(), 'quickstart.pt');
const copy = new Net().to(device);
copy.loadStateDict(await torch.load('quickstart.pt'));
const same = torch.equal(predict(model), predict(copy));
if (!same) throw new Error('the loaded model predicts something else');
writeFileSync('quickstart.svg', curves(history));
console.log(`\nA fresh model with the loaded weights predicts the same: ${same}`);
console.log('Weights (for torch.load in Python too): quickstart.pt');
console.log('Curves: quickstart.svg');

const images = torch.cat([...new data.DataLoader(validation, { batchSize: 90 })].map(([x]) => x));
const { classes, speed } = await predictOverHttp(model.to('cpu'), images);
const few = (values) => values.slice(0, 16).join(' ');
console.log(`Predicted: ${few(classes)} ...`);
console.log(`Labels:    ${few(labels.tolist())} ...`);
console.log(`${classes.length} requests, ${speed.toFixed(0)} a second; the server has drained`);
console.log(
  `Accuracy on ${validation.length} images that it has not seen: ${(100 * accuracyOf(torch.tensor(classes))).toFixed(1)} %`,
);
