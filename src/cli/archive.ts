import { parseArgs } from 'node:util';
import { FlambeauError } from '../errors.js';
import { isDatatype } from '../serve/datatypes.js';
import { ModelStore } from '../serve/store/store.js';
import type { Batching, TensorSpec } from '../serve/types.js';

/** `name:FP32:-1,3,224,224`; a name may have colons itself. */
function parseSpec(text: string): TensorSpec {
  const [, name, datatype, sizes] = /^(.+):([A-Z0-9]+):([-\d,]*)$/.exec(text) ?? [];
  const shape = sizes === undefined || sizes === '' ? [] : sizes.split(',').map(Number);
  if (name === undefined || !isDatatype(datatype) || !shape.every((size) => Number.isInteger(size) && size >= -1)) {
    throw new FlambeauError('INVALID_VALUE', `'${text}' is no tensor: it must be as image:FP32:-1,3,224,224`);
  }
  return { name, datatype, shape };
}

function whole(option: string, text: string): number {
  if (/^\d{1,9}$/.test(text)) return Number(text);
  throw new FlambeauError('INVALID_VALUE', `--${option} must be a whole number, not '${text}'`);
}

/** `flambeau archive`: puts a model into a store. */
export async function archive(args: string[]): Promise<number> {
  const { values, positionals } = parseArgs({
    args,
    allowPositionals: true,
    options: {
      store: { type: 'string' },
      name: { type: 'string' },
      'model-version': { type: 'string' },
      input: { type: 'string', multiple: true },
      output: { type: 'string', multiple: true },
      examples: { type: 'string' },
      'max-batch-rows': { type: 'string' },
      'max-queue-delay': { type: 'string' },
      'batch-sizes': { type: 'string' },
      'max-queue-rows': { type: 'string' },
      'max-run': { type: 'string' },
      instances: { type: 'string' },
      device: { type: 'string' },
      trusted: { type: 'boolean' },
      json: { type: 'boolean' },
    },
  });
  const [model, ...files] = positionals;
  const { store: folder, name } = values;
  if (folder === undefined || name === undefined || model === undefined) {
    console.error('flambeau archive: --store DIR, --name NAME and a FILE are needed; flambeau --help tells more');
    return 2;
  }
  const batching: Batching | undefined =
    values['max-batch-rows'] === undefined
      ? undefined
      : {
          maxBatchRows: whole('max-batch-rows', values['max-batch-rows']),
          ...(values['max-queue-delay'] !== undefined && {
            maxQueueDelayMs: whole('max-queue-delay', values['max-queue-delay']),
          }),
          ...(values['batch-sizes'] !== undefined && {
            sizes: values['batch-sizes'].split(',').map((size) => whole('batch-sizes', size)),
          }),
        };
  const store = await ModelStore.open(folder, { create: true });
  const manifest = await store.add({
    name,
    model,
    files,
    ...(values['model-version'] !== undefined && { version: values['model-version'] }),
    ...(values.input && { inputs: values.input.map(parseSpec) }),
    ...(values.output && { outputs: values.output.map(parseSpec) }),
    ...(values.examples !== undefined && { examples: values.examples }),
    ...(batching && { batching }),
    ...(values['max-queue-rows'] !== undefined && {
      maxQueueRows: whole('max-queue-rows', values['max-queue-rows']),
    }),
    ...(values['max-run'] !== undefined && { maxRunMs: whole('max-run', values['max-run']) }),
    ...(values.instances !== undefined && { instances: whole('instances', values.instances) }),
    ...(values.device !== undefined && { device: values.device }),
    ...(values.trusted !== undefined && { trusted: values.trusted }),
  });
  if (values.json) {
    console.log(JSON.stringify(manifest, null, 2));
    return 0;
  }
  const show = (specs: readonly TensorSpec[]): string =>
    specs.map(({ name: each, datatype, shape }) => `${each} ${datatype} [${shape.join(', ')}]`).join('; ');
  console.log(`${name}/${manifest.version}  ${manifest.platform}`);
  console.log(`  inputs   ${show(manifest.inputs)}`);
  console.log(`  outputs  ${show(manifest.outputs)}`);
  for (const [file, { sha256, bytes }] of Object.entries(manifest.files))
    console.log(`  ${file}  ${bytes} bytes  sha256 ${sha256}`);
  return 0;
}
