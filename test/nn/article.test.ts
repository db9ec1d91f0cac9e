import { expect, test } from 'vitest';
import * as torch from '../../src/index.js';
import { describeDevices } from '../devices.js';

const { nn } = torch;

describeDevices('a beginner', (device) => {
  test('a linear layer for 128*28*28 features after two poolings is told what it got', () => {
    const features = torch.ones(2, 128 * 7 * 7, { device });
    expect(() => new nn.Linear(128 * 28 * 28, 10, { device }).call(features)).toThrow(
      'mat1 and mat2 shapes cannot be multiplied (2x6272 and 100352x10)',
    );
  });

  test('labels of shape (N, 1) are told to be squeezed', () => {
    const loss = new nn.CrossEntropyLoss();
    expect(() => loss.call(torch.zeros(4, 10, { device }), torch.zeros(4, 1, { dtype: 'int64', device }))).toThrow(
      'take target.squeeze(1)',
    );
  });

  test('a state of another shape is refused with every difference, and changes nothing', () => {
    const model = new nn.Linear(2, 1, { device });
    const before = model.weight.tolist();
    expect(() => model.loadStateDict({ weight: torch.ones(3, 3) })).toThrow(
      /missing: bias[\s\S]*weight has shape \[3, 3\]/,
    );
    expect(model.weight.tolist()).toEqual(before);
  });
});

test('all images in one batch are an OutOfMemoryError with the size, and the process goes on', () => {
  const images = torch.zeros(60000, 3, 28, 28, { device: 'meta' });
  expect(images.shape).toEqual([60000, 3, 28, 28]);
  // What the first layer would need many times over: no machine gives it.
  expect(() => torch.empty(60000, 64, 28, 28, 1e5)).toThrow(/allocate|memory/i);
  expect(torch.ones(1).item()).toBe(1);
});

test('modules print as in Python', () => {
  const model = new nn.Sequential(new nn.Conv2d(3, 64, 3, { padding: 1 }), new nn.ReLU(), new nn.Flatten());
  expect(String(model)).toBe(
    'Sequential(\n  (0): Conv2d(3, 64, kernel_size=(3, 3), stride=(1, 1), padding=(1, 1))\n  (1): ReLU()\n  (2): Flatten(start_dim=1, end_dim=-1)\n)',
  );
});
