// An LSTM that reads a handwritten digit row by row, from top to bottom, and says which it is.
//
//   node examples/lstm/main.js      EPOCHS and SEED set the number of epochs and the seed; SMALL=1 is a quick look
import * as torch from 'flambeau';
import { digits } from '../data/digits.js';

const { nn, optim, data } = torch;
const small = process.env.SMALL === '1';
const epochs = Number(process.env.EPOCHS ?? (small ? 4 : 30));
const seed = Number(process.env.SEED ?? 0);

/** Two layers over the rows, both ways; the last layer's final states decide. */
class Classifier extends nn.Module {
  lstm = new nn.LSTM(8, 64, { numLayers: 2, batchFirst: true, bidirectional: true, dropout: 0.2 });
  head = new nn.Linear(2 * 64, 10);

  forward(rows) {
    const [, [hidden]] = this.lstm.call(rows);
    return this.head.call(torch.cat([hidden.at(-2), hidden.at(-1)], 1));
  }
}

torch.manualSeed(seed);
const [training, validation] = data.randomSplit(digits(), [1437, 360], new torch.Generator().manualSeed(seed));
const loader = new data.DataLoader(training, { batchSize: 64, shuffle: true, seed });
const model = new Classifier();
const criterion = new nn.CrossEntropyLoss({ labelSmoothing: 0.05 });
const optimizer = new optim.AdamW(model.parameters(), { lr: 1e-3 });
const scheduler = new optim.lrScheduler.OneCycleLR(optimizer, 1e-2, { epochs, stepsPerEpoch: loader.length });
console.log(String(model));

/** One pass over the training images; gives the mean loss. */
function train() {
  model.train();
  let total = 0;
  for (const [rows, labels] of loader) {
    total += torch.scope(() => {
      optimizer.zeroGrad();
      const loss = criterion.call(model.call(rows), labels);
      loss.backward();
      nn.utils.clipGradNorm_(model.parameters(), 1);
      optimizer.step();
      scheduler.step();
      return loss.item() * labels.size(0);
    });
  }
  return total / training.length;
}

/** How often each digit (row) was taken for each (column). */
function confusion() {
  model.eval();
  return torch.noGrad(() => {
    const counts = torch.zeros(10, 10, { dtype: 'int64' });
    for (const [rows, labels] of new data.DataLoader(validation, { batchSize: 120 })) {
      const pairs = labels.mul(10).add(model.call(rows).argmax(1));
      counts.add_(torch.bincount(pairs, { minlength: 100 }).view(10, 10));
    }
    return counts;
  });
}

const accuracyOf = (counts) => counts.diagonal().sum().item() / counts.sum().item();

for (let epoch = 1; epoch <= epochs; epoch++) {
  const loss = train();
  const accuracy = torch.scope(() => accuracyOf(confusion()));
  const [rate] = scheduler.getLastLr();
  console.log(
    `epoch ${epoch}/${epochs}  loss ${loss.toFixed(4)}  learning rate ${rate.toExponential(1)}  ` +
      `validation ${(100 * accuracy).toFixed(1)} %`,
  );
}

const counts = confusion();
console.log('\nRows are the digits, columns what they were taken for:');
for (const [digit, row] of counts.tolist().entries()) {
  console.log(`  ${digit} |${row.map((count) => String(count || '·').padStart(4)).join('')}`);
}
await torch.save(model.stateDict(), 'lstm.pt');
console.log('Weights: lstm.pt');
console.log(`Accuracy on ${validation.length} images that it has not seen: ${(100 * accuracyOf(counts)).toFixed(1)} %`);
