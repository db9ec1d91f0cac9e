import { binding } from '../binding.js';
import type { Device } from '../device.js';
import { dtypes, type Dtype } from '../dtype.js';
import { FlambeauError } from '../errors.js';
import { handleOf, invoke, Operator, wrap } from '../ops/call.js';
import type { Tensor } from '../tensor.js';
import { storageNames } from './allowed.js';
import { partsOf, type Memory } from './memory.js';
import type { Pickler } from './pickler.js';
import type { ZipEntry } from './zip-writer.js';

const operators = {
  isConj: new Operator('aten::is_conj', false),
  isNeg: new Operator('aten::is_neg', false),
  isCoalesced: new Operator('aten::is_coalesced', false),
  indices: new Operator('aten::_indices', false),
  sparseValues: new Operator('aten::_values', false),
  values: new Operator('aten::values', false),
  rows: new Operator('aten::crow_indices', false),
  rowIndices: new Operator('aten::row_indices', false),
  columns: new Operator('aten::ccol_indices', false),
  columnIndices: new Operator('aten::col_indices', false),
  nestedSizes: new Operator('aten::_nested_tensor_size', false),
  nestedStrides: new Operator('aten::_nested_tensor_strides', false),
  nestedOffsets: new Operator('aten::_nested_tensor_storage_offsets', false),
  scheme: new Operator('aten::qscheme', false),
  scale: new Operator('aten::q_scale', false),
  zeroPoint: new Operator('aten::q_zero_point', false),
  scales: new Operator('aten::q_per_channel_scales', false),
  zeroPoints: new Operator('aten::q_per_channel_zero_points', false),
  axis: new Operator('aten::q_per_channel_axis', false),
};

const ask = <T>(operator: Operator, tensor: Tensor): T => invoke(operator, [tensor]) as T;

/** Whether its parts differ in size: then it has no shape. */
function isNested(tensor: Tensor): boolean {
  try {
    return tensor.shape === undefined;
  } catch {
    return true;
  }
}

interface Written {
  key: string;
  dtype: Dtype;
  device: Device;
  memory: Memory;
  bytes: number;
}

/** Writes tensors into a pickle, and keeps their storages, each once, for the archive. */
export class TensorPickler {
  private readonly storages = new Map<bigint, Written>();

  constructor(private readonly pickler: Pickler) {}

  /** The storages as files. */
  *entries(): Generator<ZipEntry> {
    for (const { key, device, memory, bytes } of this.storages.values()) {
      const here = device === 'cpu' ? memory : binding.storage(handleOf(wrap(memory).to('cpu')));
      yield { name: `archive/data/${key}`, data: partsOf(here, bytes) };
    }
  }

  private storage(tensor: Tensor): void {
    const { pickler } = this;
    const handle = handleOf(tensor);
    const id = binding.storageKey(handle);
    const { dtype } = tensor;
    let written = this.storages.get(id);
    if (!written) {
      const { device } = tensor;
      const memory = binding.storage(handle);
      written = { key: String(this.storages.size), dtype, device, memory, bytes: tensor.storageBytes() };
      this.storages.set(id, written);
    }
    if (written.dtype !== dtype && (storageNames[written.dtype] !== undefined || storageNames[dtype] !== undefined)) {
      throw new FlambeauError(
        'INVALID_VALUE',
        `save(): two tensors over one storage have the dtypes ${written.dtype} and ${dtype}, which the format cannot hold; save a clone of one`,
      );
    }
    const { key, device, bytes } = written;
    const name = storageNames[dtype];
    const count = Math.floor(bytes / (name === undefined ? 1 : dtypes[dtype].size));
    pickler.tuple(() => {
      pickler
        .text('storage')
        .global(name === undefined ? 'torch.storage.UntypedStorage' : `torch.${name}`)
        .text(key)
        .text(device)
        .integer(count);
    });
    pickler.persistent();
  }

  private place(tensor: Tensor): void {
    this.storage(tensor);
    this.pickler.integer(tensor.storageOffset()).counts(tensor.shape).counts(tensor.stride());
  }

  private dense(tensor: Tensor): void {
    const { pickler } = this;
    const isOld = storageNames[tensor.dtype] !== undefined;
    pickler.global(`torch._utils._rebuild_tensor_${isOld ? 'v2' : 'v3'}`).tuple(() => {
      this.place(tensor);
      pickler.boolean(tensor.requiresGrad).ordered();
      if (!isOld) pickler.global(`torch.${tensor.dtype}`);
      const marks = { conj: ask<boolean>(operators.isConj, tensor), neg: ask<boolean>(operators.isNeg, tensor) };
      if (!marks.conj && !marks.neg) return;
      pickler.dict(() => {
        if (marks.conj) pickler.text('conj').boolean(true);
        if (marks.neg) pickler.text('neg').boolean(true);
      });
    });
  }

  private meta(tensor: Tensor): void {
    const { pickler } = this;
    pickler.global('torch._utils._rebuild_meta_tensor_no_storage').tuple(() => {
      pickler.global(`torch.${tensor.dtype}`).counts(tensor.shape).counts(tensor.stride()).boolean(tensor.requiresGrad);
    });
  }

  private quantized(tensor: Tensor): void {
    const { pickler } = this;
    const scheme = ask<string>(operators.scheme, tensor).replace(/^torch\./, '');
    pickler.global('torch._utils._rebuild_qtensor').tuple(() => {
      this.place(tensor);
      pickler.tuple(() => {
        pickler.global(`torch.${scheme}`);
        if (scheme === 'per_tensor_affine') {
          pickler.float(ask(operators.scale, tensor)).integer(ask<number>(operators.zeroPoint, tensor));
        } else {
          this.write(ask(operators.scales, tensor));
          this.write(ask(operators.zeroPoints, tensor));
          pickler.integer(ask<number>(operators.axis, tensor));
        }
      });
      pickler.boolean(false).ordered();
    });
  }

  private size(shape: readonly number[]): void {
    const { pickler } = this;
    pickler
      .global('torch.Size')
      .tuple(() => {
        pickler.counts(shape);
      })
      .reduce();
  }

  private sparse(tensor: Tensor): void {
    const { pickler } = this;
    const { layout } = tensor;
    const detached = tensor.detach();
    pickler.global('torch._utils._rebuild_sparse_tensor').tuple(() => {
      pickler
        .global('torch.serialization._get_layout')
        .tuple(() => {
          pickler.text(`torch.${layout}`);
        })
        .reduce();
      pickler.tuple(() => {
        if (layout === 'sparse_coo') {
          this.write(ask(operators.indices, detached));
          this.write(ask(operators.sparseValues, detached));
          this.size(tensor.shape);
          pickler.boolean(ask(operators.isCoalesced, tensor));
          return;
        }
        const byRows = layout === 'sparse_csr' || layout === 'sparse_bsr';
        this.write(ask(byRows ? operators.rows : operators.columns, detached));
        this.write(ask(byRows ? operators.columnIndices : operators.rowIndices, detached));
        this.write(ask(operators.values, detached));
        this.size(tensor.shape);
      });
    });
  }

  private nested(tensor: Tensor): void {
    const detached = tensor.detach();
    this.pickler.global('torch._utils._rebuild_nested_tensor').tuple(() => {
      for (const part of ['values', 'nestedSizes', 'nestedStrides', 'nestedOffsets'] as const)
        this.write(ask(operators[part], detached));
    });
  }

  /** Writes a tensor. */
  write(tensor: Tensor): void {
    const { device, layout } = tensor;
    if (isNested(tensor)) this.nested(tensor);
    else if (layout.startsWith('sparse_')) this.sparse(tensor);
    else if (layout !== 'strided')
      throw new FlambeauError('INVALID_VALUE', `save(): tensors of layout ${layout} cannot be saved`);
    else if (device === 'meta') this.meta(tensor);
    else if (/^qu?int/.test(tensor.dtype)) this.quantized(tensor);
    else this.dense(tensor);
    this.pickler.reduce();
  }
}
