import path from 'node:path';
import { pathToFileURL } from 'node:url';
import { binding } from '../../binding.js';
import type { Device } from '../../device.js';
import { FlambeauError, wrongArgument } from '../../errors.js';
import { load as loadProgram } from '../../export/load.js';
import { CompiledModel, inspectPackage, loadPackage } from '../../export/package.js';
import { ExportedProgram } from '../../export/program.js';
import { Graph } from '../../graph/graph.js';
import { load as loadScript } from '../../jit/file.js';
import { ScriptModule } from '../../jit/module.js';
import type { LoadOptions, ModelInfo, NamedTensor, Servable } from '../types.js';
import { compiledModel } from './compiled.js';
import { HandlerServable, type Handler } from './handler.js';
import { NativeServable, type NativeModel } from './native.js';

/** Models that the addon runs. */
export type Runnable = Graph | ExportedProgram<unknown> | ScriptModule | CompiledModel<unknown>;

function nativeModel(model: Runnable, info: ModelInfo, device: string | undefined): NativeModel {
  if (model instanceof CompiledModel) return compiledModel(model, info, device);
  if (model instanceof ScriptModule) {
    const method = binding.jitMethod(model._alive, '');
    return {
      runnable: method,
      dispose: () => {
        binding.dispose(method);
        model.dispose();
      },
    };
  }
  const runnable = model instanceof ExportedProgram ? model.graph._runnable : model._runnable;
  return { runnable, dispose: () => model.dispose() };
}

/**
 * A model of this process, ready to answer: a graph, a program, a TorchScript module or compiled code. It belongs to the
 * servable from now on, which frees it when it is closed.
 *
 * @param model - what takes the tensors of `info.inputs` in their order
 * @param info - what the protocols show of it
 * @param options - instances, and the most rows that wait
 * @example
 * const double = torch.capture((x) => x.mul(2), [torch.zeros(2)])
 * const spec = { datatype: 'FP32', shape: [2] }
 * const servable = serve.servableOf(double.graph, {
 *   name: 'double', version: '1', platform: 'flambeau_graph',
 *   inputs: [{ name: 'x', ...spec }], outputs: [{ name: 'y', ...spec }],
 * })
 * const x = { name: 'x', ...spec, data: torch.tensor([1, 2.5]) }
 * const { outputs } = await servable.infer({ inputs: [x] })
 * outputs[0].data // tensor([2., 5.])
 * await servable.close()
 */
export function servableOf(model: Runnable, info: ModelInfo, options: LoadOptions = {}): Servable {
  const known = [Graph, ExportedProgram, ScriptModule, CompiledModel].some((type) => model instanceof type);
  if (!known) throw wrongArgument('servableOf', 'model', 'a graph, a program or a module', model);
  return new NativeServable(info, nativeModel(model, info, options.device), options);
}

async function loadHandler(info: ModelInfo, file: string, options: LoadOptions): Promise<Servable> {
  const module = (await import(pathToFileURL(file).href)) as { default?: Handler };
  const handler = module.default;
  if (typeof handler?.run !== 'function')
    throw new FlambeauError('INVALID_FILE', `${path.basename(file)} must have a handler as its default export`);
  const state = await handler.load?.({ folder: path.dirname(file), info, device: options.device ?? 'cpu' });
  return new HandlerServable(info, handler, state, options);
}

async function loadCompiled(info: ModelInfo, file: string, options: LoadOptions): Promise<Servable> {
  const [type, index] = options.device?.split(':') ?? [];
  const { device } = await inspectPackage(file);
  const model = await loadPackage<unknown>(file, {
    trusted: true,
    runners: options.instances ?? 1,
    ...(index !== undefined && type === device && { deviceIndex: Number(index) }),
  });
  try {
    return servableOf(model, info, options);
  } catch (error) {
    model.dispose();
    throw error;
  }
}

/**
 * Loads a version of a model from its file, by its platform.
 *
 * @param source - what is known of it, and the file; native code and handlers in it are run
 * @param options - how it runs; the batching of `options` goes before that of `source.info`
 * @throws what the readers of the files throw; `INVALID_FILE` for a handler that is none
 * @example
 * const spec = (name, size) => ({ name, datatype: 'FP32', shape: [-1, size] })
 * const servable = await serve.loadServable({
 *   info: {
 *     name: 'mlp', version: '1', platform: 'pytorch_export',
 *     inputs: [spec('x', 4)], outputs: [spec('y', 3)],
 *   },
 *   file: 'test/export/files/mlp.pt2',
 * })
 * const x = { ...spec('x', 4), shape: [2, 4], data: torch.zeros(2, 4) }
 * const { outputs } = await servable.infer({ inputs: [x] })
 * outputs[0].shape // [ 2, 3 ]
 * await servable.close()
 */
export async function loadServable(
  source: { info: ModelInfo; file: string; examples?: NamedTensor[][] },
  options: LoadOptions = {},
): Promise<Servable> {
  const { file } = source;
  const batching = options.batching ?? source.info.batching;
  const info = { ...source.info, ...(batching && { batching }) };
  const device = (options.device ?? 'cpu') as Device;
  switch (info.platform) {
    case 'pytorch_export': {
      const program = await loadProgram<unknown>(file);
      if (device !== 'cpu') program.to(device);
      return servableOf(program, info, options);
    }
    case 'pytorch_torchscript': {
      const module = await loadScript(file, { mapLocation: device });
      return servableOf(module.eval(), info, options);
    }
    case 'pytorch_aoti':
      return loadCompiled(info, file, options);
    case 'flambeau_handler':
      return loadHandler(info, file, options);
    default:
      throw new FlambeauError('INVALID_VALUE', `a model of platform '${info.platform}' cannot be loaded from a file`);
  }
}
