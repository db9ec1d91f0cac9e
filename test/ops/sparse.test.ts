import { describe, expect, test } from 'vitest';
import * as torch from '../../src/index.js';

const rows = torch.tensor([0, 1, 2]);
const columns = torch.tensor([1, 0]);

describe('sparse factories', () => {
  const compressed = {
    sparseCsrTensor: (values: torch.Tensor, options?: torch.TensorOptions) =>
      torch.sparseCsrTensor(rows, columns, values, [2, 2], options),
    sparseCscTensor: (values: torch.Tensor, options?: torch.TensorOptions) =>
      torch.sparseCscTensor(rows, columns, values, [2, 2], options),
    sparseBsrTensor: (values: torch.Tensor, options?: torch.TensorOptions) =>
      torch.sparseBsrTensor(rows, columns, values.view(2, 1, 1), [2, 2], options),
    sparseBscTensor: (values: torch.Tensor, options?: torch.TensorOptions) =>
      torch.sparseBscTensor(rows, columns, values.view(2, 1, 1), [2, 2], options),
    sparseCompressedTensor: (values: torch.Tensor, options?: torch.TensorOptions) =>
      torch.sparseCompressedTensor(rows, columns, values, [2, 2], { layout: 'sparse_csr', ...options }),
    sparseCooTensor: (values: torch.Tensor, options?: torch.TensorOptions) =>
      torch.sparseCooTensor(torch.tensor([[0, 1], columns.tolist() as number[]]), values, [2, 2], options),
  };

  test.each(Object.entries(compressed))('%s takes dtype and device from the values', (_, make) => {
    for (const dtype of ['float64', 'int32', 'bool'] as const) {
      const x = make(torch.ones(2, { dtype }));
      expect([x.dtype, x.device]).toEqual([dtype, 'cpu']);
      expect(x.toDense().to('int64').tolist()).toEqual([
        [0, 1],
        [1, 0],
      ]);
    }
  });

  test.each(Object.entries(compressed))('%s converts the values to the dtype that is asked for', (_, make) => {
    const x = make(torch.tensor([1.5, 2]), { dtype: 'float64' });
    expect(x.dtype).toBe('float64');
    expect(x.toDense().sum().item()).toBe(3.5);
  });

  test('take the sizes from the indices where none are given', () => {
    const x = torch.sparseCsrTensor(rows, columns, torch.ones(2, { dtype: 'float64' }));
    expect([x.dtype, x.shape]).toEqual(['float64', [2, 2]]);
    const y = torch.sparseCooTensor(torch.tensor([[0, 3]]), torch.ones(2, { dtype: 'int32' }));
    expect([y.dtype, y.shape]).toEqual(['int32', [4]]);
  });

  test('leave an empty one to the options', () => {
    expect(torch.sparseCooTensor([2, 3], { dtype: 'float64' }).dtype).toBe('float64');
    expect(torch.sparseCooTensor([2, 3]).shape).toEqual([2, 3]);
  });

  test('keep the graph of the values', () => {
    const values = torch.ones(2, { requiresGrad: true });
    compressed.sparseCooTensor(values, { dtype: 'float64' }).toDense().mul(3).sum().backward();
    expect(values.grad!.tolist()).toEqual([3, 3]);
  });

  test('refuse indices that lead out of the tensor', () => {
    const far = torch.tensor([[0, 1_000_000_000]]);
    const values = torch.ones(2);
    expect(() => torch.sparseCooTensor(far, values, [4])).toThrow(/size is inconsistent with indices/);
    expect(() => torch.sparseCooTensor(far.neg(), values, [4])).toThrow(/negative/);
    const wrong = torch.tensor([0, 1_000_000_000]);
    for (const make of [torch.sparseCsrTensor, torch.sparseCscTensor])
      expect(() => make(rows, wrong, values, [2, 2])).toThrow(/not satisfied/);
    for (const make of [torch.sparseBsrTensor, torch.sparseBscTensor])
      expect(() => make(rows, wrong, values.view(2, 1, 1), [2, 2])).toThrow(/not satisfied/);
    expect(() => torch.sparseCsrTensor(torch.tensor([0, 7, 2]), columns, values, [2, 2])).toThrow(/not satisfied/);
    expect(() => torch.sparseCompressedTensor(rows, wrong, values, [2, 2], { layout: 'sparse_csr' })).toThrow(
      /not satisfied/,
    );
  });

  test('and so do the raw operators, unless the checks are switched off', () => {
    const far = torch.tensor([[0, 9]]);
    const make = (): unknown => torch.ops.aten.sparse_coo_tensor!.indices_size!(far, torch.ones(2), [4]);
    const { checkSparseTensorInvariants } = torch.sparse;
    expect(checkSparseTensorInvariants.isEnabled()).toBe(true);
    expect(make).toThrow(/size is inconsistent with indices/);
    checkSparseTensorInvariants.disable();
    try {
      expect(checkSparseTensorInvariants.isEnabled()).toBe(false);
      expect(make).not.toThrow();
    } finally {
      checkSparseTensorInvariants.enable();
    }
  });
});
