/**
 * `torch.nn.utils.prune`: parameters of which a part is kept zero.
 *
 * A pruned parameter `weight` becomes the parameter `weight_orig`, which is learned, and the buffer `weight_mask`; their
 * product is computed before each forward pass.
 *
 * @packageDocumentation
 */
import { FlambeauError, wrongArgument } from '../../errors.js';
import { noGrad } from '../../autograd/modes.js';
import { onesLike } from '../../ops/creation/index.js';
import { Tensor } from '../../tensor.js';
import { keep } from '../../tensor/scope.js';
import { Module } from '../modules/module.js';
import { Parameter } from '../parameter.js';
import {
  BasePruningMethod,
  CustomFromMask,
  Identity,
  L1Unstructured,
  LnStructured,
  PruningContainer,
  RandomStructured,
  RandomUnstructured,
} from './pruning-methods.js';
import { parametersToVector } from './vector.js';

export {
  BasePruningMethod,
  CustomFromMask,
  Identity,
  L1Unstructured,
  LnStructured,
  PruningContainer,
  RandomStructured,
  RandomUnstructured,
  type PruningType,
} from './pruning-methods.js';

type Fields = Record<string, Tensor>;

/** A hook that prunes again before each forward pass, and says what it is. */
interface PruningHook {
  (module: Module): void;
  method: BasePruningMethod;
  tensorName: string;
}

function hooksOf(module: Module, name?: string): PruningHook[] {
  const hooks = (module._hooks?.all('forwardPre') ?? []) as unknown as PruningHook[];
  return hooks.filter(({ method, tensorName }) => method && (name === undefined || tensorName === name));
}

function masked(fields: Fields, name: string): Tensor {
  const orig = fields[`${name}_orig`]!;
  return fields[`${name}_mask`]!.to(orig.dtype as 'float32').mul(orig);
}

function checkModule(func: string, module: unknown, name: unknown): Module {
  if (!(module instanceof Module)) throw wrongArgument(func, 'module', 'Module', module);
  if (typeof name !== 'string') throw wrongArgument(func, 'name', 'string', name);
  if (!((module as unknown as Fields)[name] instanceof Tensor))
    throw new FlambeauError('INVALID_VALUE', `${func}(): ${module.constructor.name} has no parameter '${name}'`);
  return module as Module;
}

/** Prunes a parameter by a method, after what pruned it before. */
function apply<M extends object>(
  func: string,
  module: M,
  name: string,
  method: BasePruningMethod,
  importanceScores?: Tensor | null,
): M {
  const self = checkModule(func, module, name);
  const fields = module as unknown as Fields;
  const [before] = hooksOf(self, name);
  const orig = fields[name]!;
  if (importanceScores && String(importanceScores.shape) !== String(orig.shape)) {
    throw new FlambeauError(
      'INVALID_VALUE',
      `${func}(): argument 'importanceScores' must have shape [${orig.shape.join(', ')}], not [${importanceScores.shape.join(', ')}]`,
    );
  }
  if (!before && !(orig instanceof Parameter))
    throw new FlambeauError('INVALID_VALUE', `${func}(): '${name}' of ${self.constructor.name} is no parameter`);
  const used = before ? new PruningContainer(before.method, method) : method;
  const mask = noGrad(() => {
    const default_ = before ? fields[`${name}_mask`]!.detach().clone() : onesLike(orig.detach());
    return used.computeMask((importanceScores ?? orig).detach(), default_);
  });
  if (before) self._hooks!.delete(before);
  else {
    Reflect.deleteProperty(module, name);
    fields[`${name}_orig`] = orig;
  }
  self.registerBuffer(`${name}_mask`, mask);
  fields[name] = keep(masked(fields, name));
  const hook: PruningHook = Object.assign(
    (target: Module): void => {
      (target as unknown as Fields)[name] = masked(target as unknown as Fields, name);
    },
    { method: used, tensorName: name },
  );
  self.registerForwardPreHook(hook as never);
  return module;
}

/** Options of pruning by size. */
export interface PruneOptions {
  /** What decides in the place of the values themselves, of their shape. */
  importanceScores?: Tensor | null;
}

/**
 * Prunes nothing yet: `weight_orig` and a mask of ones.
 *
 * @returns the module
 * @see https://docs.pytorch.org/docs/2.13/generated/torch.nn.utils.prune.identity.html
 * @example
 * Object.keys(nn.utils.prune.identity(new nn.Linear(2, 1), 'weight').stateDict()) // [ 'bias', 'weight_orig', 'weight_mask' ]
 */
export function identity<M extends object>(module: M, name: string): M {
  return apply('identity', module, name, new Identity());
}

/**
 * Prunes elements at random.
 *
 * @param amount - how many: a whole number of elements, or a part between 0 and 1
 * @returns the module
 * @throws when there are not as many elements
 * @see https://docs.pytorch.org/docs/2.13/generated/torch.nn.utils.prune.random_unstructured.html
 * @example
 * const layer = nn.utils.prune.randomUnstructured(new nn.Linear(4, 2), 'weight', 0.25)
 * layer.weight_mask.sum().item() // 6
 */
export function randomUnstructured<M extends object>(module: M, name: string, amount: number): M {
  return apply('randomUnstructured', module, name, new RandomUnstructured(amount));
}

/**
 * Prunes the elements of least magnitude.
 *
 * @param amount - how many: a whole number of elements, or a part between 0 and 1
 * @returns the module
 * @throws when there are not as many elements
 * @see https://docs.pytorch.org/docs/2.13/generated/torch.nn.utils.prune.l1_unstructured.html
 * @example
 * const layer = new nn.Linear(3, 1)
 * layer.loadStateDict({ weight: torch.tensor([[0.5, -2, 0.1]]), bias: torch.zeros(1) })
 * nn.utils.prune.l1Unstructured(layer, 'weight', 2).weight.detach() // tensor([[ 0., -2., 0.]])
 */
export function l1Unstructured<M extends object>(
  module: M,
  name: string,
  amount: number,
  { importanceScores }: PruneOptions = {},
): M {
  return apply('l1Unstructured', module, name, new L1Unstructured(amount), importanceScores);
}

/**
 * Prunes whole channels at random.
 *
 * @param amount - how many: a whole number of channels, or a part between 0 and 1
 * @param dim - the dimension of the channels
 * @returns the module
 * @throws when the parameter has one dimension
 * @see https://docs.pytorch.org/docs/2.13/generated/torch.nn.utils.prune.random_structured.html
 * @example
 * const layer = nn.utils.prune.randomStructured(new nn.Linear(4, 2), 'weight', 1, 0)
 * layer.weight_mask.sum(1).sort().values // tensor([0., 4.])
 */
export function randomStructured<M extends object>(module: M, name: string, amount: number, dim: number): M {
  return apply('randomStructured', module, name, new RandomStructured(amount, dim));
}

/**
 * Prunes the channels of least norm.
 *
 * @param amount - how many: a whole number of channels, or a part between 0 and 1
 * @param n - the p of the norm; `Infinity`, `'fro'` and so on as `torch.norm` takes it
 * @param dim - the dimension of the channels
 * @returns the module
 * @throws when the parameter has one dimension
 * @see https://docs.pytorch.org/docs/2.13/generated/torch.nn.utils.prune.ln_structured.html
 * @example
 * const layer = new nn.Linear(2, 2)
 * nn.init.constant_(layer.weight, 1)
 * layer.loadStateDict({ weight: torch.tensor([[1, 2], [3, 4]]).float(), bias: torch.zeros(2) })
 * nn.utils.prune.lnStructured(layer, 'weight', 1, 2, 0).weight.detach() // tensor([[0., 0.], [3., 4.]])
 */
export function lnStructured<M extends object>(
  module: M,
  name: string,
  amount: number,
  n: number | 'fro' | 'nuc',
  dim: number,
  { importanceScores }: PruneOptions = {},
): M {
  return apply('lnStructured', module, name, new LnStructured(amount, n, dim), importanceScores);
}

/**
 * Prunes by a mask: what it holds zeros for.
 *
 * @param mask - of the parameter's shape
 * @returns the module
 * @throws when the mask has another shape
 * @see https://docs.pytorch.org/docs/2.13/generated/torch.nn.utils.prune.custom_from_mask.html
 * @example
 * const layer = nn.utils.prune.customFromMask(new nn.Linear(2, 1), 'bias', torch.tensor([0]))
 * layer.bias.eq(0).item() // true
 */
export function customFromMask<M extends object>(module: M, name: string, mask: Tensor): M {
  if (!(mask instanceof Tensor)) throw wrongArgument('customFromMask', 'mask', 'Tensor', mask);
  return apply('customFromMask', module, name, new CustomFromMask(mask));
}

/** Options of {@link globalUnstructured}. */
export interface GlobalUnstructuredOptions {
  /** How many elements of all together: a whole number, or a part between 0 and 1. */
  amount: number;
  /** What decides in the place of the values, in the order of the parameters; null for a parameter's own values. */
  importanceScores?: readonly (Tensor | null)[];
}

/**
 * Prunes several parameters together: of all their elements, those that the method picks.
 *
 * @param parameters - modules, each with the name of a parameter
 * @param pruningMethod - {@link L1Unstructured}, {@link RandomUnstructured}, or an unstructured one of your own
 * @throws when the method prunes whole channels
 * @see https://docs.pytorch.org/docs/2.13/generated/torch.nn.utils.prune.global_unstructured.html
 * @example
 * const model = new nn.Sequential(new nn.Linear(4, 4), new nn.Linear(4, 2))
 * const weights = [...model].map((layer) => [layer, 'weight'])
 * nn.utils.prune.globalUnstructured(weights, nn.utils.prune.L1Unstructured, { amount: 0.5 })
 * weights.reduce((sum, [layer]) => sum + layer.weight_mask.sum().item(), 0) // 12
 */
export function globalUnstructured(
  parameters: Iterable<readonly [object, string]>,
  pruningMethod: new (amount: number) => BasePruningMethod,
  { amount, importanceScores = [] }: GlobalUnstructuredOptions,
): void {
  if (typeof (parameters as Partial<Iterable<unknown>> | null)?.[Symbol.iterator] !== 'function')
    throw wrongArgument('globalUnstructured', 'parameters', 'modules with the names of parameters', parameters);
  const list = [...parameters];
  const method = new pruningMethod(amount);
  if (method.pruningType !== 'unstructured') {
    throw new FlambeauError(
      'INVALID_VALUE',
      `globalUnstructured(): argument 'pruningMethod' must prune elements, but ${pruningMethod.name} is ${method.pruningType}`,
    );
  }
  for (const [module, name] of list) checkModule('globalUnstructured', module, name);
  const final = noGrad(() => {
    const values = list.map(([module, name]) => (module as Fields)[name]!.detach());
    const scores = parametersToVector(values.map((value, i) => importanceScores[i] ?? value));
    const masks = parametersToVector(
      list.map(([module, name], i) => (module as Fields)[`${name}_mask`] ?? onesLike(values[i]!)),
    );
    return new PruningContainer(new Identity(), method).computeMask(scores, masks);
  });
  let start = 0;
  for (const [module, name] of list) {
    const value = (module as Fields)[name]!;
    customFromMask(module, name, final.narrow(0, start, value.numel()).viewAs(value));
    start += value.numel();
  }
}

/**
 * Makes pruning last: the parameter is an ordinary one again, with zeros where it was pruned.
 *
 * @returns the module
 * @throws when the parameter is not pruned
 * @see https://docs.pytorch.org/docs/2.13/generated/torch.nn.utils.prune.remove.html
 * @example
 * const layer = nn.utils.prune.randomUnstructured(new nn.Linear(4, 1), 'weight', 2)
 * nn.utils.prune.remove(layer, 'weight')
 * layer.weight.eq(0).sum().item() // 2
 */
export function remove<M extends object>(module: M, name: string): M {
  const self = checkModule('remove', module, name);
  const [hook] = hooksOf(self, name);
  if (!hook) {
    throw new FlambeauError('INVALID_VALUE', `remove(): '${name}' of ${self.constructor.name} is not pruned`);
  }
  const fields = module as unknown as Fields;
  const orig = fields[`${name}_orig`] as Parameter;
  orig._become(noGrad(() => masked(fields, name)));
  for (const field of [name, `${name}_orig`, `${name}_mask`]) Reflect.deleteProperty(module, field);
  self._bufferNames().delete(`${name}_mask`);
  self._hooks!.delete(hook);
  fields[name] = orig;
  return module;
}

/**
 * Whether a module, or one below it, is pruned.
 *
 * @see https://docs.pytorch.org/docs/2.13/generated/torch.nn.utils.prune.is_pruned.html
 * @example
 * nn.utils.prune.isPruned(new nn.Sequential(nn.utils.prune.identity(new nn.Linear(2, 1), 'weight'))) // true
 */
export function isPruned(module: object): boolean {
  if (!(module instanceof Module)) throw wrongArgument('isPruned', 'module', 'Module', module);
  return [...(module as Module).modules()].some((part) => hooksOf(part).length > 0);
}
