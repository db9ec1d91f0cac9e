import { expect, test } from 'vitest';
import * as torch from '../../src/index.js';
import { describeCuda, type TestDevice } from '../devices.js';

const { nn, optim } = torch;
const F = nn.functional;

/** The article's network. */
class Net extends nn.Module<[torch.Tensor], torch.Tensor> {
  conv1 = new nn.Conv2d(3, 64, 3, { padding: 1 });
  conv2 = new nn.Conv2d(64, 128, 3, { padding: 1 });
  fc1 = new nn.Linear(128 * 7 * 7, 1000);
  fc2 = new nn.Linear(1000, 10);

  override forward(x: torch.Tensor): torch.Tensor {
    x = F.maxPool2d(F.relu(this.conv1.call(x)), 2);
    x = F.maxPool2d(F.relu(this.conv2.call(x)), 2);
    return this.fc2.call(F.relu(this.fc1.call(x.flatten(1))));
  }
}

interface Trained {
  losses: number[];
  state: Record<string, torch.Tensor>;
}

/** Three steps from the same weights, on the same images. */
function train(
  device: TestDevice,
  dtype: torch.Dtype,
  make: (p: Iterable<torch.Tensor>) => torch.optim.Optimizer<object>,
): Trained {
  torch.manualSeed(0);
  const model = new Net().to(dtype);
  const images = torch.randn(8, 3, 28, 28).to(dtype).to(device);
  const labels = torch.randint(0, 10, [8]).to(device);
  model.to(device);
  const optimizer = make(model.parameters());
  const losses = [1, 2, 3].map(() =>
    torch.scope(() => {
      optimizer.zeroGrad();
      const loss = F.crossEntropy(model.call(images), labels);
      loss.backward();
      optimizer.step();
      return loss.item();
    }),
  );
  return { losses, state: model.stateDict() };
}

const optimizers = {
  'SGD, fused': (p) => new optim.SGD(p, { lr: 0.01, momentum: 0.9, fused: true }),
  'SGD, foreach': (p) => new optim.SGD(p, { lr: 0.01, momentum: 0.9, fused: false }),
  'Adam, fused': (p) => new optim.Adam(p, { lr: 1e-3, fused: true }),
  'Adam, foreach': (p) => new optim.Adam(p, { lr: 1e-3, fused: false }),
} as const satisfies Record<string, (p: Iterable<torch.Tensor>) => torch.optim.Optimizer<object>>;

describeCuda("the article's network", () => {
  test.each(Object.entries(optimizers))('takes the steps that it takes on the CPU (%s)', (_, make) => {
    const here = train('cpu', 'float64', make);
    const there = train('cuda', 'float64', make);
    here.losses.forEach((loss, i) => expect(there.losses[i]).toBeCloseTo(loss, 8));
    for (const [name, value] of Object.entries(here.state)) {
      expect(there.state[name]!.device).toBe('cuda:0');
      // Adam divides by the square root of squares that are nearly zero.
      expect(torch.allclose(there.state[name]!.cpu(), value, 1e-5, 1e-6), name).toBe(true);
    }
  });

  test('has the loss of the CPU in float32 too, as near as TensorFloat-32 comes', () => {
    const here = train('cpu', 'float32', optimizers['SGD, fused']);
    const there = train('cuda', 'float32', optimizers['SGD, fused']);
    here.losses.forEach((loss, i) => expect(Math.abs(there.losses[i]! - loss)).toBeLessThan(0.01));
  });
});

describeCuda('the state of an optimizer', () => {
  test('goes on where it was, on the GPU and through the CPU', () => {
    const make = (): [torch.nn.Parameter, torch.optim.Adam] => {
      const w = new nn.Parameter(torch.ones(2, { device: 'cuda' }));
      return [w, new optim.Adam([w], { lr: 0.1 })];
    };
    const step = ([w, optimizer]: ReturnType<typeof make>): number[] => {
      optimizer.zeroGrad();
      w.square().sum().backward();
      optimizer.step();
      return w.detach().tolist<number[]>();
    };
    const first = make();
    step(first);
    const saved = first[1].stateDict();
    const state = Object.entries(saved.state[0]!).map(([key, value]) => [key, (value as torch.Tensor).cpu()]);
    const second = make();
    second[0].data.copy_(first[0].detach());
    second[1].loadStateDict({ ...saved, state: { 0: Object.fromEntries(state) } });
    expect(step(second)).toEqual(step(first));
  });
});
