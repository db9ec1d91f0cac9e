import { inspect } from 'node:util';
import { noGrad } from '../autograd/modes.js';
import { binding } from '../binding.js';
import type { Device } from '../device.js';
import { FlambeauError, wrongArgument } from '../errors.js';
import { Graph, type GraphValue } from '../graph/graph.js';
import { handleOf, isTensor } from '../ops/call.js';
import type { Tensor } from '../tensor.js';
import { splitSignal } from '../abort.js';
import type { ValueInfo } from './inputs.js';
import { damaged } from './json.js';
import { lower } from './lower.js';
import { printProgram } from './print.js';
import type { Program } from './schema.js';
import { Signature } from './signature.js';
import type { Held } from './weights.js';

/** What a program is made of. */
export interface Parts {
  program: Program;
  /** Parameters and buffers. */
  state: ReadonlyMap<string, Held>;
  /** Tensors that are neither. */
  constants: ReadonlyMap<string, Held>;
  /** The program as it was read. */
  text: string;
  /** The arguments that it was exported with, as they were read. */
  samples: Buffer;
}

/** What loading a state dict into a program found. */
export interface StateResult {
  /** Names that the program has and the state dict has not. */
  missingKeys: string[];
  /** Names that the state dict has and the program has not. */
  unexpectedKeys: string[];
}

/**
 * A program of Python's `torch.export`, ready to run: a native graph, with its parameters.
 *
 * It is called as the module was that it comes from: values by place, then, in an object behind them, by name. Dicts,
 * named tuples and what libraries register are plain objects; tuples and lists are arrays. `R` is what it gives.
 *
 * @see https://docs.pytorch.org/docs/2.13/export.html
 * @example
 * const program = await torch.export.load('test/export/files/mlp.pt2')
 * program.forward(torch.zeros(2, 4)).shape // [ 2, 3 ]
 */
export class ExportedProgram<R = Tensor> {
  private readonly parts: Parts;
  private signature: Signature;
  private compiled: Graph;
  private device: string | undefined;

  /** @internal */
  constructor(parts: Parts) {
    this.parts = parts;
    [this.signature, this.compiled] = this.compile(undefined);
    for (const name of ['parts', 'signature', 'compiled', 'device']) {
      Object.defineProperty(this, name, { enumerable: false });
    }
  }

  private compile(device: string | undefined): [Signature, Graph] {
    const { program, state, constants } = this.parts;
    const tensors = new Map([...constants, ...state].map(([name, { tensor }]) => [name, tensor]));
    const signature = new Signature(program, device);
    const spec = lower(program, tensors, device);
    try {
      return [signature, new Graph(spec)];
    } catch (error) {
      // What the binding finds wrong with the graph is wrong with the file.
      const wrong = error instanceof FlambeauError && error.code !== 'UNKNOWN_OPERATOR';
      throw wrong ? damaged('the program', `is wrong: ${error.message}`) : error;
    }
  }

  /**
   * What the program takes: names, dtypes, and sizes with their bounds.
   *
   * @example
   * const program = await torch.export.load('test/export/files/mlp.pt2')
   * program.inputs[0].shape // [ { name: 's77', min: 0, max: 32 }, 4 ]
   */
  get inputs(): ValueInfo[] {
    return this.signature.expected.map(({ info }) => info);
  }

  /**
   * What the program gives.
   *
   * @example
   * const program = await torch.export.load('test/export/files/mlp.pt2')
   * program.outputs[0].dtype // 'float32'
   */
  get outputs(): ValueInfo[] {
    return this.signature.outputs;
  }

  /**
   * The native graph that is run.
   *
   * @example
   * const program = await torch.export.load('test/export/files/mlp.pt2')
   * program.graph.spec().nodes[0].target // 'aten::linear.default'
   */
  get graph(): Graph {
    return this.compiled;
  }

  /**
   * The program as text: a call a line, much as Python prints it.
   *
   * @example
   * const program = await torch.export.load('test/export/files/mlp.pt2')
   * program.code.split('\n').at(-1) // '    return (linear_1,)'
   */
  get code(): string {
    return printProgram(this.parts.program);
  }

  private bind(func: string, args: readonly unknown[]): GraphValue[] {
    return this.signature.bind(func, args) as GraphValue[];
  }

  private run(func: string, args: readonly unknown[]): R {
    if (!this.signature.isPlain(args)) return this.result(this.compiled.run(this.bind(func, args)));
    const values = this.compiled._again(args);
    if (values !== undefined) return this.result(values);
    const inputs = this.bind(func, args);
    this.compiled._accept(args);
    return this.result(this.compiled.run(inputs));
  }

  private result(values: readonly GraphValue[]): R {
    return this.signature.result(values) as R;
  }

  /**
   * Runs the program. Where gradients are recorded, so are those of its parameters.
   *
   * @param args - as the module that was exported took them; named ones in an object at the end
   * @throws when an argument is missing, or is not of the dtype, device or sizes that the program is made for
   * @example
   * const program = await torch.export.load('test/export/files/mlp.pt2')
   * program.forward(torch.zeros(1, 4)).shape // [ 1, 3 ]
   * program.forward({ x: torch.zeros(1, 4) }).shape // [ 1, 3 ]
   */
  forward(...args: unknown[]): R {
    return this.run('forward', args);
  }

  /**
   * {@link forward} on a thread of the addon's own: the event loop goes on. A `signal` among the named arguments drops a
   * call that has not begun.
   *
   * @throws what `forward` throws, and the reason of the signal, an `AbortError`, where the call is dropped
   * @example
   * const program = await torch.export.load('test/export/files/mlp.pt2')
   * const signal = AbortSignal.timeout(10_000)
   * const y = await program.forwardAsync(torch.zeros(2, 4), { signal })
   * y.shape // [ 2, 3 ]
   */
  async forwardAsync(...args: unknown[]): Promise<R> {
    const { values, signal } = splitSignal(args);
    const inputs = this.bind('forwardAsync', values);
    return this.result(await this.compiled.runAsync(inputs, signal ? { signal } : {}));
  }

  /**
   * {@link forward}, by the name that modules have it under.
   *
   * @example
   * const program = await torch.export.load('test/export/files/mlp.pt2')
   * program.call(torch.zeros(1, 4)).shape // [ 1, 3 ]
   */
  call(...args: unknown[]): R {
    return this.run('call', args);
  }

  private *held(kind: 'parameter' | 'buffer'): Generator<[string, Tensor]> {
    for (const spec of this.parts.program.graph_module.signature.input_specs) {
      if (spec.kind !== kind) continue;
      const name = spec.kind === 'parameter' ? spec.value.parameter_name : spec.value.buffer_name;
      yield [name, (this.parts.state.get(name) ?? this.parts.constants.get(name))!.tensor];
    }
  }

  /**
   * The parameters with their names, for an optimizer as well.
   *
   * @example
   * const program = await torch.export.load('test/export/files/mlp.pt2')
   * Array.from(program.namedParameters(), ([name]) => name) // [ '0.weight', '0.bias', '2.weight', '2.bias' ]
   */
  *namedParameters(): Generator<[string, Tensor]> {
    yield* this.held('parameter');
  }

  /**
   * The parameters.
   *
   * @example
   * const program = await torch.export.load('test/export/files/mlp.pt2')
   * const optimizer = new optim.SGD(program.parameters(), { lr: 0.1 })
   */
  *parameters(): Generator<Tensor> {
    for (const [, tensor] of this.held('parameter')) yield tensor;
  }

  /**
   * The buffers, such as running statistics, with their names.
   *
   * @example
   * const program = await torch.export.load('test/export/files/mlp.pt2')
   * Array.from(program.namedBuffers()) // []
   */
  *namedBuffers(): Generator<[string, Tensor]> {
    yield* this.held('buffer');
  }

  /**
   * The buffers.
   *
   * @example
   * const program = await torch.export.load('test/export/files/mlp.pt2')
   * Array.from(program.buffers()) // []
   */
  *buffers(): Generator<Tensor> {
    for (const [, tensor] of this.held('buffer')) yield tensor;
  }

  /**
   * Parameters and persistent buffers by name, under the names of the module that was exported.
   *
   * @example
   * const program = await torch.export.load('test/export/files/mlp.pt2')
   * Object.keys(program.stateDict()) // [ '0.weight', '0.bias', '2.weight', '2.bias' ]
   */
  stateDict(): Record<string, Tensor> {
    const state = Object.create(null) as Record<string, Tensor>;
    for (const [name, { tensor }] of this.parts.state) state[name] = tensor.detach();
    return state;
  }

  /**
   * Copies parameters and buffers in.
   *
   * @param state - of this program, or of the module that it was exported from
   * @param options - `strict: false` takes what fits by name
   * @throws when shapes differ, and, unless `strict` is false, when names are missing or unexpected
   * @example
   * const program = await torch.export.load('test/export/files/mlp.pt2')
   * program.loadStateDict({ '0.bias': torch.ones(8) }, { strict: false }).unexpectedKeys // []
   */
  loadStateDict(
    state: Readonly<Record<string, Tensor>> | ReadonlyMap<string, Tensor>,
    { strict = true }: { strict?: boolean } = {},
  ): StateResult {
    const given = state instanceof Map ? (state as ReadonlyMap<string, Tensor>) : new Map(Object.entries(state));
    const own = this.parts.state;
    const missingKeys = [...own.keys()].filter((key) => !given.has(key));
    const unexpectedKeys = [...given.keys()].filter((key) => !own.has(key));
    const problems: string[] = [];
    if (strict && missingKeys.length > 0) problems.push(`missing: ${missingKeys.join(', ')}`);
    if (strict && unexpectedKeys.length > 0) problems.push(`unexpected: ${unexpectedKeys.join(', ')}`);
    for (const [key, value] of given) {
      if (!isTensor(value)) throw wrongArgument('loadStateDict', key, 'Tensor', value);
      const shape = own.get(key)?.tensor.shape;
      if (shape && String(shape) !== String(value.shape)) {
        problems.push(`${key} has shape [${value.shape.join(', ')}] where the program has [${shape.join(', ')}]`);
      }
    }
    if (problems.length > 0) {
      const list = problems.join('\n  ');
      throw new FlambeauError('INVALID_VALUE', `loadStateDict(): the state does not fit the program:\n  ${list}`);
    }
    noGrad(() => {
      for (const [key, { tensor }] of own) {
        const value = given.get(key);
        if (value) tensor.detach().copy_(value);
      }
    });
    return { missingKeys, unexpectedKeys };
  }

  /**
   * Moves the program to a device: its parameters, and where its operators make tensors.
   *
   * @example
   * const program = await torch.export.load('test/export/files/mlp.pt2')
   * program.to('cpu').inputs[0].device // 'cpu'
   */
  to(device: Device): this {
    if (typeof device !== 'string') throw wrongArgument('to', 'device', 'the name of a device', device);
    noGrad(() => {
      for (const { tensor } of [...this.parts.state.values(), ...this.parts.constants.values()]) move(tensor, device);
    });
    const old = this.compiled;
    [this.signature, this.compiled] = this.compile(device);
    this.device = device;
    old.dispose();
    return this;
  }

  /** @internal What a file of it is written from. */
  get _parts(): Parts & { device: string | undefined } {
    return { ...this.parts, device: this.device };
  }

  /**
   * Frees the graph and the parameters now.
   *
   * @example
   * const program = await torch.export.load('test/export/files/mlp.pt2')
   * program.dispose()
   */
  dispose(): void {
    this.compiled.dispose();
    for (const { tensor } of [...this.parts.state.values(), ...this.parts.constants.values()]) tensor.dispose();
  }

  /**
   * {@link dispose}, for `using`.
   *
   * @example
   * {
   *   using program = torch.export.loadSync('test/export/files/mlp.pt2')
   * }
   */
  [Symbol.dispose](): void {
    this.dispose();
  }

  /**
   * The program as text, with how it is called.
   *
   * @example
   * const program = await torch.export.load('test/export/files/mlp.pt2')
   * String(program).split('\n')[0] // 'ExportedProgram:'
   */
  toString(): string {
    return `ExportedProgram:\n${this.code.replace(/^/gm, '  ')}`;
  }

  /** @internal */
  [inspect.custom](): string {
    return this.toString();
  }
}

function move(tensor: Tensor, device: Device): void {
  const { requiresGrad, grad } = tensor;
  const moved = tensor.detach().to({ device });
  // LibTorch has no tensor that turns from a CPU's into one of a device: another one takes its place.
  tensor.grad = null;
  tensor._handle = binding.data(handleOf(moved));
  binding.setRequiresGrad(handleOf(tensor), requiresGrad);
  if (grad) tensor.grad = grad.to({ device });
}
