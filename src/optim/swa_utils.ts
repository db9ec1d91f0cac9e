/**
 * `torch.optim.swa_utils`: averages of a model's weights over training.
 *
 * @packageDocumentation
 */
import { noGrad } from '../autograd/modes.js';
import type { Device } from '../device.js';
import { FlambeauError, wrongArgument } from '../errors.js';
import { isCapturing, uncaptured } from '../graph/capture.js';
import { BatchNorm } from '../nn/modules/batchnorm.js';
import { Module } from '../nn/modules/module.js';
import { zeros } from '../ops/creation/index.js';
import { Tensor } from '../tensor.js';
import * as kernels from './kernels.js';
import { LRScheduler, mustBeCount, mustBeNumber, perGroup, type LRSchedulerOptions } from './lr_scheduler/scheduler.js';
import type { Optimizer } from './optimizer.js';

/** Gives the new average of a parameter, of the average, the model's parameter and the count of models averaged so far. */
export type AvgFn = (averaged: Tensor, current: Tensor, numAveraged: Tensor) => Tensor;
/** Changes averages of one device and dtype in place, by the model's parameters and the count of models averaged so far. */
export type MultiAvgFn = (averaged: readonly Tensor[], current: readonly Tensor[], numAveraged: Tensor) => void;

function checkDecay(func: string, decay: number): void {
  mustBeNumber(func, 'decay', decay, decay >= 0 && decay <= 1, 'number from 0 to 1');
}

const real = ([first]: readonly Tensor[]): boolean => first!.isFloatingPoint() || first!.isComplex();

/**
 * For {@link AveragedModel}: an average that forgets, `average = decay * average + (1 - decay) * current`, of many parameters
 * at once.
 *
 * @param decay - from 0 to 1
 * @see https://docs.pytorch.org/docs/2.13/optim.html#torch.optim.swa_utils.get_ema_multi_avg_fn
 * @example
 * const model = new nn.Linear(1, 1)
 * const { AveragedModel, getEmaMultiAvgFn } = optim.swaUtils
 * const averaged = new AveragedModel(model, { multiAvgFn: getEmaMultiAvgFn(0.9) })
 * averaged.updateParameters(model)
 * averaged.n_averaged // tensor(1)
 */
export function getEmaMultiAvgFn(decay = 0.999): MultiAvgFn {
  checkDecay('getEmaMultiAvgFn', decay);
  return (averaged, current) =>
    noGrad(() => {
      if (real(averaged)) kernels.lerp_(averaged, current, 1 - decay);
      else averaged.forEach((x, i) => x.copy_(x.mul(decay).add(current[i]!.mul(1 - decay))));
    });
}

/**
 * For {@link AveragedModel}: the plain average of all models so far, of many parameters at once. This is what it does unless
 * given something.
 *
 * @see https://docs.pytorch.org/docs/2.13/optim.html#torch.optim.swa_utils.get_swa_multi_avg_fn
 * @example
 * const averaged = [torch.ones(2)]
 * optim.swaUtils.getSwaMultiAvgFn()(averaged, [torch.zeros(2)], torch.tensor(1))
 * averaged[0] // tensor([0.5000, 0.5000])
 */
export function getSwaMultiAvgFn(): MultiAvgFn {
  return (averaged, current, numAveraged) =>
    noGrad(() => {
      const count = numAveraged.add(1);
      if (!real(averaged)) averaged.forEach((x, i) => x.copy_(x.add(current[i]!.sub(x).div(count))));
      else if (isCapturing()) {
        const weight = count.to(averaged[0]!.dtype).reciprocal();
        kernels.add_(averaged, kernels.mul(kernels.sub(current, averaged), weight));
      } else kernels.lerp_(averaged, current, 1 / Number(count.item()));
    });
}

/**
 * For {@link AveragedModel}: an average that forgets, of one parameter.
 *
 * @param decay - from 0 to 1
 * @see https://docs.pytorch.org/docs/2.13/optim.html#torch.optim.swa_utils.get_ema_avg_fn
 * @example
 * optim.swaUtils.getEmaAvgFn(0.75)(torch.ones(2), torch.zeros(2), torch.tensor(3)) // tensor([0.7500, 0.7500])
 */
export function getEmaAvgFn(decay = 0.999): AvgFn {
  checkDecay('getEmaAvgFn', decay);
  return (averaged, current) => noGrad(() => averaged.mul(decay).add(current.mul(1 - decay)));
}

/**
 * For {@link AveragedModel}: the plain average of all models so far, of one parameter.
 *
 * @see https://docs.pytorch.org/docs/2.13/optim.html#torch.optim.swa_utils.get_swa_avg_fn
 * @example
 * optim.swaUtils.getSwaAvgFn()(torch.ones(2), torch.zeros(2), torch.tensor(1)) // tensor([0.5000, 0.5000])
 */
export function getSwaAvgFn(): AvgFn {
  return (averaged, current, numAveraged) => noGrad(() => averaged.add(current.sub(averaged).div(numAveraged.add(1))));
}

/** Options of {@link AveragedModel}. */
export interface AveragedModelOptions {
  /** Where the averages are kept; where the model is, unless given. */
  device?: Device;
  /** How a parameter is averaged; the plain average unless given. */
  avgFn?: AvgFn;
  /** How many parameters are averaged at once, in place of `avgFn`. */
  multiAvgFn?: MultiAvgFn;
  /** Whether buffers are averaged as well, rather than copied; false unless given. */
  useBuffers?: boolean;
}

/**
 * A copy of a model whose weights are the average of the model's over training (SWA; Izmailov et al., 2018), or an average
 * that forgets (EMA).
 *
 * @see https://docs.pytorch.org/docs/2.13/optim.html#torch.optim.swa_utils.AveragedModel
 * @example
 * const model = new nn.Linear(1, 1)
 * const averaged = new optim.swaUtils.AveragedModel(model)
 * for (const weight of [1, 2, 6]) {
 *   nn.init.constant_(model.weight, weight)
 *   averaged.updateParameters(model)
 * }
 * averaged.module.weight.item() // 3
 */
export class AveragedModel<M extends Module = Module> extends Module<Parameters<M['call']>, ReturnType<M['call']>> {
  /** The copy. */
  readonly module: M;
  /** How many models were averaged, a buffer of shape `()`. */
  n_averaged: Tensor;
  private readonly avgFn: AvgFn | undefined;
  private readonly multiAvgFn: MultiAvgFn | undefined;
  private readonly useBuffers: boolean;

  constructor(model: M, { device, avgFn, multiAvgFn, useBuffers = false }: AveragedModelOptions = {}) {
    super();
    if (!(model instanceof Module)) throw wrongArgument('AveragedModel', 'model', 'Module', model);
    if (avgFn && multiAvgFn)
      throw new FlambeauError('INVALID_VALUE', "AveragedModel(): options 'avgFn' and 'multiAvgFn' exclude each other");
    this.module = model.clone();
    if (device !== undefined) this.module.to(device);
    this.n_averaged = zeros([], { dtype: 'int64', device: device ?? 'cpu' });
    this.registerBuffer('n_averaged', this.n_averaged);
    this.avgFn = avgFn;
    this.multiAvgFn = multiAvgFn;
    this.useBuffers = useBuffers;
  }

  override forward(...args: Parameters<M['call']>): ReturnType<M['call']> {
    return this.module.call(...(args as never[])) as ReturnType<M['call']>;
  }

  /**
   * Takes the weights of the model into the average. The first time they are copied.
   *
   * @param model - with parameters and buffers as those of the copy
   * @throws when it is the first time and a graph is being captured
   * @see https://docs.pytorch.org/docs/2.13/optim.html#torch.optim.swa_utils.AveragedModel
   * @example
   * const model = new nn.Linear(1, 1)
   * const averaged = new optim.swaUtils.AveragedModel(model)
   * averaged.updateParameters(model)
   * averaged.module.weight.equal(model.weight) // true
   */
  updateParameters(model: Module): void {
    const averages = [...this.module.parameters(), ...(this.useBuffers ? this.module.buffers() : [])];
    const sources = [...model.parameters(), ...(this.useBuffers ? model.buffers() : [])];
    if (averages.length !== sources.length) {
      throw new FlambeauError(
        'INVALID_VALUE',
        `AveragedModel.updateParameters(): the model has ${sources.length} parameters, the average ${averages.length}`,
      );
    }
    const first = uncaptured(() => Number(this.n_averaged.item()) === 0);
    if (first && isCapturing())
      throw new FlambeauError(
        'CAPTURE',
        'AveragedModel.updateParameters(): the first time copies the weights; do it before capture()',
      );
    noGrad(() => {
      const current = sources.map((source, i) => source.detach().to(averages[i]!.device));
      if (first) averages.forEach((average, i) => average.copy_(current[i]!));
      else this.average(averages, current);
      if (!this.useBuffers) {
        const buffers = [...model.buffers()];
        [...this.module.buffers()].forEach((buffer, i) => buffer.copy_(buffers[i]!));
      }
      this.n_averaged.add_(1);
    });
  }

  private average(averages: readonly Tensor[], current: readonly Tensor[]): void {
    const { avgFn } = this;
    const count = (device: Device): Tensor => this.n_averaged.to(device);
    if (avgFn) {
      averages.forEach((average, i) => average.copy_(avgFn(average.detach(), current[i]!, count(average.device))));
      return;
    }
    const kinds = new Map<string, number[]>();
    averages.forEach(({ device, dtype }, i) => {
      const kind = `${device} ${dtype}`;
      kinds.set(kind, [...(kinds.get(kind) ?? []), i]);
    });
    for (const places of kinds.values()) {
      const own = places.map((i) => averages[i]!);
      (this.multiAvgFn ?? getSwaMultiAvgFn())(
        own,
        places.map((i) => current[i]!),
        count(own[0]!.device),
      );
    }
  }
}

/** Options of {@link SWALR}. */
export interface SWALROptions extends LRSchedulerOptions {
  /** How many epochs the way to the learning rate takes; 10 unless given. */
  annealEpochs?: number;
  /** Along a cosine or straight; `'cos'` unless given. */
  annealStrategy?: 'cos' | 'linear';
}

/**
 * The learning rate goes to a constant, at which models are averaged.
 *
 * @see https://docs.pytorch.org/docs/2.13/optim.html#torch.optim.swa_utils.SWALR
 * @example
 * const optimizer = new optim.SGD([new nn.Parameter(torch.ones(1))], { lr: 1 })
 * const scheduler = new optim.swaUtils.SWALR(optimizer, 0.5, { annealEpochs: 2, annealStrategy: 'linear' })
 * const rates = []
 * for (let epoch = 0; epoch < 4; epoch++) {
 *   rates.push(scheduler.getLastLr()[0])
 *   optimizer.step()
 *   scheduler.step()
 * }
 * rates // [ 1, 0.75, 0.5, 0.5 ]
 */
export class SWALR extends LRScheduler<{ anneal_epochs: number; _anneal_strategy: 'cos' | 'linear' }> {
  /** @param swaLr - the constant, of each group or all */
  constructor(
    optimizer: Optimizer,
    swaLr: number | readonly number[],
    { annealEpochs = 10, annealStrategy = 'cos', lastEpoch }: SWALROptions = {},
  ) {
    const groups = optimizer?.paramGroups ?? [];
    const rates = perGroup<number>('SWALR', 'swaLr', groups, swaLr);
    rates.forEach((rate) => mustBeNumber('SWALR', 'swaLr', rate));
    mustBeCount('SWALR', 'annealEpochs', annealEpochs, 0);
    if (annealStrategy !== 'cos' && annealStrategy !== 'linear')
      throw wrongArgument('SWALR', 'annealStrategy', "'cos' or 'linear'", annealStrategy);
    groups.forEach((group, i) => ((group as { swaLr?: number }).swaLr = rates[i]!));
    super(optimizer, { anneal_epochs: annealEpochs, _anneal_strategy: annealStrategy }, lastEpoch);
  }

  /** How far the way is done after some steps, from 0 to 1. */
  private way(step: number): number {
    const { anneal_epochs, _anneal_strategy } = this.state;
    const part = Math.max(0, Math.min(1, step / Math.max(1, anneal_epochs)));
    return _anneal_strategy === 'cos' ? (1 - Math.cos(Math.PI * part)) / 2 : part;
  }

  protected override getLr(): number[] {
    const step = this.state.anneal_epochs === 0 ? Math.max(1, this.stepCount - 1) : this.stepCount - 1;
    const [before, now] = [this.way(step - 1), this.way(step)];
    return this.rates().map((lr, i) => {
      const { swaLr } = this.groups[i]! as { swaLr: number };
      const from = before === 1 ? swaLr : (lr - before * swaLr) / (1 - before);
      return swaLr * now + from * (1 - now);
    });
  }
}

/**
 * Computes the running statistics of a model's batch norms anew, from one pass over data: averaged weights have others.
 *
 * @param loader - batches: tensors, or arrays whose first element is the model's input
 * @param model - run on each batch in training mode
 * @param device - where batches are moved to
 * @see https://docs.pytorch.org/docs/2.13/optim.html#torch.optim.swa_utils.update_bn
 * @example
 * const model = new nn.BatchNorm1d(1)
 * await optim.swaUtils.updateBn([torch.tensor([[1.5], [2.5]])], model)
 * model.running_mean // tensor([2.])
 */
export async function updateBn(
  loader: Iterable<unknown> | AsyncIterable<unknown>,
  model: Module,
  { device }: { device?: Device } = {},
): Promise<void> {
  if (!(model instanceof Module)) throw wrongArgument('updateBn', 'model', 'Module', model);
  const norms = [...model.modules()].filter((module) => (module as unknown) instanceof BatchNorm) as unknown as {
    momentum: number | null;
    resetRunningStats(): void;
  }[];
  if (norms.length === 0) return;
  const momenta = norms.map(({ momentum }) => momentum);
  const wasTraining = model.training;
  model.train();
  for (const norm of norms) {
    norm.resetRunningStats();
    norm.momentum = null;
  }
  try {
    for await (const batch of loader) {
      const input: unknown = Array.isArray(batch) ? batch[0] : batch;
      if (!(input instanceof Tensor))
        throw wrongArgument('updateBn', 'loader', 'batches that are Tensors or arrays that begin with one', input);
      noGrad(() => model.call(...([device === undefined ? input : input.to(device)] as never[])));
    }
  } finally {
    norms.forEach((norm, i) => (norm.momentum = momenta[i]!));
    model.train(wasTraining);
  }
}
