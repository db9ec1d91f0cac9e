import { Function as AutogradFunction, type FunctionContext } from '../../autograd/function.js';
import { isGradEnabled } from '../../autograd/modes.js';
import { wrongArgument } from '../../errors.js';
import { Tensor, type RemovableHandle } from '../../tensor.js';
import type { Module } from './module.js';
import type { LoadResult, StateDict } from './state.js';
import type { ModuleTree } from './tree.js';

/** Gradients in the order of inputs or outputs, null where there is none. */
export type HookGradients = (Tensor | null)[];
/** Runs before `forward`, and may return other arguments. */
export type ForwardPreHook = (module: Module, args: unknown[]) => unknown[] | void;
/** Runs after `forward`, and may return another output. */
export type ForwardHook = (module: Module, args: unknown[], output: unknown) => unknown;
/** Runs before the module's backward pass, and may return other gradients of the outputs. */
export type BackwardPreHook = (module: Module, gradOutput: HookGradients) => HookGradients | void;
/** Runs after the module's backward pass, and may return other gradients of the inputs. */
export type BackwardHook = (
  module: Module,
  gradInput: HookGradients,
  gradOutput: HookGradients,
) => HookGradients | void;
/** Runs before a state dict is made. */
export type StatePreHook = (module: Module, prefix: string) => void;
/** Runs when the module's part of a state dict is made. */
export type StatePostHook = (module: Module, state: StateDict, prefix: string) => void;
/** Runs before a state dict is loaded. */
export type LoadPreHook = (module: Module, state: Map<string, Tensor>, prefix: string) => void;
/** Runs after a state dict was loaded. */
export type LoadPostHook = (module: Module, result: LoadResult) => void;

interface Kinds {
  forwardPre: ForwardPreHook;
  forward: ForwardHook;
  backwardPre: BackwardPreHook;
  backward: BackwardHook;
  statePre: StatePreHook;
  statePost: StatePostHook;
  loadPre: LoadPreHook;
  loadPost: LoadPostHook;
}

/** The hooks of a module. */
export class Hooks {
  private entries: { kind: keyof Kinds; hook: unknown }[] = [];

  /** The hooks of a kind, in order. */
  all<K extends keyof Kinds>(kind: K): Kinds[K][] {
    return this.entries.filter((entry) => entry.kind === kind).map(({ hook }) => hook as Kinds[K]);
  }

  /** Whether there are any of these kinds. */
  has(...kinds: (keyof Kinds)[]): boolean {
    return this.entries.some(({ kind }) => kinds.includes(kind));
  }

  get size(): number {
    return this.entries.length;
  }

  add(kind: keyof Kinds, hook: unknown): () => void {
    const entry = { kind, hook };
    this.entries.push(entry);
    return () => {
      this.entries = this.entries.filter((other) => other !== entry);
    };
  }

  /** Takes a hook away by itself. */
  delete(hook: unknown): void {
    this.entries = this.entries.filter((entry) => entry.hook !== hook);
  }

  copy(): Hooks {
    const copy = new Hooks();
    copy.entries = [...this.entries];
    return copy;
  }
}

/** Adds a hook to a module. */
export function addHook<K extends keyof Kinds>(module: ModuleTree, kind: K, hook: Kinds[K]): RemovableHandle {
  if (typeof hook !== 'function') throw wrongArgument('registerHook', 'hook', 'function', hook);
  const hooks = (module._hooks ??= new Hooks());
  const remove = hooks.add(kind, hook);
  return {
    remove: () => {
      remove();
      // Back to the short way.
      if (hooks.size === 0 && module._hooks === hooks) module._hooks = undefined;
    },
  };
}

/** What passes tensors on, and shows their gradients on the way back. */
class BackwardHookFunction extends AutogradFunction {
  static forward(ctx: FunctionContext, seen: (grads: HookGradients) => HookGradients, ...tensors: Tensor[]): Tensor[] {
    ctx.setMaterializeGrads(false);
    ctx['seen'] = seen;
    return tensors;
  }

  static backward(ctx: FunctionContext, ...grads: Tensor[]): HookGradients {
    return [null, ...(ctx['seen'] as (grads: HookGradients) => HookGradients)(grads)];
  }
}

/** Puts a watch on those of the values that autograd follows; null where it follows none. */
function watch(values: unknown[], seen: (grads: HookGradients) => HookGradients): unknown[] | null {
  const places = values.flatMap((value, i) => (value instanceof Tensor && value.requiresGrad ? [i] : []));
  if (places.length === 0 || !isGradEnabled()) return null;
  const all = (grads: HookGradients): HookGradients => {
    const spread: HookGradients = values.map(() => null);
    places.forEach((place, i) => (spread[place] = grads[i] ?? null));
    const changed = seen(spread);
    return places.map((place) => changed[place] ?? null);
  };
  const tensors = places.map((place) => values[place] as Tensor);
  const passed = BackwardHookFunction.apply(all, ...tensors);
  const result = [...values];
  places.forEach((place, i) => (result[place] = passed[i]));
  return result;
}

/** Runs `forward` with the hooks around it. */
export function runWithHooks(module: Module<unknown[]>, hooks: Hooks, args: unknown[]): unknown {
  const self = module as unknown as Module;
  let values = args;
  for (const hook of hooks.all('forwardPre')) values = hook(self, values) ?? values;
  const watched = hooks.has('backwardPre', 'backward');
  let gradOutput: HookGradients | null = null;
  const ended = (gradInput: HookGradients): HookGradients => {
    if (gradOutput === null) return gradInput;
    let grads = gradInput;
    for (const hook of hooks.all('backward')) grads = hook(self, grads, gradOutput) ?? grads;
    return grads;
  };
  const inputs = watched ? watch(values, ended) : null;
  let output: unknown = module.forward(...(inputs ?? values));
  for (const hook of hooks.all('forward')) {
    const replaced = hook(self, values, output);
    if (replaced !== undefined) output = replaced;
  }
  if (!watched) return output;
  const list = Array.isArray(output) ? (output as unknown[]) : [output];
  const outputs = watch(list, (grads) => {
    gradOutput = grads;
    for (const hook of hooks.all('backwardPre')) gradOutput = hook(self, gradOutput) ?? gradOutput;
    // Without an input to wait for, this is all of the pass that there is to see.
    if (inputs === null) ended(values.map(() => null));
    return gradOutput;
  });
  if (outputs === null) return output;
  return Array.isArray(output) ? outputs : outputs[0];
}
