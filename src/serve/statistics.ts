import type { Context, Outcome } from './context.js';

/** A count and the nanoseconds of all together, as Triton's clients read them. */
export interface Duration {
  /** How many. */
  count: number;
  /** Their nanoseconds together. */
  ns: number;
}

interface Entry {
  last: number;
  rows: number;
  executions: number;
  success: Duration;
  fail: Duration;
  queue: Duration;
  compute: Duration;
  batches: Map<number, Duration>;
}

const none = (): Duration => ({ count: 0, ns: 0 });

function add(to: Duration, ms: number, count = 1): void {
  to.count += count;
  to.ns += ms * 1e6 * count;
}

const whole = ({ count, ns }: Duration): Duration => ({ count: Math.round(count), ns: Math.round(ns) });

/**
 * How the requests of each version of a model ended, and where their time went.
 *
 * @example
 * new serve.Statistics().of('m', '1').inference_count // 0
 */
export class Statistics {
  private readonly entries = new Map<string, Map<string, Entry>>();

  /**
   * Takes note of a request; of those that were not to be run, it takes none.
   *
   * @example
   * const statistics = new serve.Statistics()
   * const caller = { protocol: 'http', remote: '', requestId: '1' }
   * statistics.record({ caller, route: '', verb: 'infer', model: 'm', version: '1', code: 'OK', durationMs: 2 })
   * statistics.of('m', '1').inference_stats.success // { count: 1, ns: 2000000 }
   */
  record(outcome: Outcome): void {
    const { model, version, timing, rows = 1 } = outcome;
    if (outcome.verb !== 'infer' || model === undefined || version === undefined) return;
    // A name that no model has would let callers fill the memory.
    if (outcome.code === 'UNKNOWN_MODEL') return;
    const versions = this.entries.get(model) ?? new Map<string, Entry>();
    this.entries.set(model, versions);
    const entry = versions.get(version) ?? {
      ...{ last: 0, rows: 0, executions: 0, batches: new Map<number, Duration>() },
      ...{ success: none(), fail: none(), queue: none(), compute: none() },
    };
    versions.set(version, entry);
    add(outcome.code === 'OK' ? entry.success : entry.fail, outcome.durationMs);
    if (!timing) return;
    entry.last = Date.now();
    entry.rows += rows;
    // Each request has a part of its batch; all parts of a batch are one execution.
    const part = rows / Math.max(timing.batchRows, rows, 1);
    entry.executions += part;
    add(entry.queue, timing.queueMs);
    add(entry.compute, timing.computeMs);
    const batch = entry.batches.get(timing.batchRows) ?? none();
    entry.batches.set(timing.batchRows, batch);
    add(batch, timing.computeMs, part);
  }

  /**
   * The `model_stats` of one version.
   *
   * @example
   * new serve.Statistics().of('m', '1').inference_count // 0
   */
  of(name: string, version: string): Record<string, unknown> {
    const entry = this.entries.get(name)?.get(version);
    const take = (duration?: Duration): Duration => whole(duration ?? none());
    const zero = none();
    return {
      name,
      version,
      last_inference: entry?.last ?? 0,
      inference_count: entry?.rows ?? 0,
      execution_count: Math.round(entry?.executions ?? 0),
      inference_stats: {
        success: take(entry?.success),
        fail: take(entry?.fail),
        queue: take(entry?.queue),
        compute_input: zero,
        compute_infer: take(entry?.compute),
        compute_output: zero,
        cache_hit: zero,
        cache_miss: zero,
      },
      batch_stats: [...(entry?.batches ?? [])]
        .sort(([a], [b]) => a - b)
        .map(([size, compute]) => ({
          batch_size: size,
          compute_input: zero,
          compute_infer: whole(compute),
          compute_output: zero,
        })),
      memory_usage: [],
    };
  }
}

/**
 * The `model_stats` of all versions that are ready, of a model, or of one version.
 *
 * @throws FlambeauError `UNKNOWN_MODEL` or `NOT_READY` for a name that has none
 * @example
 * const context = { models: { list: () => [] }, statistics: new serve.Statistics() }
 * serve.modelStats(context) // []
 */
export function modelStats(
  { models, statistics }: Pick<Context, 'models' | 'statistics'>,
  name?: string,
  version?: string,
): Record<string, unknown>[] {
  if (name !== undefined) models.get(name, version);
  return models
    .list()
    .filter((model) => model.state === 'READY' && (name ?? model.name) === model.name)
    .filter((model) => (version ?? model.version) === model.version)
    .map((model) => statistics.of(model.name, model.version));
}
