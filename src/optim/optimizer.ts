import { enableGrad, noGrad } from '../autograd/modes.js';
import { binding } from '../binding.js';
import { FlambeauError, wrongArgument } from '../errors.js';
import { isCapturing, uncaptured } from '../graph/capture.js';
import { handleOf, wrap } from '../ops/call.js';
import { full } from '../ops/creation/index.js';
import { viewAsComplex, viewAsReal } from '../ops/functions.js';
import { Tensor } from '../tensor.js';
import { keep, scope } from '../tensor/scope.js';
import { everyStep, Hooked } from './hooks.js';
import * as kernels from './kernels.js';
import type { OptimizerOptions } from './options.js';
import { fromPython, snake, toPython, type OptimizerStateDict, type ParamState } from './state.js';

/** Parameters that share options. */
export type ParamGroup<O> = O & {
  /** The parameters. */
  params: Tensor[];
  /** Their names, where they were given with names. */
  paramNames?: string[];
  /** The learning rate that schedulers start from. */
  initialLr?: number;
};

/** Parameters of one group: one or several, or with names as `model.namedParameters()` gives them. */
export type GroupParams = Tensor | Iterable<Tensor> | Iterable<readonly [string, Tensor]>;

/** What an optimizer takes: parameters, with names or without, or groups of them with options of their own. */
export type Params<O> =
  Iterable<Tensor> | Iterable<readonly [string, Tensor]> | Iterable<Partial<O> & { params: GroupParams }>;

/** Lists of parameters and their gradients. */
interface Batch {
  params: Tensor[];
  grads: Tensor[];
}

/** Parameters with gradients, by device, dtype and layout: operators over lists are fast with one kind. Within a scope. */
function batches(params: readonly Tensor[]): Batch[] {
  const [handles, alike] = binding.gradsOf(params.map(handleOf), true);
  const kinds = new Map<string, Batch>();
  handles.forEach((handle, i) => {
    if (handle === null) return;
    const grad = wrap(handle);
    const kind = alike ? '' : `${grad.device} ${grad.dtype} ${grad.layout}`;
    let batch = kinds.get(kind);
    if (!batch) kinds.set(kind, (batch = { params: [], grads: [] }));
    batch.params.push(params[i]!);
    batch.grads.push(grad);
  });
  return [...kinds.values()];
}

/**
 * The base of all optimizers: groups of parameters, their options, and what is remembered of each.
 *
 * @see https://docs.pytorch.org/docs/2.13/optim.html#torch.optim.Optimizer
 * @example
 * const w = new nn.Parameter(torch.ones(2))
 * const optimizer = new optim.SGD([w], { lr: 0.5 })
 * w.square().sum().backward()
 * optimizer.step()
 * w.detach() // tensor([0., 0.])
 */
export abstract class Optimizer<O extends OptimizerOptions = OptimizerOptions> extends Hooked {
  /** The groups; their options may be changed between steps. */
  readonly paramGroups: ParamGroup<O>[] = [];
  /** What is remembered of each parameter. */
  readonly state = new Map<Tensor, ParamState>();
  /** The options of groups that are given none. */
  readonly defaults: O;

  /** @internal Whether a step was taken; schedulers warn when they come first. */
  _stepped = false;

  /** Of the complex parameters that are updated now, by their real views. */
  private complexOf: Map<Tensor, Tensor> | undefined;

  /**
   * @param params - the parameters, or groups of them
   * @param defaults - every option with its default
   * @param options - the options that are given
   */
  protected constructor(params: Params<O>, defaults: O, options: Partial<O> = {}) {
    super();
    const name = new.target.name;
    if (typeof options !== 'object' || options === null) throw wrongArgument(name, 'options', 'object', options);
    this.defaults = { ...defaults };
    this.assign(this.defaults, options);
    if (typeof (params as Iterable<unknown>)?.[Symbol.iterator] !== 'function' || params instanceof Tensor) {
      throw wrongArgument(name, 'params', 'parameters, as model.parameters() gives them, or groups of them', params);
    }
    const list = [...(params as Iterable<unknown>)];
    if (list.length === 0) throw new FlambeauError('INVALID_VALUE', `${name}(): argument 'params' holds no parameter`);
    if (list.every((item) => item instanceof Tensor || Array.isArray(item)))
      this.addParamGroup({ params: list } as never);
    else for (const group of list) this.addParamGroup(group as never);
  }

  /** Takes over the options that are given; others are named. */
  private assign(target: O, options: Partial<O>): void {
    for (const [option, value] of Object.entries(options)) {
      if (!(option in this.defaults)) {
        throw new FlambeauError(
          'INVALID_ARGUMENT',
          `${this.constructor.name}(): unknown option '${option}'; expected ${Object.keys(this.defaults).join(', ')}`,
        );
      }
      if (value !== undefined) (target as Record<string, unknown>)[option] = value;
    }
  }

  /**
   * Adds parameters with options of their own; what is not given is as in the constructor.
   *
   * @throws when a parameter is no leaf, or is in a group already
   * @see https://docs.pytorch.org/docs/2.13/generated/torch.optim.Optimizer.add_param_group.html
   * @example
   * const [a, b] = [new nn.Parameter(torch.ones(1)), new nn.Parameter(torch.ones(1))]
   * const optimizer = new optim.SGD([a], { lr: 0.1 })
   * optimizer.addParamGroup({ params: b, lr: 0.01 })
   * optimizer.paramGroups.map((group) => group.lr) // [ 0.1, 0.01 ]
   */
  addParamGroup(group: Partial<O> & { params: GroupParams }): void {
    const name = this.constructor.name;
    if (typeof group !== 'object' || group === null || !('params' in group)) {
      throw wrongArgument(name, 'params', 'parameters, or groups with a field params', group);
    }
    const { params: given, ...options } = group;
    const params: Tensor[] = [];
    const paramNames: string[] = [];
    if (!(given instanceof Tensor) && typeof (given as Iterable<unknown>)?.[Symbol.iterator] !== 'function')
      throw wrongArgument(name, 'params', 'parameters, or groups with a field params', given);
    const known = new Set(this.paramGroups.flatMap((g) => g.params));
    for (const item of given instanceof Tensor ? [given] : (given as Iterable<unknown>)) {
      const param: unknown = Array.isArray(item) ? item[1] : item;
      if (!(param instanceof Tensor)) throw wrongArgument(name, 'params', 'Tensors', param);
      if (!param.isLeaf)
        throw new FlambeauError(
          'INVALID_VALUE',
          `${name}(): a parameter must be a leaf, not the result of an operation`,
        );
      if (known.has(param))
        throw new FlambeauError('INVALID_VALUE', `${name}(): a parameter is in more than one group`);
      known.add(param);
      params.push(param);
      if (Array.isArray(item)) paramNames.push(String(item[0]));
    }
    if (paramNames.length > 0 && paramNames.length !== params.length)
      throw new FlambeauError('INVALID_VALUE', `${name}(): all parameters must have names, or none`);
    const whole = { ...this.defaults, params, ...(paramNames.length > 0 && { paramNames }) } as ParamGroup<O>;
    this.assign(whole, options as unknown as Partial<O>);
    this.check(whole);
    this.paramGroups.push(whole);
  }

  /** Throws when options of a group make no sense. */
  protected abstract check(group: O): void;

  /**
   * Changes parameters of one device and dtype by their gradients. Complex ones come as their real views. It runs in a scope:
   * what outlives a step is made by {@link remembered}.
   */
  protected abstract update(group: ParamGroup<O>, params: Tensor[], grads: Tensor[]): void;

  /** Changes parameters by sparse gradients. */
  protected updateSparse(_group: ParamGroup<O>, _params: Tensor[], _grads: Tensor[]): void {
    throw new FlambeauError('INVALID_VALUE', `${this.constructor.name}.step(): gradients must not be sparse`);
  }

  /** Options that Python's optimizer of this name has and this one has not, for its states. */
  protected foreignOptions(): object {
    return { differentiable: false };
  }

  /**
   * Changes the parameters by their gradients. A closure computes the loss anew, and its result is returned.
   *
   * @see https://docs.pytorch.org/docs/2.13/generated/torch.optim.Optimizer.step.html
   * @example
   * const w = new nn.Parameter(torch.ones(1))
   * const optimizer = new optim.SGD([w], { lr: 0.25 })
   * const loss = optimizer.step(() => {
   *   optimizer.zeroGrad()
   *   const loss = w.square().sum()
   *   loss.backward()
   *   return loss
   * })
   * loss.item() // 1
   * w.detach() // tensor([0.5000])
   */
  step(): void;
  step<T>(closure: () => T): T;
  step<T>(closure?: () => T): T | void {
    if (closure !== undefined && typeof closure !== 'function')
      throw wrongArgument(`${this.constructor.name}.step`, 'closure', 'function', closure);
    let called: (() => unknown) | undefined = closure;
    for (const hooks of [everyStep.pre, this.hooks.preStep])
      for (const hook of hooks) called = hook(this as never, called) ?? called;
    const loss = this.run(called) as T;
    this._stepped = true;
    for (const hooks of [this.hooks.postStep, everyStep.post]) for (const hook of hooks) hook(this as never, called);
    return loss;
  }

  /** The step between the hooks. */
  protected run(closure?: () => unknown): unknown {
    const loss = closure && enableGrad(closure);
    // What is only needed on the way is freed at once.
    noGrad(() =>
      scope(() => {
        for (const group of this.paramGroups) {
          for (const batch of batches(group.params)) this.updateBatch(group, batch);
        }
      }),
    );
    return loss;
  }

  private updateBatch(group: ParamGroup<O>, { params, grads }: Batch): void {
    if (grads[0]!.layout !== 'strided') {
      this.updateSparse(group, params, grads);
      return;
    }
    this.complexOf = undefined;
    if (params[0]!.dtype.startsWith('complex')) {
      const views = params.map((param) => viewAsReal(param));
      this.complexOf = new Map(views.map((view, i) => [view, params[i]!]));
      params = views;
      grads = grads.map((grad) => viewAsReal(grad));
    }
    if ((group as { foreach?: boolean }).foreach !== false) this.update(group, params, grads);
    else params.forEach((param, i) => this.update(group, [param], [grads[i]!]));
  }

  /**
   * Takes the gradients away; with `setToNone: false`, makes them zero.
   *
   * @see https://docs.pytorch.org/docs/2.13/generated/torch.optim.Optimizer.zero_grad.html
   * @example
   * const w = new nn.Parameter(torch.ones(1))
   * const optimizer = new optim.SGD([w], { lr: 0.1 })
   * w.sum().backward()
   * optimizer.zeroGrad()
   * w.grad // null
   */
  zeroGrad({ setToNone = true }: { setToNone?: boolean } = {}): void {
    for (const group of this.paramGroups) {
      for (const param of group.params) {
        if (setToNone) param.grad = null;
        else param.grad?.zero_();
      }
    }
  }

  /**
   * What is remembered of each parameter, by key, made at first and kept beyond scopes.
   *
   * @param makers - by key, what makes a value for a parameter
   */
  protected remembered<K extends string>(
    params: readonly Tensor[],
    makers: Record<K, (param: Tensor) => Tensor>,
  ): Record<K, Tensor[]> {
    const lists = {} as Record<K, Tensor[]>;
    for (const key in makers) {
      lists[key] = params.map((param) => {
        const complex = this.complexOf?.get(param);
        const state = this.stateOf(complex ?? param);
        // Not part of a graph that is being captured: its runs go on from this.
        state[key] ??= uncaptured(() => {
          const value = makers[key](param);
          return keep(complex && value.ndim > 0 ? viewAsComplex(value) : value);
        });
        const value = state[key] as Tensor;
        return complex && value.ndim > 0 ? viewAsReal(value) : value;
      });
    }
    return lists;
  }

  /** Whether a value is remembered of a parameter. */
  protected remembers(param: Tensor, key: string): boolean {
    return this.state.get(this.complexOf?.get(param) ?? param)?.[key] instanceof Tensor;
  }

  /** What is remembered of a parameter. */
  protected stateOf(param: Tensor): ParamState {
    let state = this.state.get(param);
    if (!state) this.state.set(param, (state = {}));
    return state;
  }

  /**
   * Counts a step of each parameter.
   *
   * @param beside - whether the counts lie where the parameters do; on the CPU otherwise
   * @returns the counts
   */
  protected counted(params: readonly Tensor[], beside: boolean): Tensor[] {
    const device = beside ? params[0]!.device : 'cpu';
    const steps = params.map((param) => {
      const state = this.stateOf(this.complexOf?.get(param) ?? param);
      const { step } = state;
      // A loaded state may have a number, as PyTorch did before 1.12, or a count in the other place.
      if (!(step instanceof Tensor))
        state.step = uncaptured(() => keep(full([], Number(step ?? 0), { dtype: 'float32', device })));
      else if (beside && step.device !== device) state.step = keep(uncaptured(() => step.to(device)));
      return state.step as Tensor;
    });
    kernels.add_(steps, 1);
    return steps;
  }

  /** Whether tensors may not be read: a graph is being captured, or the group asks for it. */
  protected unread(group: { capturable?: boolean }): boolean {
    return group.capturable === true || isCapturing();
  }

  /** The learning rate: a number, unless it is a tensor that may not be read. */
  protected rate({ lr, ...group }: { lr: number | Tensor; capturable?: boolean }): number | Tensor {
    return typeof lr === 'number' || this.unread(group) ? lr : Number(lr.item());
  }

  /**
   * The state in Python's form: what Python's optimizer of the same name loads.
   *
   * @see https://docs.pytorch.org/docs/2.13/generated/torch.optim.Optimizer.state_dict.html
   * @example
   * const optimizer = new optim.SGD([new nn.Parameter(torch.ones(1))], { lr: 0.1 })
   * optimizer.stateDict().param_groups[0].params // [ 0 ]
   */
  stateDict(): OptimizerStateDict {
    for (const hook of this.hooks.preState) hook(this as never);
    let dict = toPython(this.paramGroups, this.state, this.foreignOptions());
    for (const hook of this.hooks.postState) dict = hook(this as never, dict) ?? dict;
    return dict;
  }

  /**
   * Takes over a state of {@link stateDict} or of Python's optimizer; tensors are copied to their parameters' devices. A step
   * that was captured before goes on with the old state: capture it again.
   *
   * @throws when the groups do not fit
   * @see https://docs.pytorch.org/docs/2.13/generated/torch.optim.Optimizer.load_state_dict.html
   * @example
   * const make = (lr) => new optim.SGD([new nn.Parameter(torch.ones(1))], { lr })
   * const optimizer = make(0.1)
   * optimizer.loadStateDict(make(0.5).stateDict())
   * optimizer.paramGroups[0].lr // 0.5
   */
  loadStateDict(dict: OptimizerStateDict): void {
    for (const hook of this.hooks.preLoad) dict = hook(this as never, dict) ?? dict;
    const { state, options } = fromPython(this.constructor.name, this.paramGroups, dict);
    this.state.clear();
    for (const [param, own] of state) this.state.set(param, own);
    const foreign = Object.keys(this.foreignOptions());
    options.forEach((given, i) => {
      for (const [key, value] of Object.entries(given)) {
        if (!foreign.includes(snake(key))) (this.paramGroups[i] as unknown as Record<string, unknown>)[key] = value;
      }
    });
    for (const hook of this.hooks.postLoad) hook(this as never);
  }

  /**
   * The groups and their options, as Python prints them.
   *
   * @example
   * new optim.SGD([new nn.Parameter(torch.ones(1))], { lr: 0.1 }).toString().split('\n')[1] // 'Parameter Group 0'
   */
  override toString(): string {
    const groups = this.paramGroups.map((group, i) => {
      const lines = Object.entries(group)
        .filter(([key]) => key !== 'params' && key !== 'paramNames')
        .sort();
      return `Parameter Group ${i}\n${lines.map(([key, value]) => `    ${snake(key)}: ${String(value)}`).join('\n')}\n`;
    });
    return `${this.constructor.name} (\n${groups.join('\n')})`;
  }
}
