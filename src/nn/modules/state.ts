import { FlambeauError, wrongArgument } from '../../errors.js';
import { noGrad } from '../../autograd/modes.js';
import { Tensor, type RemovableHandle } from '../../tensor.js';
import { keep } from '../../tensor/scope.js';
import { Parameter } from '../parameter.js';
import { addHook, type LoadPostHook, type LoadPreHook, type StatePostHook, type StatePreHook } from './hooks.js';
import type { Module } from './module.js';
import { ModuleTree } from './tree.js';

/** A state dict: tensors by their dotted names, in order. */
export type StateDict = Record<string, Tensor>;

/** What loading a state dict found. */
export interface LoadResult {
  /** Names that the module has and the state dict has not. */
  missingKeys: string[];
  /** Names that the state dict has and the module has not. */
  unexpectedKeys: string[];
}

/** Options of {@link Module.loadStateDict}. */
export interface LoadStateDictOptions {
  /** Whether names that are missing or too many are an error; true unless given. */
  strict?: boolean;
  /** Whether the module takes the tensors themselves, with their dtypes and devices, rather than copies. */
  assign?: boolean;
}

interface Place {
  owner: ModuleTree;
  name: string;
  value: Tensor;
}

/** Every module with what its names begin with. */
function* paths(module: ModuleTree, prefix: string): Generator<[ModuleTree, string]> {
  yield [module, prefix];
  for (const [name, child] of module.namedChildren()) yield* paths(child, `${prefix}${name}.`);
}

function* places(module: ModuleTree): Generator<[string, Place]> {
  for (const [owner, prefix] of paths(module, '')) {
    for (const [name, value] of owner.ownParameters()) yield [prefix + name, { owner, name, value }];
    for (const [name, value] of owner.ownBuffers(true)) yield [prefix + name, { owner, name, value }];
  }
}

function take({ owner, name, value }: Place, given: Tensor, assign: boolean): void {
  if (!assign) value.detach().copy_(given);
  else if (value instanceof Parameter) value._become(given.detach());
  else (owner as unknown as Record<string, unknown>)[name] = keep(given.detach());
}

/**
 * The state of a {@link Module}, out and in.
 */
export abstract class ModuleState extends ModuleTree {
  /**
   * The parameters and persistent buffers by dotted name, detached, sharing memory with the module.
   *
   * @see https://docs.pytorch.org/docs/2.13/generated/torch.nn.Module.html#torch.nn.Module.state_dict
   * @example
   * Object.keys(new nn.Linear(2, 1).stateDict()) // [ 'weight', 'bias' ]
   */
  stateDict(prefix = ''): StateDict {
    const state = Object.create(null) as StateDict;
    const visit = (module: ModuleTree, path: string): void => {
      for (const hook of module._hooks?.all('statePre') ?? []) hook(module as Module, path);
      for (const [name, value] of module.ownParameters()) state[path + name] = value.detach();
      for (const [name, value] of module.ownBuffers(true)) state[path + name] = value.detach();
      for (const [name, child] of module.namedChildren()) visit(child, `${path}${name}.`);
      for (const hook of module._hooks?.all('statePost') ?? []) hook(module as Module, state, path);
    };
    visit(this, prefix);
    return state;
  }

  /**
   * Copies values into the parameters and buffers.
   *
   * @throws with every missing name, every unexpected one and every wrong shape, before anything is changed
   * @see https://docs.pytorch.org/docs/2.13/generated/torch.nn.Module.html#torch.nn.Module.load_state_dict
   * @example
   * const [first, second] = [new nn.Linear(2, 1), new nn.Linear(2, 1)]
   * second.loadStateDict(first.stateDict()) // { missingKeys: [], unexpectedKeys: [] }
   * second.weight.equal(first.weight) // true
   */
  loadStateDict(
    state: Readonly<Record<string, Tensor>> | ReadonlyMap<string, Tensor>,
    { strict = true, assign = false }: LoadStateDictOptions = {},
  ): LoadResult {
    const given = new Map(state instanceof Map ? (state as ReadonlyMap<string, Tensor>) : Object.entries(state));
    const modules = [...paths(this, '')];
    for (const [module, path] of modules) {
      for (const hook of module._hooks?.all('loadPre') ?? []) hook(module as Module, given, path);
      module._beforeLoad(given, path);
    }
    const own = new Map(places(this));
    const missingKeys = [...own.keys()].filter((key) => !given.has(key));
    const unexpectedKeys = [...given.keys()].filter((key) => !own.has(key));
    const result = { missingKeys, unexpectedKeys };
    const problems: string[] = [];
    if (strict && missingKeys.length > 0) problems.push(`missing: ${missingKeys.join(', ')}`);
    if (strict && unexpectedKeys.length > 0) problems.push(`unexpected: ${unexpectedKeys.join(', ')}`);
    for (const [key, { value: target }] of own) {
      const value = given.get(key);
      if (value === undefined) continue;
      if (!(value instanceof Tensor)) throw wrongArgument('loadStateDict', key, 'Tensor', value);
      if (String(value.shape) !== String(target.shape))
        problems.push(`${key} has shape [${value.shape.join(', ')}] where the module has [${target.shape.join(', ')}]`);
      else if (target.device === 'meta' && value.device !== 'meta' && !assign)
        problems.push(
          `${key} is on the meta device, where values go nowhere; take { assign: true }, or toEmpty() before`,
        );
    }
    if (problems.length > 0) {
      throw new FlambeauError(
        'INVALID_VALUE',
        `loadStateDict(): the state does not fit ${this.constructor.name}:\n  ${problems.join('\n  ')}`,
      );
    }
    noGrad(() => {
      for (const [key, place] of own) if (given.has(key)) take(place, given.get(key)!, assign);
    });
    for (const [module] of modules.reverse())
      for (const hook of module._hooks?.all('loadPost') ?? []) hook(module as Module, result);
    return result;
  }

  /**
   * Calls `hook` before a state dict is made.
   *
   * @param hook - takes the module and what its names begin with
   * @returns something whose `remove()` takes the hook away
   * @see https://docs.pytorch.org/docs/2.13/generated/torch.nn.Module.html#torch.nn.Module.register_state_dict_pre_hook
   * @example
   * const layer = new nn.Linear(2, 1)
   * layer.registerStateDictPreHook((module) => { nn.init.zeros_(module.bias) })
   * layer.stateDict().bias // tensor([0.])
   */
  registerStateDictPreHook(hook: StatePreHook): RemovableHandle {
    return addHook(this, 'statePre', hook);
  }

  /**
   * Calls `hook` with the state dict of the module, which it may change.
   *
   * @param hook - takes the module, the whole state dict so far, and what the module's names begin with
   * @returns something whose `remove()` takes the hook away
   * @see https://docs.pytorch.org/docs/2.13/generated/torch.nn.Module.html#torch.nn.Module.register_state_dict_post_hook
   * @example
   * const layer = new nn.Linear(2, 1)
   * layer.registerStateDictPostHook((module, state, prefix) => { delete state[`${prefix}bias`] })
   * Object.keys(layer.stateDict()) // [ 'weight' ]
   */
  registerStateDictPostHook(hook: StatePostHook): RemovableHandle {
    return addHook(this, 'statePost', hook);
  }

  /**
   * Calls `hook` with a copy of the state dict that is loaded, which it may change.
   *
   * @param hook - takes the module, the whole state by name, and what the module's names begin with
   * @returns something whose `remove()` takes the hook away
   * @see https://docs.pytorch.org/docs/2.13/generated/torch.nn.Module.html#torch.nn.Module.register_load_state_dict_pre_hook
   * @example
   * const layer = new nn.Linear(2, 1, { bias: false })
   * layer.registerLoadStateDictPreHook((module, state, prefix) => { state.delete(`${prefix}bias`) })
   * layer.loadStateDict(new nn.Linear(2, 1).stateDict()).unexpectedKeys // []
   */
  registerLoadStateDictPreHook(hook: LoadPreHook): RemovableHandle {
    return addHook(this, 'loadPre', hook);
  }

  /**
   * Calls `hook` after a state dict was loaded.
   *
   * @param hook - takes the module and what {@link loadStateDict} returns
   * @returns something whose `remove()` takes the hook away
   * @see https://docs.pytorch.org/docs/2.13/generated/torch.nn.Module.html#torch.nn.Module.register_load_state_dict_post_hook
   * @example
   * const layer = new nn.Linear(2, 1)
   * let missing
   * layer.registerLoadStateDictPostHook((module, result) => { missing = result.missingKeys })
   * layer.loadStateDict({}, { strict: false })
   * missing // [ 'weight', 'bias' ]
   */
  registerLoadStateDictPostHook(hook: LoadPostHook): RemovableHandle {
    return addHook(this, 'loadPost', hook);
  }
}
