// A convolutional network of handwritten digits loses 80 % of its weights, and hardly any of its accuracy.
//
//   node examples/pruning/main.js   EPOCHS and SEED set the number of epochs and the seed; SMALL=1 is a quick look
import * as torch from 'flambeau';
import { digits } from '../data/digits.js';

const { nn, optim, data } = torch;
const { prune } = nn.utils;
const small = process.env.SMALL === '1';
const epochs = Number(process.env.EPOCHS ?? (small ? 6 : 20));
const seed = Number(process.env.SEED ?? 0);
const AMOUNT = 0.8;

/** Two convolutions, two linear layers. */
class Net extends nn.Module {
  conv1 = new nn.Conv2d(1, 32, 3, { padding: 1 });
  conv2 = new nn.Conv2d(32, 64, 3, { padding: 1 });
  fc1 = new nn.Linear(64 * 2 * 2, 128);
  fc2 = new nn.Linear(128, 10);

  forward(images) {
    let x = nn.functional.maxPool2d(this.conv1.call(images.unsqueeze(1)).relu(), 2);
    x = nn.functional.maxPool2d(this.conv2.call(x).relu(), 2);
    return this.fc2.call(this.fc1.call(x.flatten(1)).relu());
  }
}

torch.manualSeed(seed);
const [training, validation] = data.randomSplit(digits(), [1437, 360], new torch.Generator().manualSeed(seed));
const loader = new data.DataLoader(training, { batchSize: 32, shuffle: true, seed });
const criterion = new nn.CrossEntropyLoss();

/** Trains for some epochs, with a learning rate that falls along a cosine. */
function fit(model, epochs, lr) {
  const optimizer = new optim.SGD(model.parameters(), { lr, momentum: 0.9, weightDecay: 1e-4 });
  const scheduler = new optim.lrScheduler.CosineAnnealingLR(optimizer, epochs);
  for (let epoch = 1; epoch <= epochs; epoch++) {
    model.train();
    let total = 0;
    for (const [images, labels] of loader) {
      total += torch.scope(() => {
        optimizer.zeroGrad();
        const loss = criterion.call(model.call(images), labels);
        loss.backward();
        optimizer.step();
        return loss.item() * labels.size(0);
      });
    }
    scheduler.step();
    console.log(`  epoch ${epoch}/${epochs}  loss ${(total / training.length).toFixed(4)}`);
  }
}

/** The share of the validation images that it gets right, in percent. */
function accuracy(model) {
  model.eval();
  const [images, labels] = validation.dataset.getBatch(validation.indices);
  return torch.scope(() => torch.noGrad(() => 100 * model.call(images).argmax(1).eq(labels).float().mean().item()));
}

/** The share of zeros, in percent. */
function sparsity(...layers) {
  const zeros = layers.reduce((sum, { weight }) => sum + weight.eq(0).sum().item(), 0);
  return (100 * zeros) / layers.reduce((sum, { weight }) => sum + weight.numel(), 0);
}

const model = new Net();
console.log(String(model));
console.log('Training:');
fit(model, epochs, 0.02);
const dense = accuracy(model);

// Of all weights together, the smallest go; the biases stay.
const layers = [...model.children()];
const weights = layers.map((layer) => [layer, 'weight']);
prune.globalUnstructured(weights, prune.L1Unstructured, { amount: AMOUNT });
const pruned = accuracy(model);
console.log(`Pruned to ${(100 * AMOUNT).toFixed(0)} %. Training what is left:`);
fit(model, Math.ceil(epochs / 2), 0.01);
const tuned = accuracy(model);

// From here on it is an ordinary network again, with zeros in its weights.
for (const [layer, name] of weights) prune.remove(layer, name);
if (prune.isPruned(model)) throw new Error('the pruning was not made permanent');
await torch.save(model.stateDict(), 'pruned.pt');
const copy = new Net();
copy.loadStateDict(await torch.load('pruned.pt'));
if (accuracy(copy) !== tuned) throw new Error('the loaded model predicts something else');

console.log('\nWeights, an ordinary state dict: pruned.pt');
console.log('Zeros among the weights:');
for (const [name, layer] of model.namedChildren()) console.log(`  ${name}  ${sparsity(layer).toFixed(1)} %`);
console.log(`  all    ${sparsity(...layers).toFixed(1)} %`);
console.log(`Accuracy on ${validation.length} images that it has not seen:`);
console.log(`  before pruning     ${dense.toFixed(1)} %`);
console.log(`  just after         ${pruned.toFixed(1)} %`);
console.log(`  after fine-tuning  ${tuned.toFixed(1)} %`);
