// A variational autoencoder of handwritten digits: it learns to draw new ones.
//
//   node examples/vae/main.js       EPOCHS and SEED set the number of epochs and the seed; SMALL=1 is a quick look
import * as torch from 'flambeau';
import { digits } from '../data/digits.js';

const { nn, optim, data } = torch;
const { Independent, Normal, ContinuousBernoulli, klDivergence } = torch.distributions;
const small = process.env.SMALL === '1';
const epochs = Number(process.env.EPOCHS ?? (small ? 5 : 100));
const seed = Number(process.env.SEED ?? 0);
const LATENT = 8;

/** Distributions of the latent vector for an image, and of the image for a latent vector. */
class VAE extends nn.Module {
  encoder = new nn.Sequential(
    new nn.Flatten(),
    new nn.Linear(64, 256),
    new nn.ReLU(),
    new nn.Linear(256, 128),
    new nn.ReLU(),
  );
  mean = new nn.Linear(128, LATENT);
  scale = new nn.Sequential(new nn.Linear(128, LATENT), new nn.Softplus());
  decoder = new nn.Sequential(
    new nn.Linear(LATENT, 128),
    new nn.ReLU(),
    new nn.Linear(128, 256),
    new nn.ReLU(),
    new nn.Linear(256, 64),
    new nn.Unflatten(1, [8, 8]),
  );

  encode(images) {
    const features = this.encoder.call(images);
    return new Independent(new Normal(this.mean.call(features), this.scale.call(features).add(1e-4)), 1);
  }

  decode(latent) {
    return new Independent(new ContinuousBernoulli({ logits: this.decoder.call(latent) }), 2);
  }

  /** The evidence lower bound of each image, in its two parts. */
  forward(images) {
    const posterior = this.encode(images);
    const prior = new Independent(
      new Normal(torch.zeros(LATENT), torch.ones(LATENT)).expand([images.size(0), LATENT]),
      1,
    );
    const likelihood = this.decode(posterior.rsample()).logProb(images);
    return [likelihood, klDivergence(posterior, prior)];
  }
}

torch.manualSeed(seed);
const [training, validation] = data.randomSplit(digits(), [1437, 360], new torch.Generator().manualSeed(seed));
const loader = new data.DataLoader(training, { batchSize: 64, shuffle: true, seed });
const model = new VAE();
const optimizer = new optim.Adam(model.parameters(), { lr: 2e-3 });
const scheduler = new optim.lrScheduler.CosineAnnealingLR(optimizer, epochs, { etaMin: 1e-4 });
console.log(String(model));

/** One pass over the training images; gives the mean bound. */
function train() {
  model.train();
  let total = 0;
  for (const [images] of loader) {
    total += torch.scope(() => {
      optimizer.zeroGrad();
      const [likelihood, kl] = model.call(images);
      const bound = likelihood.sub(kl).mean();
      bound.neg().backward();
      optimizer.step();
      return bound.item() * images.size(0);
    });
  }
  scheduler.step();
  return total / training.length;
}

/** The mean bound of images that it has not seen, and its parts. */
function evaluate() {
  model.eval();
  const [images] = validation.dataset.getBatch(validation.indices);
  return torch.noGrad(() => model.call(images).map((part) => part.mean().item()));
}

/** Images side by side, in grey tones of text. */
function draw(images) {
  const tones = ' .:-=+*#%@';
  const tone = (value) => tones[Math.min(9, Math.floor(value * 10))].repeat(2);
  const pictures = images.tolist();
  for (let row = 0; row < 8; row++) {
    console.log(pictures.map((picture) => picture[row].map(tone).join('')).join(' | '));
  }
}

for (let epoch = 1; epoch <= epochs; epoch++) {
  const bound = train();
  if (epoch % Math.ceil(epochs / 10) !== 0 && epoch !== epochs) continue;
  const [likelihood, kl] = torch.scope(evaluate);
  console.log(
    `epoch ${epoch}/${epochs}  training ELBO ${bound.toFixed(2)}  validation ELBO ${(likelihood - kl).toFixed(2)} ` +
      `(log-likelihood ${likelihood.toFixed(2)}, KL ${kl.toFixed(2)})`,
  );
}

torch.noGrad(() => {
  const [images] = validation.dataset.getBatch(validation.indices.slice(0, 4));
  console.log('\nImages that it has not seen, and what is left of them after encoding and decoding:');
  draw(images);
  console.log('');
  draw(model.decode(model.encode(images).mean).mean);
  console.log('\nNew digits, from latent vectors drawn at random:');
  draw(model.decode(torch.randn(4, LATENT)).mean);
});
await torch.save(model.stateDict(), 'vae.pt');
const [likelihood, kl] = evaluate();
console.log(`\nWeights: vae.pt`);
console.log(`ELBO on ${validation.length} images that it has not seen: ${(likelihood - kl).toFixed(2)} nats`);
