import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { FlambeauError } from '../../src/errors.js';
import { FlambeauError as Thrown } from '../../src/errors.js';
import * as torch from '../../src/index.js';
import type { Loader } from '../../src/serve/registry/registry.js';
import type { InferRequest, InferResult, NamedTensor, Servable } from '../../src/serve/types.js';
import type { Tensor } from '../../src/tensor.js';

export { FlambeauError } from '../../src/errors.js';

/** A folder of the test's own. */
export function temporaryFolder(finished: (remove: () => void) => void): string {
  const folder = mkdtempSync(join(tmpdir(), 'flambeau-serve-'));
  finished(() => rmSync(folder, { recursive: true, force: true }));
  return folder;
}

/** What a promise is rejected with. */
export async function rejection(promise: Promise<unknown>): Promise<FlambeauError> {
  try {
    await promise;
  } catch (error) {
    return error as FlambeauError;
  }
  throw new Error('nothing was thrown');
}

/** What the loader of a test did. */
export interface Log {
  loads: string[];
  closed: string[];
  /** The rows of each request, in order. */
  rows: number[];
}

/** Runs exported programs of one output, each request alone. */
export function programs(log: Log = { loads: [], closed: [], rows: [] }): { load: Loader; log: Log } {
  const load: Loader = async ({ info, file }, options) => {
    const key = `${info.name}/${info.version}`;
    const program = await torch.export.load(file);
    log.loads.push(key);
    let instances = options.instances ?? 1;
    let closed = false;
    const running = new Set<Promise<unknown>>();
    const run = async ({ inputs }: InferRequest): Promise<InferResult> => {
      const args = info.inputs.map(({ name }) => inputs.find((input) => input.name === name)!.data as Tensor);
      log.rows.push(args[0]!.shape[0] ?? 0);
      const data = await program.forwardAsync(...args);
      const { name, datatype } = info.outputs[0]!;
      const output: NamedTensor = { name, datatype, shape: [...data.shape], data };
      return { outputs: [output], timing: { queueMs: 0, computeMs: 0, batchRows: instances } };
    };
    const servable: Servable = {
      info,
      infer(request) {
        if (closed) return Promise.reject(new Thrown('NOT_READY', `the model '${key}' is unloaded`));
        const answer = run(request);
        running.add(answer);
        const done = (): void => void running.delete(answer);
        answer.then(done, done);
        return answer;
      },
      load: () => ({ queued: 0, running: running.size }),
      scale: (count) => void (instances = count),
      async close() {
        closed = true;
        await Promise.allSettled(running);
        program.dispose();
        log.closed.push(key);
      },
    };
    return servable;
  };
  return { load, log };
}

/** A module that multiplies by a number. */
export class Times extends torch.nn.Module {
  constructor(readonly factor: number) {
    super();
  }

  forward(x: Tensor): Tensor {
    return x.mul(this.factor);
  }
}

/** A request of one tensor `x`. */
export function request(x: Tensor): InferRequest {
  return { inputs: [{ name: 'x', datatype: 'FP32', shape: [...x.shape], data: x }] };
}
