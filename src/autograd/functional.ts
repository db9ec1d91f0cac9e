/**
 * `torch.autograd.functional`: products with Jacobians and Hessians, and the matrices themselves.
 *
 * @packageDocumentation
 */
import { FlambeauError, wrongArgument } from '../errors.js';
import { isTensor } from '../ops/call.js';
import { ones, zerosLike } from '../ops/creation/index.js';
import { stack } from '../ops/shape/index.js';
import type { Tensor } from '../tensor.js';
import { grad } from './grad.js';
import { enableGrad } from './modes.js';

/** One tensor or several: what functions take and give here. */
export type Tensors = Tensor | readonly Tensor[];

/** A function of one tensor, or of several. */
export type TensorFunction = (...inputs: Tensor[]) => Tensors;

/** What the functions of this module take by name. */
export interface FunctionalOptions {
  /** Whether the result can be differentiated; false unless given. */
  createGraph?: boolean;
  /** Whether an output that does not depend on an input is an error, rather than zeros; false unless given. */
  strict?: boolean;
}

/** Values given one by one or in an array, as an array. */
function listOf(name: string, what: string, value: Tensors): Tensor[] {
  const list = isTensor(value) ? [value] : Array.isArray(value) ? (value as Tensor[]) : [];
  if (list.length === 0 || !list.every(isTensor)) throw wrongArgument(name, what, 'Tensor or array of Tensors', value);
  return [...list];
}

const like = (value: Tensors, list: Tensor[]): Tensors => (isTensor(value) ? list[0]! : list);

interface Run {
  inputs: Tensor[];
  output: Tensors;
  outputs: Tensor[];
}

function run(name: string, fn: TensorFunction, inputs: Tensors, createGraph: boolean): Run {
  if (typeof fn !== 'function') throw wrongArgument(name, 'fn', 'function', fn);
  // Fresh leaves, so that nothing outside gets a gradient; views of what is given where the result is differentiable.
  const own = listOf(name, 'inputs', inputs).map((input) =>
    createGraph && input.requiresGrad ? input.viewAs(input) : input.detach().requiresGrad_(),
  );
  const output = fn(...own);
  return { inputs: own, output, outputs: listOf(name, 'the result of fn', output) };
}

/** Gradients with zeros, or an error, where there are none. */
function derive(
  name: string,
  outputs: readonly Tensor[],
  inputs: readonly Tensor[],
  vectors: readonly Tensor[] | undefined,
  options: Required<FunctionalOptions>,
  keep = false,
): Tensor[] {
  const { createGraph, strict } = options;
  const used = outputs.map((output, i) => [output, vectors?.[i]] as const).filter(([output]) => output.requiresGrad);
  if (strict && used.length < outputs.length) throw independent(name, 'an output', 'any input');
  const found: (Tensor | null)[] =
    used.length === 0
      ? inputs.map(() => null)
      : grad(
          used.map(([output]) => output),
          inputs,
          {
            ...(vectors ? { gradOutputs: used.map(([, vector]) => vector!) } : {}),
            createGraph,
            retainGraph: createGraph || keep,
            allowUnused: true,
          },
        );
  return found.map((each, i) => {
    if (each) return each;
    if (strict) throw independent(name, 'no output', `input ${i}`);
    return zerosLike(inputs[i]!);
  });
}

function independent(name: string, output: string, input: string): FlambeauError {
  return new FlambeauError('INVALID_VALUE', `${name}(): ${output} depends on ${input}, which 'strict' asks for`);
}

function vectorsLike(name: string, v: Tensors | null | undefined, tensors: readonly Tensor[], what: string): Tensor[] {
  if (v === null || v === undefined) {
    if (tensors.length === 1 && tensors[0]!.numel() === 1)
      return [ones(tensors[0]!.shape, { dtype: tensors[0]!.dtype, device: tensors[0]!.device })];
    throw new FlambeauError(
      'INVALID_ARGUMENT',
      `${name}(): argument 'v' may be left out only where ${what} is one number`,
    );
  }
  const list = listOf(name, 'v', v);
  const shapes = (of: readonly Tensor[]): string => of.map((tensor) => `[${tensor.shape.join(', ')}]`).join(', ');
  if (shapes(list) !== shapes(tensors))
    throw new FlambeauError(
      'INVALID_VALUE',
      `${name}(): argument 'v' must have the shapes ${shapes(tensors)}, not ${shapes(list)}`,
    );
  return list;
}

function scalarOf(name: string, { output, outputs }: Run): Tensor {
  if (!isTensor(output) || outputs[0]!.numel() !== 1)
    throw new FlambeauError('INVALID_VALUE', `${name}(): the function must give a Tensor with one element`);
  return outputs[0]!;
}

const whole = ({ createGraph = false, strict = false }: FunctionalOptions): Required<FunctionalOptions> => ({
  createGraph,
  strict,
});

const finish = (tensors: Tensor[], createGraph: boolean): Tensor[] =>
  createGraph ? tensors : tensors.map((tensor) => tensor.detach());

/**
 * The output of `fn`, and the product of a vector with its Jacobian.
 *
 * @param v - a vector like the output; one where the output is one number
 * @returns `[output, product]`; the product is like the inputs
 * @see https://docs.pytorch.org/docs/2.13/generated/torch.autograd.functional.vjp.html
 * @example
 * const [output, product] = torch.autograd.functional.vjp((x) => x.square(), torch.tensor([1.5, 2]), torch.ones(2))
 * product // tensor([3., 4.])
 */
export function vjp(
  fn: TensorFunction,
  inputs: Tensors,
  v?: Tensors | null,
  options: FunctionalOptions = {},
): [output: Tensors, product: Tensors] {
  const settings = whole(options);
  return enableGrad(() => {
    const call = run('vjp', fn, inputs, settings.createGraph);
    const vectors = vectorsLike('vjp', v, call.outputs, 'the output');
    const product = derive('vjp', call.outputs, call.inputs, vectors, settings);
    const { createGraph } = settings;
    return [like(call.output, finish(call.outputs, createGraph)), like(inputs, finish(product, createGraph))];
  });
}

/**
 * The output of `fn`, and the product of its Jacobian with a vector, by two backward passes; `torch.func.jvp` takes one
 * forward pass instead.
 *
 * @param v - a vector like the inputs; one where the input is one number
 * @returns `[output, product]`; the product is like the output
 * @see https://docs.pytorch.org/docs/2.13/generated/torch.autograd.functional.jvp.html
 * @example
 * const [output, product] = torch.autograd.functional.jvp((x) => x.square(), torch.tensor([1.5, 2]), torch.ones(2))
 * product // tensor([3., 4.])
 */
export function jvp(
  fn: TensorFunction,
  inputs: Tensors,
  v?: Tensors | null,
  options: FunctionalOptions = {},
): [output: Tensors, product: Tensors] {
  const settings = whole(options);
  return enableGrad(() => {
    const call = run('jvp', fn, inputs, settings.createGraph);
    const vectors = vectorsLike('jvp', v, call.inputs, 'the input');
    const product = pushed('jvp', call, vectors, settings);
    const { createGraph } = settings;
    return [like(call.output, finish(call.outputs, createGraph)), like(call.output, finish(product, createGraph))];
  });
}

/** J v as the derivative of u J with respect to u. */
function pushed(
  name: string,
  { inputs, outputs }: Run,
  vectors: Tensor[],
  settings: Required<FunctionalOptions>,
): Tensor[] {
  const probes = outputs.map((output) => zerosLike(output).requiresGrad_());
  const products = derive(name, outputs, inputs, probes, { ...settings, createGraph: true });
  return derive(name, products, probes, vectors, settings);
}

/**
 * The Jacobian of `fn`, row by row; `torch.func.jacrev` computes all rows at once.
 *
 * @returns for one input and one output a tensor of shape `(*output, *input)`; an array over inputs, an array over outputs,
 * or arrays in an array otherwise
 * @see https://docs.pytorch.org/docs/2.13/generated/torch.autograd.functional.jacobian.html
 * @example
 * torch.autograd.functional.jacobian((x) => x.square(), torch.tensor([1.5, 2])) // tensor([[3., 0.], [0., 4.]])
 */
export function jacobian(fn: TensorFunction, inputs: Tensors, options: FunctionalOptions = {}): Tensor | unknown[] {
  const settings = whole(options);
  return enableGrad(() => {
    const call = run('jacobian', fn, inputs, settings.createGraph);
    const blocks = call.outputs.map((output) => {
      const rows = Array.from(output.reshape(-1), (element) =>
        derive('jacobian', [element], call.inputs, undefined, settings, true),
      );
      const own = call.inputs.map((input, k) =>
        rows.length > 0
          ? stack(rows.map((row) => row[k]!)).reshape([...output.shape, ...input.shape])
          : input.newZeros([...output.shape, ...input.shape]),
      );
      return like(inputs, finish(own, settings.createGraph));
    });
    return (isTensor(call.output) ? blocks[0] : blocks) as Tensor;
  });
}

/**
 * The Hessian of `fn`, which gives one number.
 *
 * @returns for one input a tensor of shape `(*input, *input)`; arrays in an array over inputs otherwise
 * @see https://docs.pytorch.org/docs/2.13/generated/torch.autograd.functional.hessian.html
 * @example
 * torch.autograd.functional.hessian((x) => x.pow(3).sum(), torch.tensor([1.5, 2])) // tensor([[ 9., 0.], [ 0., 12.]])
 */
export function hessian(fn: TensorFunction, inputs: Tensors, options: FunctionalOptions = {}): Tensor | unknown[] {
  const slope: TensorFunction = (...own) => {
    const output = fn(...own);
    const value = scalarOf('hessian', { inputs: own, output, outputs: listOf('hessian', 'the result of fn', output) });
    return like(inputs, derive('hessian', [value], own, undefined, { ...whole(options), createGraph: true }));
  };
  return jacobian(slope, inputs, options);
}

/**
 * The value of `fn`, which gives one number, and the product of its Hessian with a vector.
 *
 * @param v - a vector like the inputs; one where the input is one number
 * @returns `[value, product]`; the product is like the inputs
 * @see https://docs.pytorch.org/docs/2.13/generated/torch.autograd.functional.hvp.html
 * @example
 * const [value, product] = torch.autograd.functional.hvp((x) => x.pow(3).sum(), torch.tensor([1.5, 2]), torch.ones(2))
 * product // tensor([ 9., 12.])
 */
export function hvp(
  fn: TensorFunction,
  inputs: Tensors,
  v?: Tensors | null,
  options: FunctionalOptions = {},
): [value: Tensor, product: Tensors] {
  return second('hvp', fn, inputs, v, options, (slopes, call, vectors, settings) =>
    pushed('hvp', { ...call, outputs: slopes }, vectors, settings),
  );
}

/**
 * As {@link hvp}, from the left: cheaper, and the same where the Hessian is symmetric.
 *
 * @returns `[value, product]`
 * @see https://docs.pytorch.org/docs/2.13/generated/torch.autograd.functional.vhp.html
 * @example
 * torch.autograd.functional.vhp((x) => x.pow(3).sum(), torch.tensor([1.5, 2]), torch.ones(2))[1] // tensor([ 9., 12.])
 */
export function vhp(
  fn: TensorFunction,
  inputs: Tensors,
  v?: Tensors | null,
  options: FunctionalOptions = {},
): [value: Tensor, product: Tensors] {
  return second('vhp', fn, inputs, v, options, (slopes, call, vectors, settings) =>
    derive('vhp', slopes, call.inputs, vectors, settings),
  );
}

function second(
  name: string,
  fn: TensorFunction,
  inputs: Tensors,
  v: Tensors | null | undefined,
  options: FunctionalOptions,
  product: (slopes: Tensor[], call: Run, vectors: Tensor[], settings: Required<FunctionalOptions>) => Tensor[],
): [Tensor, Tensors] {
  const settings = whole(options);
  return enableGrad(() => {
    const call = run(name, fn, inputs, settings.createGraph);
    const vectors = vectorsLike(name, v, call.inputs, 'the input');
    const value = scalarOf(name, call);
    const slopes = derive(name, [value], call.inputs, undefined, { ...settings, createGraph: true });
    const { createGraph } = settings;
    const found = product(slopes, call, vectors, settings);
    return [finish([value], createGraph)[0]!, like(inputs, finish(found, createGraph))];
  });
}
