import { enableGrad, noGrad } from '../autograd/modes.js';
import { FlambeauError, wrongArgument } from '../errors.js';
import { isCapturing } from '../graph/capture.js';
import { cat, viewAsReal, zerosLike } from '../ops/functions.js';
import { Tensor } from '../tensor.js';
import { keep } from '../tensor/scope.js';
import { strongWolfe, type Point } from './line_search.js';
import { Optimizer, type Params } from './optimizer.js';
import { checkRate, notNegative, type OptimizerOptions } from './options.js';
import type { ParamState, StateValue } from './state.js';

/** Options of {@link LBFGS}. */
export interface LBFGSOptions extends OptimizerOptions {
  /** How many iterations a step does at most. */
  maxIter: number;
  /** How often a step evaluates the closure at most; `maxIter * 5 / 4` unless given. */
  maxEval: number;
  /** A gradient whose elements are no greater ends a step. */
  toleranceGrad: number;
  /** A change of the loss or of the parameters that is smaller ends a step. */
  toleranceChange: number;
  /** How many changes are remembered. */
  historySize: number;
  /** How the size of steps is found: `'strong_wolfe'`, or null for the learning rate itself. */
  lineSearchFn: 'strong_wolfe' | null;
}

const real = (x: Tensor): Tensor => (x.dtype.startsWith('complex') ? viewAsReal(x) : x);
const number = (value: unknown): number => Number(value instanceof Tensor ? value.item() : value);
const greatest = (x: Tensor): number => number(x.abs().max());

/** What is remembered between iterations. Python has these as fields of the first parameter's state. */
interface Memory {
  direction: Tensor;
  size: number;
  /** Changes of the gradient, and of the parameters, the oldest first. */
  gradients: Tensor[];
  steps: Tensor[];
  /** The inverses of the products of both. */
  inverses: number[];
  /** The scale of the first guess at the Hessian's inverse. */
  scale: number;
  grad: Tensor;
  loss: number;
  scratch: (number | null)[] | undefined;
}

/**
 * L-BFGS (Liu and Nocedal, 1989): a quasi-Newton method. A step needs a closure, which it evaluates several times. It takes
 * one group of parameters, of one device.
 *
 * @see https://docs.pytorch.org/docs/2.13/generated/torch.optim.LBFGS.html
 * @example
 * const w = new nn.Parameter(torch.tensor([3, -2], { dtype: 'float32' }))
 * const lbfgs = new optim.LBFGS([w], { lineSearchFn: 'strong_wolfe' })
 * lbfgs.step(() => {
 *   lbfgs.zeroGrad()
 *   const loss = w.sub(1).square().sum()
 *   loss.backward()
 *   return loss
 * })
 * w.detach() // tensor([1.0000, 1.0000])
 */
export class LBFGS extends Optimizer<LBFGSOptions> {
  constructor(params: Params<LBFGSOptions>, options: Partial<LBFGSOptions> = {}) {
    const maxIter = options?.maxIter ?? 20;
    const defaults: LBFGSOptions = {
      lr: 1,
      maxIter,
      maxEval: Math.floor((maxIter * 5) / 4),
      toleranceGrad: 1e-7,
      toleranceChange: 1e-9,
      historySize: 100,
      lineSearchFn: null,
    };
    super(params, defaults, options);
  }

  override addParamGroup(group: Parameters<Optimizer<LBFGSOptions>['addParamGroup']>[0]): void {
    if (this.paramGroups.length > 0)
      throw new FlambeauError('INVALID_VALUE', 'LBFGS(): all parameters must be in one group');
    super.addParamGroup(group);
  }

  protected override check(group: LBFGSOptions): void {
    checkRate('LBFGS', group.lr);
    notNegative('LBFGS', group, 'maxIter', 'maxEval', 'toleranceGrad', 'toleranceChange', 'historySize');
    if (group.lineSearchFn !== null && group.lineSearchFn !== 'strong_wolfe')
      throw wrongArgument('LBFGS', 'lineSearchFn', "'strong_wolfe' or null", group.lineSearchFn);
  }

  protected override foreignOptions(): object {
    return {};
  }

  protected override update(): void {}

  /** All gradients as one vector. */
  private gradient(): Tensor {
    const parts = this.paramGroups[0]!.params.map((param) => {
      const { grad } = param;
      if (grad === null) return real(zerosLike(param)).flatten();
      return real(grad.layout === 'strided' ? grad : grad.toDense()).flatten();
    });
    return cat(parts, 0);
  }

  /** `params += size * direction` */
  private move(size: number, direction: Tensor): void {
    let offset = 0;
    for (const param of this.paramGroups[0]!.params.map(real)) {
      const count = param.numel();
      param.add_(direction.narrow(0, offset, count).view(param.shape), { alpha: size });
      offset += count;
    }
  }

  protected override run(closure?: () => unknown): unknown {
    if (typeof closure !== 'function') throw wrongArgument('LBFGS.step', 'closure', 'function', closure);
    if (isCapturing())
      throw new FlambeauError('CAPTURE', 'LBFGS.step(): it decides by losses, so it cannot be captured');
    return noGrad(() => this.iterate(() => enableGrad(closure)));
  }

  private iterate(closure: () => unknown): unknown {
    const group = this.paramGroups[0]!;
    const { maxIter, maxEval, toleranceGrad, toleranceChange } = group;
    const lr = number(group.lr);
    const state = this.stateOf(group.params[0]!);
    state.func_evals ??= 0;
    state.n_iter ??= 0;
    const first = closure();
    let loss = number(first);
    let evaluations = 1;
    state.func_evals = number(state.func_evals) + 1;
    let grad = this.gradient();
    let optimal = greatest(grad) <= toleranceGrad;
    if (optimal) return first;

    let memory = memoryOf(state);
    for (let i = 1; i <= maxIter; i++) {
      state.n_iter = number(state.n_iter) + 1;
      const fresh = memory === undefined || state.n_iter === 1;
      memory = fresh ? begin(grad) : follow(memory!, grad, group.historySize);
      memory.grad = grad;
      const before = (memory.loss = loss);
      memory.size = fresh ? Math.min(1, 1 / number(grad.abs().sum())) * lr : lr;
      const slope = number(grad.dot(memory.direction));
      if (slope > -toleranceChange) break;

      let used = 0;
      if (group.lineSearchFn !== null) {
        const found = this.search(closure, { t: 0, loss, grad, slope }, memory, maxEval - evaluations);
        ({ loss, grad, t: memory.size } = found.point);
        used = found.evaluations;
        this.move(memory.size, memory.direction);
        optimal = greatest(grad) <= toleranceGrad;
      } else {
        this.move(memory.size, memory.direction);
        if (i !== maxIter) {
          loss = number(closure());
          grad = this.gradient();
          optimal = greatest(grad) <= toleranceGrad;
          used = 1;
        }
      }
      evaluations += used;
      state.func_evals = number(state.func_evals) + used;
      if (evaluations >= maxEval || optimal) break;
      if (greatest(memory.direction) * Math.abs(memory.size) <= toleranceChange) break;
      if (Math.abs(loss - before) < toleranceChange) break;
    }
    if (memory) store(state, memory);
    return first;
  }

  private search(
    closure: () => unknown,
    start: Point,
    { direction, size }: Memory,
    tries: number,
  ): { point: Point; evaluations: number } {
    const { params } = this.paramGroups[0]!;
    const origin = params.map((param) => param.clone());
    const evaluate = (t: number): Point => {
      this.move(t, direction);
      const loss = number(closure());
      const grad = this.gradient();
      params.forEach((param, i) => param.copy_(origin[i]!));
      return { t, loss, grad, slope: number(grad.dot(direction)) };
    };
    return strongWolfe(evaluate, start, { t: size, reach: greatest(direction), tries });
  }
}

/** The first direction: straight down. */
function begin(grad: Tensor): Memory {
  return {
    direction: grad.neg(),
    size: 0,
    gradients: [],
    steps: [],
    inverses: [],
    scale: 1,
    grad,
    loss: 0,
    scratch: undefined,
  };
}

/** The next direction: the gradient times what the changes so far say of the Hessian's inverse. */
function follow(memory: Memory, grad: Tensor, historySize: number): Memory {
  const { gradients, steps, inverses } = memory;
  const change = grad.sub(memory.grad);
  const step = memory.direction.mul(memory.size);
  const product = number(change.dot(step));
  let { scale } = memory;
  if (product > 1e-10) {
    if (gradients.length === historySize) for (const list of [gradients, steps, inverses]) list.shift();
    gradients.push(change);
    steps.push(step);
    inverses.push(1 / product);
    scale = product / number(change.dot(change));
  }
  const scratch = memory.scratch ?? Array<number | null>(historySize).fill(null);
  const direction = grad.neg();
  for (let i = gradients.length - 1; i >= 0; i--) {
    const weight = (scratch[i] = number(steps[i]!.dot(direction)) * inverses[i]!);
    direction.add_(gradients[i]!, { alpha: -weight });
  }
  direction.mul_(scale);
  for (let i = 0; i < gradients.length; i++) {
    const weight = number(gradients[i]!.dot(direction)) * inverses[i]!;
    direction.add_(steps[i]!, { alpha: scratch[i]! - weight });
  }
  return { ...memory, direction, scale, scratch };
}

/** From the fields that Python has; some are tensors there and numbers here. */
function memoryOf(state: ParamState): Memory | undefined {
  if (!(state.d instanceof Tensor)) return undefined;
  const list = (value: StateValue | undefined): StateValue[] => (Array.isArray(value) ? [...value] : []);
  return {
    direction: state.d,
    size: number(state.t),
    gradients: list(state.old_dirs) as Tensor[],
    steps: list(state.old_stps) as Tensor[],
    inverses: list(state.ro).map(number),
    scale: number(state.H_diag),
    grad: state.prev_flat_grad as Tensor,
    loss: number(state.prev_loss),
    scratch: Array.isArray(state.al) ? state.al.map((value) => (value === null ? null : number(value))) : undefined,
  };
}

function store(state: ParamState, memory: Memory): void {
  Object.assign(state, {
    d: keep(memory.direction),
    t: memory.size,
    old_dirs: memory.gradients.map(keep),
    old_stps: memory.steps.map(keep),
    ro: memory.inverses,
    H_diag: memory.scale,
    prev_flat_grad: keep(memory.grad),
    prev_loss: memory.loss,
    ...(memory.scratch && { al: memory.scratch }),
  });
}
