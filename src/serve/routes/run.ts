import { FlambeauError } from '../../errors.js';
import { Tensor } from '../../tensor.js';
import type { Reply, RouteRequest } from '../http/router.js';
import type { InferRequest, InferResult, ModelInfo, NamedTensor, Servable } from '../types.js';
import { limitsOf } from './v2-request.js';

/** The model that a path names, its version noted. */
export function modelOf(request: RouteRequest): Servable {
  const { model = '', version } = request.params;
  const servable = request.context.models.get(model, version);
  request.note({ version: servable.info.version });
  return servable;
}

/** Runs a request with its deadline, priority and signal, writes the answer, and frees the tensors of both. */
export async function run(
  request: RouteRequest,
  infer: InferRequest,
  write: (result: InferResult, info: ModelInfo) => Promise<Reply>,
): Promise<Reply> {
  let result: InferResult | undefined;
  try {
    const own = limitsOf(infer.parameters ?? {}, request.started);
    const deadlines = [request.deadline, own.deadline].filter((deadline) => deadline !== undefined);
    const deadline = deadlines.length > 0 ? Math.min(...deadlines) : undefined;
    if (deadline !== undefined && deadline <= performance.now())
      throw new FlambeauError('EXPIRED', 'the deadline passed before the request was read');
    request.signal.throwIfAborted();
    // Asked for anew: another version may have taken its place while the body came.
    const servable = modelOf(request);
    const batched = (servable.info.batching?.maxBatchRows ?? 1) > 1;
    const rows = batched ? (infer.inputs[0]?.shape[0] ?? 1) : 1;
    request.note({ rows });
    result = await servable.infer({
      ...infer,
      priority: own.priority ?? priorityOf(request),
      deadline,
      signal: request.signal,
    });
    request.note({ timing: result.timing });
    return await write(result, servable.info);
  } finally {
    dispose(infer.inputs);
    dispose(result?.outputs ?? []);
  }
}

/** `x-request-priority`. */
function priorityOf({ headers }: RouteRequest): number | undefined {
  const value = headers['x-request-priority'];
  if (value === undefined) return undefined;
  if (typeof value !== 'string' || !/^-?\d{1,9}$/.test(value))
    throw new FlambeauError('INVALID_VALUE', 'x-request-priority must be a whole number');
  return Number(value);
}

function dispose(tensors: readonly NamedTensor[]): void {
  for (const { data } of tensors) if (data instanceof Tensor) data.dispose();
}
