import { FlambeauError } from '../../errors.js';
import { symbolsOf } from '../../export/expression.js';
import { checkTensors, type Check } from '../../export/package-checks.js';
import type { CompiledModel } from '../../export/package.js';
import { datatypeOf } from '../datatypes.js';
import type { Batching, ModelInfo, TensorSpec } from '../types.js';
import type { NativeModel } from './native.js';

const wrong = (message: string): FlambeauError => new FlambeauError('INVALID_VALUE', message);

/** Whether the batches of a model are of sizes that it was compiled for. */
function checkBatches({ expected: { sizes }, strides }: Check, name: string, batching: Batching): void {
  const { maxBatchRows, sizes: allowed = [] } = batching;
  const [rows] = sizes;
  if (!rows) throw wrong(`input '${name}' has no first size, so that its requests cannot be batched`);
  const least = allowed[0] ?? 1;
  const most = Math.max(maxBatchRows, allowed.at(-1) ?? 0);
  const { min, max } = typeof rows.info === 'number' ? { min: rows.info, max: rows.info } : rows.info;
  if (least < min || most > max)
    throw wrong(
      `the batches of input '${name}' have ${least} to ${most} rows, and the package is compiled for ` +
        (min === max ? `${max}` : `${min} to ${max}`),
    );
  if (!rows.expression) return;
  const own = symbolsOf(rows.expression);
  const others = [...sizes.slice(1).map(({ expression }) => expression), ...strides];
  const tied = others.some((other) => other && [...symbolsOf(other)].some((symbol) => own.has(symbol)));
  if (tied || rows.expression.kind !== 'symbol')
    throw wrong(`other sizes of input '${name}' hang on its first one, so that its requests cannot be batched`);
}

function checkSpec({ expected: { info, sizes } }: Check, spec: TensorSpec, batched: boolean): void {
  const { name, datatype, shape } = spec;
  const own = datatypeOf(info.dtype!);
  if (own !== datatype) throw wrong(`input '${name}' is described as ${datatype}, and the package takes ${info.dtype}`);
  const fits =
    shape.length === sizes.length &&
    sizes.every(({ info: size }, i) => typeof size !== 'number' || shape[i] === -1 || shape[i] === size);
  if (fits) return;
  const taken = sizes.map(({ info: size }, i) =>
    typeof size === 'number' && !(i === 0 && batched) ? String(size) : '-1',
  );
  throw wrong(
    `input '${name}' is described with the shape [${shape.join(', ')}], and the package takes [${taken.join(', ')}]`,
  );
}

/** What a request must be, of which the batch is made, whose sizes are known to be right. */
function ofRequest({ expected, strides }: Check, batching: Batching | undefined): Check {
  // Where the model is, the batcher brings them to.
  const info = { ...expected.info, device: 'cpu' };
  const [first, ...sizes] = expected.sizes;
  if (!batching || !first) return { expected: { ...expected, info }, strides };
  const rows = {
    expression: { kind: 'symbol' as const, name: 'rows' },
    info: { name: 'rows', min: 1, max: batching.maxBatchRows },
  };
  return { expected: { ...expected, info, sizes: [rows, ...sizes] }, strides };
}

/**
 * A compiled model as a batcher runs it. Its code takes memory for what it was compiled for, whatever comes: so what the
 * store says of it is compared with what it says of itself, and so is each request.
 *
 * @throws `INVALID_VALUE` where the two do not fit
 */
export function compiledModel(model: CompiledModel<unknown>, info: ModelInfo, device?: string): NativeModel {
  const own = model.info.device;
  if (device !== undefined && device.replace(/:.*/, '') !== own)
    throw wrong(`the package is compiled for ${own}, and cannot run on ${device}`);
  const runnable = {
    runnable: model._runnable,
    device: device ?? own,
    dispose: () => model.dispose(),
  };
  const checks = model._checks;
  if (!checks) return runnable;
  if (checks.length !== info.inputs.length)
    throw wrong(`the package takes ${checks.length} tensors, and is described with ${info.inputs.length}`);
  const batching = info.batching && info.batching.maxBatchRows > 1 ? info.batching : undefined;
  checks.forEach((check, i) => {
    const spec = info.inputs[i]!;
    checkSpec(check, spec, batching !== undefined);
    if (batching) checkBatches(check, spec.name, batching);
  });
  // By their names of the store, for messages.
  const named = checks.map((check, i) => {
    const { expected, strides } = ofRequest(check, batching);
    return { expected: { ...expected, info: { ...expected.info, path: info.inputs[i]!.name } }, strides };
  });
  return { ...runnable, check: (inputs) => checkTensors(info.name, named, inputs) };
}
