import { FlambeauError, wrongArgument } from '../../errors.js';
import { stack } from '../../ops/shape/index.js';
import type { Tensor } from '../../tensor.js';
import { BatchNorm } from '../modules/batchnorm.js';
import { Module } from '../modules/module.js';
import { InstanceNorm1d, InstanceNorm2d, InstanceNorm3d } from '../modules/normalization.js';
import type { RunningNorm } from '../modules/running.js';

type AnyModule = Module<never, unknown>;

function stacked(name: string, all: readonly Map<string, Tensor>[]): Record<string, Tensor> {
  const made: Record<string, Tensor> = {};
  for (const [key, first] of all[0]!) {
    const each = all.map((map) => map.get(key));
    if (each.some((tensor) => tensor?.requiresGrad !== first.requiresGrad))
      throw new FlambeauError('INVALID_VALUE', `stackModuleState(): '${key}' is not alike in all modules: ${name}`);
    const whole = stack(each as Tensor[]);
    made[key] = first.requiresGrad ? whole.detach().requiresGrad_() : whole.detach();
  }
  return made;
}

/**
 * The parameters and buffers of several models of one class, each stacked in a new first dimension: with `vmap` of
 * `functionalCall` they run as one.
 *
 * @returns `[parameters, buffers]`, by name
 * @throws when the models are not of one class, or not all in training or in evaluation
 * @see https://docs.pytorch.org/docs/2.13/generated/torch.func.stack_module_state.html
 * @example
 * const models = [new nn.Linear(2, 3), new nn.Linear(2, 3)]
 * const [parameters] = torch.func.stackModuleState(models)
 * parameters.weight.shape // [ 2, 3, 2 ]
 */
export function stackModuleState(
  models: readonly AnyModule[],
): [parameters: Record<string, Tensor>, buffers: Record<string, Tensor>] {
  if (!Array.isArray(models) || models.length === 0 || !models.every((each) => each instanceof Module))
    throw wrongArgument('stackModuleState', 'models', 'array of one Module or more', models);
  const [first] = models as [AnyModule];
  if (!models.every((each: AnyModule) => each.constructor === first.constructor))
    throw new FlambeauError('INVALID_VALUE', 'stackModuleState(): the models must be of one class');
  if (!models.every((each: AnyModule) => each.training === first.training))
    throw new FlambeauError(
      'INVALID_VALUE',
      'stackModuleState(): the models must all be in training, or in evaluation',
    );
  return [
    stacked(
      'it needs a gradient in some',
      models.map((each: AnyModule) => new Map(each.namedParameters())),
    ),
    stacked(
      'it is missing in some',
      models.map((each: AnyModule) => new Map(each.namedBuffers())),
    ),
  ];
}

/**
 * Makes batch and instance normalizations in a module keep no running statistics, in place, so that `vmap` takes them.
 *
 * @returns the module
 * @see https://docs.pytorch.org/docs/2.13/generated/torch.func.replace_all_batch_norm_modules_.html
 * @example
 * const model = torch.func.replaceAllBatchNormModules_(new nn.Sequential(new nn.BatchNorm1d(2)))
 * model.at(0).running_mean // null
 */
export function replaceAllBatchNormModules_<M extends AnyModule>(module: M): M {
  if (!(module instanceof Module)) throw wrongArgument('replaceAllBatchNormModules_', 'module', 'Module', module);
  for (const each of module.modules() as Iterable<AnyModule>) {
    const norm = [BatchNorm, InstanceNorm1d, InstanceNorm2d, InstanceNorm3d].some((Class) => each instanceof Class);
    if (!norm) continue;
    Object.assign(each as unknown as RunningNorm, {
      running_mean: null,
      running_var: null,
      num_batches_tracked: null,
      trackRunningStats: false,
    });
  }
  return module;
}
