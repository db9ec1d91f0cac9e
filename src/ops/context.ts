import { AsyncLocalStorage } from 'node:async_hooks';
import { binding, type Handle } from '../binding.js';

/** What a scope frees: anything with a handle that can be taken away. */
export interface Owned {
  /** @internal */
  _handle: Handle | null;
}

/** That operators of one kind of device take a dtype of lower precision where that is good. */
export interface Autocast {
  readonly device: string;
  readonly dtype: string;
  readonly enabled: boolean;
  readonly cache: boolean;
}

/** What autograd keeps a tensor for the backward pass with: something made of it, and how it comes back. */
export interface SavedHooks {
  readonly pack: (handle: Handle) => unknown;
  readonly unpack: (packed: never) => Handle;
}

/** What the code that runs now is inside of: a scope, modes of autograd, and of autocast, the innermost last. */
export interface Context {
  readonly saved: SavedHooks | null;
  readonly scope: Owned[] | null;
  readonly grad: boolean;
  readonly inference: boolean;
  readonly autocast: readonly Autocast[];
}

const base: Context = { saved: null, scope: null, grad: true, inference: false, autocast: [] };
const storage = new AsyncLocalStorage<Context>();

let sync: Context | null = null;
let asyncContexts = 0;
let applied = base;

function apply(context: Context): void {
  if (context.grad !== applied.grad) binding.setGradEnabled(context.grad);
  if (context.inference !== applied.inference) {
    binding.setInferenceMode(context.inference);
    if (!context.inference) binding.setGradEnabled(context.grad);
  }
  if (context.autocast !== applied.autocast) applyAutocast(applied.autocast, context.autocast);
  if (context.saved !== applied.saved) binding.setSavedHooks(context.saved?.pack ?? null, context.saved?.unpack);
  applied = context;
}

function applyAutocast(before: readonly Autocast[], now: readonly Autocast[]): void {
  for (const device of new Set([...before, ...now].map((mode) => mode.device))) {
    const mode = now.findLast((each) => each.device === device);
    binding.setAutocast(device, mode?.enabled ?? false, mode?.dtype ?? null);
  }
  // Weights that were cast are kept within the outermost region.
  binding.setAutocastCache(now.at(-1)?.cache ?? true, now.length === 0);
}

/** The context of the code that runs now. While asynchronous ones are open, each call brings LibTorch's modes up to date. */
export function current(): Context {
  if (asyncContexts === 0) return sync ?? base;
  const context = sync ?? storage.getStore() ?? base;
  if (context !== applied) apply(context);
  return context;
}

let resting = false;

// While the storage is in use Node tells it of every promise there is. It is left when the event loop gets to it and
// nothing is open: nobody would read it then.
function rest(): void {
  if (resting || asyncContexts > 0) return;
  resting = true;
  setImmediate(() => {
    resting = false;
    if (asyncContexts === 0 && sync === null) storage.disable();
  }).unref();
}

function isPromise(value: unknown): value is Promise<unknown> {
  return typeof value === 'object' && value !== null && typeof (value as { then?: unknown }).then === 'function';
}

/**
 * Runs `fn` in a changed context, also through what it awaits.
 *
 * @param leave - called once with what `fn` returned, or with the promise's value
 */
export function within<T>(
  change: Partial<Context>,
  fn: () => T,
  leave?: (value: unknown) => void,
  fail?: () => void,
): T {
  const outer = current();
  const context: Context = { ...outer, ...change };
  const before = sync;
  let result: T;
  sync = context;
  apply(context);
  try {
    result = storage.run(context, fn);
  } catch (error) {
    fail?.();
    throw error;
  } finally {
    sync = before;
    apply(outer);
  }
  if (!isPromise(result)) {
    if (before === null) rest();
    leave?.(result);
    return result;
  }
  asyncContexts++;
  const close = (): void => {
    asyncContexts--;
    // Nobody asks for the modes again once the last context is closed.
    if (asyncContexts > 0) return;
    apply(sync ?? base);
    rest();
  };
  return result.then(
    (value) => {
      close();
      leave?.(value);
      return value;
    },
    (error: unknown) => {
      close();
      fail?.();
      throw error;
    },
  ) as T;
}

/** Sets a mode for the rest of the current context, as `torch.setGradEnabled` does outside of any function. */
export function setBaseGrad(grad: boolean): void {
  const changed = { ...current(), grad };
  if (sync === null) Object.assign(base as { grad: boolean }, { grad });
  else sync = changed;
  binding.setGradEnabled(grad);
  applied = sync ?? base;
}

/**
 * Makes a function that autograd calls run in the mode of the pass that calls it: recording only where the pass itself
 * is recorded. The binding puts LibTorch's own mode back afterwards.
 */
export function inPass<A extends unknown[], R>(fn: (...args: A) => R): (...args: A) => R {
  return (...args) => within({ grad: binding.isGradEnabled() }, () => fn(...args));
}
