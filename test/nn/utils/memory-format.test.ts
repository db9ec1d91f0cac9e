import { describe, expect, test } from 'vitest';
import { nn } from '../../../src/index.js';

describe('convertConv2dWeightMemoryFormat', () => {
  test('changes two-dimensional convolutions only', () => {
    const model = new nn.Sequential(new nn.Conv2d(2, 3, 2), new nn.ConvTranspose2d(3, 2, 2), new nn.Conv1d(2, 3, 2));
    nn.utils.convertConv2dWeightMemoryFormat(model, 'channels_last');
    const strides = [...model.parameters()].filter((each) => each.ndim > 1).map((each) => each.stride());
    expect(strides).toEqual([
      [8, 1, 4, 2],
      [8, 1, 4, 2],
      [4, 2, 1],
    ]);
  });
});

describe('convertConv3dWeightMemoryFormat', () => {
  test('changes three-dimensional convolutions only', () => {
    const model = new nn.Sequential(new nn.Conv3d(2, 3, 2), new nn.Conv2d(2, 3, 2));
    nn.utils.convertConv3dWeightMemoryFormat(model, 'channels_last_3d');
    const strides = [...model.parameters()].filter((each) => each.ndim > 1).map((each) => each.stride());
    expect(strides).toEqual([
      [16, 1, 8, 4, 2],
      [8, 4, 2, 1],
    ]);
  });
});
