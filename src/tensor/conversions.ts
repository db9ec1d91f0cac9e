import type { Device, MemoryFormat } from '../device.js';
import type { Dtype } from '../dtype.js';
import type { Tensor } from '../tensor.js';

/** What `to` takes by name. */
export interface ToOptions {
  /** The element type to convert to. */
  dtype?: Dtype;
  /** The device to move to. */
  device?: Device;
  /** Whether a copy from page-locked memory may run beside other work. */
  nonBlocking?: boolean;
  /** Whether to copy even where nothing changes. */
  copy?: boolean;
  /** The order of dimensions in memory. */
  memoryFormat?: MemoryFormat;
}

/** The members of {@link Tensor} that are short for `to`. Each gives the tensor itself where nothing changes. */
export abstract class Conversions {
  /** @internal */
  abstract to(target: Dtype | Device): Tensor;

  /**
   * On the CPU.
   *
   * @see https://docs.pytorch.org/docs/2.13/generated/torch.Tensor.cpu.html
   * @example
   * torch.ones(2).cpu().device // 'cpu'
   */
  cpu(): Tensor {
    return this.to('cpu');
  }

  /**
   * On a GPU: the given one, or the current.
   *
   * @param index - which GPU
   * @throws when there is no such GPU
   * @see https://docs.pytorch.org/docs/2.13/generated/torch.Tensor.cuda.html
   * @example
   * if (torch.cuda.isAvailable()) torch.ones(2).cuda(0)
   */
  cuda(index?: number): Tensor {
    return this.to(index === undefined ? 'cuda' : `cuda:${index}`);
  }

  /**
   * As `float32`.
   *
   * @see https://docs.pytorch.org/docs/2.13/generated/torch.Tensor.float.html
   * @example
   * torch.tensor([1]).float() // tensor([1.])
   */
  float(): Tensor {
    return this.to('float32');
  }

  /**
   * As `float64`.
   *
   * @see https://docs.pytorch.org/docs/2.13/generated/torch.Tensor.double.html
   * @example
   * torch.tensor([1]).double() // tensor([1.], dtype=torch.float64)
   */
  double(): Tensor {
    return this.to('float64');
  }

  /**
   * As `complex64`.
   *
   * @see https://docs.pytorch.org/docs/2.13/generated/torch.Tensor.cfloat.html
   * @example
   * torch.tensor([1]).cfloat() // tensor([1.+0.j])
   */
  cfloat(): Tensor {
    return this.to('complex64');
  }

  /**
   * As `complex128`.
   *
   * @see https://docs.pytorch.org/docs/2.13/generated/torch.Tensor.cdouble.html
   * @example
   * torch.tensor([1]).cdouble().dtype // 'complex128'
   */
  cdouble(): Tensor {
    return this.to('complex128');
  }

  /**
   * As `float16`.
   *
   * @see https://docs.pytorch.org/docs/2.13/generated/torch.Tensor.half.html
   * @example
   * torch.tensor([1]).half() // tensor([1.], dtype=torch.float16)
   */
  half(): Tensor {
    return this.to('float16');
  }

  /**
   * As `bfloat16`.
   *
   * @see https://docs.pytorch.org/docs/2.13/generated/torch.Tensor.bfloat16.html
   * @example
   * torch.tensor([1]).bfloat16() // tensor([1.], dtype=torch.bfloat16)
   */
  bfloat16(): Tensor {
    return this.to('bfloat16');
  }

  /**
   * As `int64`; what stands behind the point is cut off.
   *
   * @see https://docs.pytorch.org/docs/2.13/generated/torch.Tensor.long.html
   * @example
   * torch.tensor([1.7]).long() // tensor([1])
   */
  long(): Tensor {
    return this.to('int64');
  }

  /**
   * As `int32`; what stands behind the point is cut off.
   *
   * @see https://docs.pytorch.org/docs/2.13/generated/torch.Tensor.int.html
   * @example
   * torch.tensor([1.7]).int() // tensor([1], dtype=torch.int32)
   */
  int(): Tensor {
    return this.to('int32');
  }

  /**
   * As `int16`; what stands behind the point is cut off.
   *
   * @see https://docs.pytorch.org/docs/2.13/generated/torch.Tensor.short.html
   * @example
   * torch.tensor([1.7]).short() // tensor([1], dtype=torch.int16)
   */
  short(): Tensor {
    return this.to('int16');
  }

  /**
   * As `int8`; what stands behind the point is cut off.
   *
   * @see https://docs.pytorch.org/docs/2.13/generated/torch.Tensor.char.html
   * @example
   * torch.tensor([1.7]).char() // tensor([1], dtype=torch.int8)
   */
  char(): Tensor {
    return this.to('int8');
  }

  /**
   * As `uint8`; what stands behind the point is cut off.
   *
   * @see https://docs.pytorch.org/docs/2.13/generated/torch.Tensor.byte.html
   * @example
   * torch.tensor([1.7]).byte() // tensor([1], dtype=torch.uint8)
   */
  byte(): Tensor {
    return this.to('uint8');
  }

  /**
   * As `bool`: whether each element is not zero.
   *
   * @see https://docs.pytorch.org/docs/2.13/generated/torch.Tensor.bool.html
   * @example
   * torch.tensor([0, 3]).bool() // tensor([False,  True])
   */
  bool(): Tensor {
    return this.to('bool');
  }
}
