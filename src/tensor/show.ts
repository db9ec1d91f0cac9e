import { noGrad } from '../autograd/modes.js';
import { binding } from '../binding.js';
import { dtypes, type Dtype } from '../dtype.js';
import { cat } from '../ops/functions.js';
import type { Tensor } from '../tensor.js';
import { scope } from './scope.js';
import { body, printSettings, type Printed } from './print.js';

/** Only the edges of long dimensions, so that printing a great tensor reads little of it. */
function edges(tensor: Tensor): { tensor: Tensor; cut: boolean[] } {
  const { threshold, edgeitems } = printSettings();
  let part = tensor;
  const { shape } = tensor;
  const cut = shape.map((size) => tensor.numel() > threshold && size > 2 * edgeitems);
  cut.forEach((isCut, dim) => {
    if (!isCut) return;
    const size = shape[dim]!;
    part = cat([part.narrow(dim, 0, edgeitems), part.narrow(dim, size - edgeitems, edgeitems)], dim);
  });
  return { tensor: part, cut };
}

function contents(tensor: Tensor, indent: number): string {
  const { dtype } = tensor;
  const { tensor: part, cut } = edges(tensor);
  const printed: Printed = { elements: part.elements(), shape: part.shape, cut, kind: dtypes[dtype].kind };
  return body(printed, indent);
}

function defaults(): Dtype[] {
  const floating = binding.getDefaultDtype() as Dtype;
  return [floating, floating === 'float64' ? 'complex128' : 'complex64', 'int64', 'bool'];
}

/** A tensor as PyTorch prints it. */
export function print(tensor: Tensor): string {
  return scope(() =>
    noGrad(() => {
      const prefix = 'tensor(';
      const { shape, dtype, device, layout, gradFn } = tensor;
      const suffixes: string[] = [];
      if (device !== 'cpu') suffixes.push(`device='${device}'`);
      let text: string;
      const plain = tensor.detach();
      if (device === 'meta') {
        suffixes.push(`size=(${shape.join(', ')}${shape.length === 1 ? ',' : ''})`);
        text = '...';
      } else if (layout === 'sparse_coo') {
        const indent = prefix.length;
        text = `indices=${contents(plain.coalesce().indices(), indent + 8)},\n${' '.repeat(indent)}values=${contents(plain.coalesce().values(), indent + 7)}`;
        suffixes.push(
          `size=(${shape.join(', ')}${shape.length === 1 ? ',' : ''})`,
          `nnz=${plain.coalesce().values().size(0)}`,
          `layout=torch.${layout}`,
        );
      } else if (layout !== 'strided' || dtype.startsWith('q')) {
        text = contents(dtype.startsWith('q') ? plain.dequantize() : plain.toDense(), prefix.length);
        suffixes.push(`size=(${shape.join(', ')}${shape.length === 1 ? ',' : ''})`);
        if (layout !== 'strided') suffixes.push(`layout=torch.${layout}`);
      } else if (tensor.numel() === 0) {
        if (shape.length !== 1) suffixes.push(`size=(${shape.join(', ')})`);
        text = '[]';
      } else {
        text = contents(plain, prefix.length);
      }
      const inferred = tensor.numel() === 0 ? dtype === defaults()[0] : defaults().includes(dtype);
      if (!inferred) suffixes.push(`dtype=torch.${dtype}`);
      if (gradFn !== null) suffixes.push(`grad_fn=<${gradFn}>`);
      else if (tensor.requiresGrad) suffixes.push('requires_grad=True');
      let out = prefix + text;
      let width = out.length - out.lastIndexOf('\n') - 1;
      for (const suffix of suffixes) {
        if (width + suffix.length + 2 > printSettings().linewidth) {
          out += `,\n${' '.repeat(prefix.length)}${suffix}`;
          width = prefix.length + suffix.length;
        } else {
          out += `, ${suffix}`;
          width += suffix.length + 2;
        }
      }
      return `${out})`;
    }),
  );
}
