import { binding, type Handle } from '../binding.js';
import type { Device, Layout, MemoryFormat } from '../device.js';
import { dtypes, type Dtype } from '../dtype.js';
import { FlambeauError } from '../errors.js';
import { handleOf, invoke, Operator } from '../ops/call.js';
import type { Tensor } from '../tensor.js';

const operators = {
  transpose: new Operator('aten::mT', false),
  hermitian: new Operator('aten::matrix_H', false),
  reversed: new Operator('aten::numpy_T', false),
  conjugate: new Operator('aten::mH', false),
  real: new Operator('aten::real', false),
  imag: new Operator('aten::imag', false),
};

function pick(func: string, list: number[], dim: number): number {
  const value = list.at(dim);
  if (!Number.isInteger(dim) || value === undefined) {
    throw new FlambeauError(
      'INDEX_OUT_OF_RANGE',
      `${func}(): argument 'dim' must be from ${-list.length} to ${list.length - 1} for ${list.length} dimensions, not ${dim}`,
    );
  }
  return value;
}

/** The members of {@link Tensor} that say what it is. */
export abstract class Attributes {
  /** @internal */
  declare _handle: Handle | null;

  /** The sizes of the dimensions. */
  get shape(): number[] {
    return binding.shape(handleOf(this));
  }

  /** The element type. */
  get dtype(): Dtype {
    return binding.dtype(handleOf(this)) as Dtype;
  }

  /** Where the elements are: `'cpu'`, `'cuda:0'`. */
  get device(): Device {
    return binding.device(handleOf(this)) as Device;
  }

  /** How the elements are laid out. */
  get layout(): Layout {
    return binding.layout(handleOf(this)) as Layout;
  }

  /** The number of dimensions. */
  get ndim(): number {
    return binding.dim(handleOf(this));
  }

  /** The bytes of all elements. */
  get nbytes(): number {
    return this.numel() * dtypes[this.dtype].size;
  }

  /** Whether it is on an NVIDIA GPU. */
  get isCuda(): boolean {
    return this.device.startsWith('cuda');
  }

  /** Whether it is in the CPU's memory. */
  get isCpu(): boolean {
    return this.device === 'cpu';
  }

  /** Whether it has a shape and a dtype, and no elements. */
  get isMeta(): boolean {
    return this.device === 'meta';
  }

  /** Whether it is sparse, with coordinates: of layout `'sparse_coo'`. */
  get isSparse(): boolean {
    return this.layout === 'sparse_coo';
  }

  /** Whether it is sparse, with compressed rows: of layout `'sparse_csr'`. */
  get isSparseCsr(): boolean {
    return this.layout === 'sparse_csr';
  }

  /** Whether it is in the layout of oneDNN. */
  get isMkldnn(): boolean {
    return this.layout === '_mkldnn';
  }

  /** Whether it holds integers that stand for numbers by a scale: of a dtype that begins with `q`. */
  get isQuantized(): boolean {
    return /^qu?int/.test(this.dtype);
  }

  /** The bytes of one element. */
  get itemsize(): number {
    return dtypes[this.dtype].size;
  }

  /** How often it was written in place. */
  get version(): number {
    return binding.version(handleOf(this));
  }

  /** The dimensions in reverse order. */
  get T(): Tensor {
    return invoke(operators.reversed, [this]) as Tensor;
  }

  /** The last two dimensions exchanged. */
  get mT(): Tensor {
    return invoke(operators.transpose, [this]) as Tensor;
  }

  /** A matrix, transposed and conjugated. */
  get H(): Tensor {
    return invoke(operators.hermitian, [this]) as Tensor;
  }

  /** The last two dimensions exchanged, and conjugated. */
  get mH(): Tensor {
    return invoke(operators.conjugate, [this]) as Tensor;
  }

  /** The real parts, sharing memory. */
  get real(): Tensor {
    return invoke(operators.real, [this]) as Tensor;
  }

  /** The imaginary parts of a complex tensor, sharing memory. */
  get imag(): Tensor {
    return invoke(operators.imag, [this]) as Tensor;
  }

  /**
   * The sizes of all dimensions, or of one; negative numbers count from the end.
   *
   * @throws when there is no such dimension
   * @see https://docs.pytorch.org/docs/2.13/generated/torch.Tensor.size.html
   * @example
   * torch.ones(2, 3).size() // [ 2, 3 ]
   * torch.ones(2, 3).size(-1) // 3
   */
  size(): number[];
  size(dim: number): number;
  size(dim?: number): number | number[] {
    return dim === undefined ? this.shape : pick('size', this.shape, dim);
  }

  /**
   * How many elements further the next index of each dimension lies in memory, or of one dimension; negative numbers
   * count from the end.
   *
   * @throws when there is no such dimension
   * @see https://docs.pytorch.org/docs/2.13/generated/torch.Tensor.stride.html
   * @example
   * torch.ones(2, 3).stride() // [ 3, 1 ]
   * torch.ones(2, 3).t().stride(0) // 1
   */
  stride(): number[];
  stride(dim: number): number;
  stride(dim?: number): number | number[] {
    const strides = binding.strides(handleOf(this));
    return dim === undefined ? strides : pick('stride', strides, dim);
  }

  /**
   * The number of dimensions.
   *
   * @see https://docs.pytorch.org/docs/2.13/generated/torch.Tensor.dim.html
   * @example
   * torch.ones(2, 3).dim() // 2
   */
  dim(): number {
    return binding.dim(handleOf(this));
  }

  /**
   * The number of elements.
   *
   * @see https://docs.pytorch.org/docs/2.13/generated/torch.Tensor.numel.html
   * @example
   * torch.ones(2, 3).numel() // 6
   */
  numel(): number {
    return binding.numel(handleOf(this));
  }

  /**
   * {@link numel}, under its older name.
   *
   * @see https://docs.pytorch.org/docs/2.13/generated/torch.Tensor.nelement.html
   * @example
   * torch.ones(2, 3).nelement() // 6
   */
  nelement(): number {
    return this.numel();
  }

  /**
   * {@link dim}, under its older name.
   *
   * @see https://docs.pytorch.org/docs/2.13/generated/torch.Tensor.ndimension.html
   * @example
   * torch.ones(2, 3).ndimension() // 2
   */
  ndimension(): number {
    return this.dim();
  }

  /**
   * How many elements before the first one lie in its storage.
   *
   * @see https://docs.pytorch.org/docs/2.13/generated/torch.Tensor.storage_offset.html
   * @example
   * torch.ones(5).at(torch.slice(2, 4)).storageOffset() // 2
   */
  storageOffset(): number {
    return binding.storageOffset(handleOf(this));
  }

  /**
   * The bytes of its storage, shared with its views.
   *
   * @example
   * torch.ones(5).at(torch.slice(2, 4)).storageBytes() // 20
   */
  storageBytes(): number {
    return binding.storageBytes(handleOf(this));
  }

  /**
   * The address of its first element.
   *
   * @see https://docs.pytorch.org/docs/2.13/generated/torch.Tensor.data_ptr.html
   * @example
   * const x = torch.ones(2, 2)
   * x.view(4).dataPtr() === x.dataPtr() // true
   * x.at(1).dataPtr() - x.dataPtr() // 8n
   */
  dataPtr(): bigint {
    return binding.dataPointer(handleOf(this)) + BigInt(this.storageOffset() * this.elementSize());
  }

  /**
   * The bytes of one element.
   *
   * @see https://docs.pytorch.org/docs/2.13/generated/torch.Tensor.element_size.html
   * @example
   * torch.ones(2, { dtype: 'float64' }).elementSize() // 8
   */
  elementSize(): number {
    return dtypes[this.dtype].size;
  }

  /**
   * Whether the elements lie in order, without gaps.
   *
   * @param memoryFormat - the order that is asked about
   * @see https://docs.pytorch.org/docs/2.13/generated/torch.Tensor.is_contiguous.html
   * @example
   * torch.ones(2, 3).isContiguous() // true
   * torch.ones(2, 3).t().isContiguous() // false
   */
  isContiguous(memoryFormat: MemoryFormat = 'contiguous_format'): boolean {
    return binding.isContiguous(handleOf(this), memoryFormat);
  }

  /**
   * Whether it shares its elements with the tensor that it was made of.
   *
   * @see https://docs.pytorch.org/docs/2.13/tensor_view.html
   * @example
   * torch.ones(4).view(2, 2).isView() // true
   * torch.ones(4).add(1).isView() // false
   */
  isView(): boolean {
    return binding.isView(handleOf(this));
  }

  /**
   * The index of its GPU, or -1 on the CPU.
   *
   * @see https://docs.pytorch.org/docs/2.13/generated/torch.Tensor.get_device.html
   * @example
   * torch.ones(2).getDevice() // -1
   */
  getDevice(): number {
    const { device } = this;
    return device === 'cpu' || device === 'meta' ? -1 : Number(device.split(':')[1] ?? 0);
  }

  /**
   * Whether both are one tensor, not merely equal.
   *
   * @example
   * const x = torch.ones(2)
   * x.isSame(x.add_(1)) // true
   * x.isSame(x.clone()) // false
   */
  isSame(other: Tensor): boolean {
    return binding.isSame(handleOf(this), handleOf(other));
  }
}
