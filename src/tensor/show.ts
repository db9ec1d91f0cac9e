import { noGrad } from '../autograd/modes.js';
import { binding } from '../binding.js';
import { dtypes, type Dtype } from '../dtype.js';
import { invoke, Operator } from '../ops/call.js';
import { cat, unbind } from '../ops/functions.js';
import type { Tensor } from '../tensor.js';
import { scope } from './scope.js';
import { body, printSettings, type Printed } from './print.js';

const operators = {
  indices: new Operator('aten::_indices', false),
  values: new Operator('aten::_values', false),
  qscheme: new Operator('aten::qscheme', false),
};

/** Only the edges of long dimensions, so that printing a great tensor reads little of it. */
function edges(tensor: Tensor): { tensor: Tensor; cut: boolean[] } {
  const { edgeitems } = printSettings();
  let part = tensor;
  const cut = tensor.shape.map((size) => size > 2 * edgeitems);
  cut.forEach((isCut, dim) => {
    if (!isCut) return;
    const ends = [part.narrow(dim, 0, edgeitems), part.narrow(dim, part.size(dim) - edgeitems, edgeitems)];
    part = cat(ends, dim);
  });
  return { tensor: part, cut };
}

function contents(tensor: Tensor, indent: number): string {
  const { threshold, edgeitems } = printSettings();
  const { dtype } = tensor;
  const count = tensor.numel();
  if (count === 0) return '[]';
  if (count > threshold && edgeitems === 0 && tensor.ndim > 0) return '[...]';
  const { tensor: part, cut } = count > threshold ? edges(tensor) : { tensor, cut: [] };
  const printed: Printed = { elements: part.elements(), shape: part.shape, cut, kind: dtypes[dtype].kind };
  return body(printed, indent);
}

function sizes(shape: readonly number[]): string {
  return `size=(${shape.join(', ')}${shape.length === 1 ? ',' : ''})`;
}

const compressed = {
  sparse_csr: ['crow', 'col'],
  sparse_bsr: ['crow', 'col'],
  sparse_csc: ['ccol', 'row'],
  sparse_bsc: ['ccol', 'row'],
} as const;

/** The tensors that a sparse one consists of, by the names under which they are printed; the second counts elements. */
function sparseParts(tensor: Tensor): [string, Tensor][] {
  const layout = tensor.layout as keyof typeof compressed | 'sparse_coo';
  if (layout === 'sparse_coo') {
    const values = invoke(operators.values, [tensor]) as Tensor;
    return [
      ['indices', invoke(operators.indices, [tensor]) as Tensor],
      ['values', values],
    ];
  }
  const [outer, inner] = compressed[layout];
  return [
    [`${outer}_indices`, tensor[`${outer}Indices`]()],
    [`${inner}_indices`, tensor[`${inner}Indices`]()],
    ['values', tensor.values()],
  ];
}

/** A number as Python writes it by itself: `1.0`, `1e-05`. */
function pythonNumber(value: number): string {
  if (!Number.isFinite(value)) return String(value);
  const exponent = value === 0 ? 0 : Math.floor(Math.log10(Math.abs(value)));
  if (exponent < -4 || exponent >= 16) return value.toExponential().replace(/e([+-])(\d)$/, 'e$10$2');
  return Number.isInteger(value) ? value.toFixed(1) : String(value);
}

function quantization(tensor: Tensor): string[] {
  const scheme = invoke(operators.qscheme, [tensor]) as string;
  const parts = [`quantization_scheme=torch.${scheme}`];
  if (scheme.startsWith('per_tensor')) {
    return [...parts, `scale=${pythonNumber(tensor.qScale())}`, `zero_point=${tensor.qZeroPoint()}`];
  }
  const [scales, zeros] = [tensor.qPerChannelScales(), tensor.qPerChannelZeroPoints()];
  return [...parts, `scale=${print(scales)}`, `zero_point=${print(zeros)}`, `axis=${tensor.qPerChannelAxis()}`];
}

/** Whether a reader takes the dtype for granted, so that it is not printed. */
function isExpected(dtype: Dtype, countsKinds: boolean): boolean {
  const floating = binding.getDefaultDtype() as Dtype;
  if (!countsKinds) return dtype === floating;
  return [floating, floating === 'float64' ? 'complex128' : 'complex64', 'int64', 'bool'].includes(dtype);
}

/** The text between the brackets, and what stands behind it. */
function describe(tensor: Tensor, indent: number): { text: string; suffixes: string[] } {
  const { shape, dtype, layout } = tensor;
  const meta = tensor.device === 'meta';
  const size = sizes(shape);
  const named = isExpected(dtype, true) ? [] : [`dtype=torch.${dtype}`];
  if (layout.startsWith('sparse')) {
    const parts = sparseParts(tensor);
    const lines = parts.map(([name, part]) => {
      const text = meta ? '...' : contents(part, indent + name.length + '=tensor('.length);
      return `${name}=tensor(${text}${meta || part.numel() === 0 ? `, ${sizes(part.shape)}` : ''})`;
    });
    const count = parts.length === 2 ? parts[1]![1].size(0) : parts[1]![1].size(-1);
    return {
      text: lines.join(`,\n${' '.repeat(indent)}`),
      suffixes: [size, ...(meta ? [] : [`nnz=${count}`]), ...named],
    };
  }
  if (dtype.startsWith('q')) {
    return { text: contents(tensor.dequantize(), indent), suffixes: [size, ...named, ...quantization(tensor)] };
  }
  const numel = tensor.numel();
  if (meta || numel === 0) {
    const suffixes = meta || shape.length !== 1 ? [size] : [];
    if (!isExpected(dtype, false)) suffixes.push(`dtype=torch.${dtype}`);
    return { text: meta ? '...' : '[]', suffixes };
  }
  const dense = layout === 'strided' ? tensor : tensor.toDense();
  return { text: contents(dense, indent), suffixes: [...(printSettings().edgeitems === 0 ? [size] : []), ...named] };
}

/** Whether its parts differ in size. LibTorch has no operator that tells; a nested tensor has no shape. */
function isNested(tensor: Tensor): boolean {
  try {
    return tensor.shape === undefined;
  } catch {
    return true;
  }
}

function describeNested(tensor: Tensor): { text: string; suffixes: string[] } {
  const parts = unbind(tensor).map((part) => `  ${print(part).replaceAll('\n', '\n  ')}`);
  return { text: `[\n${parts.join(',\n')}\n]`, suffixes: [] };
}

/** A tensor as PyTorch prints it. */
export function print(tensor: Tensor): string {
  return scope(() =>
    noGrad(() => {
      const nested = isNested(tensor);
      const prefix = nested ? 'nested_tensor(' : 'tensor(';
      const { device, layout } = tensor;
      const gradFn = tensor.gradFn?.replace(/.*::/, '') ?? null;
      const plain = tensor.detach();
      const { text, suffixes } = nested ? describeNested(tensor) : describe(plain, prefix.length);
      if (device !== 'cpu') suffixes.unshift(`device='${device}'`);
      if (layout !== 'strided') suffixes.push(`layout=torch.${layout}`);
      if (gradFn !== null) suffixes.push(`grad_fn=<${gradFn}>`);
      else if (tensor.requiresGrad) suffixes.push('requires_grad=True');
      let out = prefix + text;
      // The two more are PyTorch's.
      let width = out.length - out.lastIndexOf('\n') + 1;
      suffixes.forEach((suffix, i) => {
        if ((i === 0 && layout === 'sparse_coo') || width + suffix.length + 2 > printSettings().linewidth) {
          out += `,\n${' '.repeat(prefix.length)}${suffix}`;
          width = prefix.length + suffix.length;
        } else {
          out += `, ${suffix}`;
          width += suffix.length + 2;
        }
      });
      return `${out})`;
    }),
  );
}
