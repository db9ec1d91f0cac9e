import { monitorEventLoopDelay } from 'node:perf_hooks';
import { Counter, Gauge, Histogram, Registry } from 'prom-client';
import type { Context, Outcome } from './context.js';
import { listen, type ListenOptions, type Listener } from './http/listener.js';
import type { Route } from './http/router.js';
import type { Isolation } from './isolation/index.js';
import type { Models } from './types.js';

/** What Prometheus reads of a server. It is made by {@link createMetrics}. */
export interface Metrics {
  /** Takes note of how a request ended: the `record` of a server. */
  record(outcome: Outcome): void;
  /** All of it, in the text format of Prometheus. */
  text(): Promise<string>;
  /** `GET /metrics`, for the `routes` of a listener; a token must allow `metrics`. */
  readonly route: Route;
  /** A listener for that route alone, one of the `listeners` of a server. */
  listener(options?: ListenOptions): (context: Context) => Promise<Listener>;
  /** Measures no more. */
  close(): void;
}

/** Options of {@link createMetrics}. */
export interface MetricsOptions {
  /** The process of the models, where they have one of their own: how often it ended is told then. */
  isolation?: Isolation;
}

// From a quarter of a millisecond to half a minute: small models and queues that are full.
const seconds = [0.00025, 0.0005, 0.001, 0.0025, 0.005, 0.01, 0.025, 0.05, 0.1, 0.25, 0.5, 1, 2.5, 5, 10, 30];
const powers = [1, 2, 4, 8, 16, 32, 64, 128, 256, 512, 1024];
const version = ['model', 'version'] as const;

/** What the requests of one version, or of none that is known, are counted by; found once. */
interface Series {
  codes: Map<string, { inc(): void }>;
  durations: Map<string, { observe(value: number): void }>;
  queue: { observe(value: number): void };
  compute: { observe(value: number): void };
  rows: { observe(value: number): void };
  /** Parts of batches that are no whole one yet, by the rows of the batch. */
  parts: Map<number, number>;
}

/** The gauges that are read when somebody asks. */
function gauges(registers: Registry[], models: Models, ready: () => boolean): void {
  const gauge = (name: string, help: string, collect: (this: Gauge<string>) => void, labels: readonly string[] = []) =>
    new Gauge({ name, help, registers, labelNames: [...labels], collect });
  gauge('flambeau_ready', 'Whether the server takes requests and has all its models.', function () {
    this.set(ready() ? 1 : 0);
  });
  const perModel = (name: string, help: string, of: (load: ReturnType<ReturnType<Models['get']>['load']>) => number) =>
    gauge(
      name,
      help,
      function () {
        this.reset();
        for (const each of models.list()) {
          if (each.state !== 'READY') continue;
          try {
            const value = of(models.get(each.name, each.version).load());
            this.set({ model: each.name, version: each.version }, value);
          } catch {
            // It was unloaded meanwhile.
          }
        }
      },
      version,
    );
  perModel('flambeau_queue_requests', 'Requests that wait for a thread.', ({ queued }) => queued);
  perModel('flambeau_queue_rows', 'Rows that wait for a thread.', ({ queued, queuedRows }) => queuedRows ?? queued);
  perModel('flambeau_running', 'Batches (of handlers, requests) that run.', ({ running }) => running);
  gauge('process_resident_memory_bytes', 'Memory of the process, weights included.', function () {
    this.set(process.memoryUsage.rss());
  });
  gauge('nodejs_heap_size_used_bytes', 'Memory of JavaScript objects.', function () {
    this.set(process.memoryUsage().heapUsed);
  });
  gauge('nodejs_external_memory_bytes', 'Memory that JavaScript objects hold outside the heap.', function () {
    this.set(process.memoryUsage().external);
  });
  const start = Date.now() / 1000 - process.uptime();
  gauge('process_start_time_seconds', 'When the process started, since 1970.', function () {
    this.set(start);
  });
  new Counter({
    name: 'process_cpu_seconds_total',
    help: 'Time of all processors together.',
    registers,
    collect() {
      const { user, system } = process.cpuUsage();
      this.reset();
      this.inc((user + system) / 1e6);
    },
  });
}

/** How often the process of the models ended. */
function endsOf(registers: Registry[], isolation: Isolation): void {
  new Counter({
    name: 'flambeau_isolation_ends_total',
    help: 'Processes of models that ended by themselves, and those that were ended because they did not go on.',
    labelNames: ['why'],
    registers,
    collect() {
      this.reset();
      for (const [why, count] of Object.entries(isolation.ended)) this.inc({ why }, count);
    },
  });
}

/**
 * Metrics of a server, for Prometheus: how requests ended, where their time went, how large batches are, what waits, and
 * how the process does. Each has a registry of its own. Names that no model has make no series.
 *
 * @example
 * const models = { get() { throw new Error('no model') }, isReady: () => false, list: () => [] }
 * const metrics = serve.createMetrics(models)
 * const caller = { protocol: 'http', remote: '', requestId: '1' }
 * metrics.record({ caller, route: 'POST /', verb: 'infer', model: 'nobody', code: 'UNKNOWN_MODEL', durationMs: 2 })
 * const text = await metrics.text()
 * text.includes('flambeau_requests_total{protocol="http",model="",version="",code="UNKNOWN_MODEL"} 1') // true
 * metrics.close()
 */
export function createMetrics(models: Models, { isolation }: MetricsOptions = {}): Metrics {
  const registry = new Registry();
  const registers = [registry];
  let context: Context | undefined;
  const requests = new Counter({
    name: 'flambeau_requests_total',
    help: 'Requests by how they ended: OK, or the code of the error. Without a model: all that is for none.',
    labelNames: ['protocol', ...version, 'code'],
    registers,
  });
  const histogram = <T extends string>(name: string, help: string, labelNames: T[], buckets: number[]) =>
    new Histogram({ name, help, labelNames, buckets, registers });
  const durations = histogram(
    'flambeau_request_duration_seconds',
    'Time of requests to models that were answered well, from the first byte to the last one.',
    ['protocol', ...version],
    seconds,
  );
  const queue = histogram('flambeau_queue_duration_seconds', 'Time that requests waited.', [...version], seconds);
  const compute = histogram('flambeau_compute_duration_seconds', 'Time that their batches ran.', [...version], seconds);
  const rows = histogram('flambeau_batch_rows', 'Rows of batches, without padding.', [...version], powers);
  gauges(registers, models, () => (context?.state() ?? 'ready') === 'ready' && models.isReady());
  if (isolation) endsOf(registers, isolation);

  const delay = monitorEventLoopDelay({ resolution: 10 });
  delay.enable();
  new Gauge({
    name: 'flambeau_event_loop_delay_seconds',
    help: 'How late the event loop was since the last time that somebody asked.',
    labelNames: ['quantile'],
    registers,
    collect() {
      // The timer that measures takes its own 10 ms.
      const late = (ns: number): number => Math.max(0, ns / 1e9 - 0.01) || 0;
      this.set({ quantile: '0.5' }, late(delay.percentile(50)));
      this.set({ quantile: '0.99' }, late(delay.percentile(99)));
      this.set({ quantile: '1' }, late(delay.max));
      delay.reset();
    },
  });

  const known = new Map<string, Map<string, Series>>();
  const make = (model: string, version: string): Series => {
    const labels = { model, version };
    const series: Series = {
      codes: new Map(),
      durations: new Map(),
      queue: queue.labels(labels),
      compute: compute.labels(labels),
      rows: rows.labels(labels),
      parts: new Map(),
    };
    const versions = known.get(model) ?? new Map<string, Series>();
    known.set(model, versions.set(version, series));
    return series;
  };
  const nobody = make('', '');
  const labelsOf = ({ model, version, code }: Outcome): [string, string] => {
    if (model === undefined || code === 'UNKNOWN_MODEL') return ['', ''];
    if (known.get(model)?.has(version ?? '')) return [model, version ?? ''];
    // A caller could name anything; only what is there has a series.
    return models.isReady(model, version) ? [model, version ?? ''] : ['', ''];
  };

  /** Takes away the series of versions that are not in the store any more. */
  const tidy = (): void => {
    const there = new Set(models.list().flatMap(({ name, version }) => [`${name}/${version}`, `${name}/`]));
    for (const [model, versions] of known) {
      for (const [version, series] of versions) {
        if (series === nobody || there.has(`${model}/${version}`)) continue;
        for (const key of series.codes.keys()) {
          const [protocol, code] = key.split(' ') as [string, string];
          requests.remove({ protocol, model, version, code });
        }
        for (const protocol of series.durations.keys()) durations.remove({ protocol, model, version });
        for (const each of [queue, compute, rows]) each.remove({ model, version });
        versions.delete(version);
      }
      if (versions.size === 0) known.delete(model);
    }
  };

  const metrics: Metrics = {
    record(outcome) {
      const { caller, code, timing, durationMs } = outcome;
      const [model, version] = labelsOf(outcome);
      const series = known.get(model)?.get(version) ?? make(model, version);
      const key = `${caller.protocol} ${code}`;
      let counter = series.codes.get(key);
      if (!counter) {
        counter = requests.labels({ protocol: caller.protocol, model, version, code });
        series.codes.set(key, counter);
      }
      counter.inc();
      if (outcome.verb !== 'infer' || series === nobody) return;
      if (code === 'OK') {
        let duration = series.durations.get(caller.protocol);
        if (!duration) {
          duration = durations.labels({ protocol: caller.protocol, model, version });
          series.durations.set(caller.protocol, duration);
        }
        duration.observe(durationMs / 1000);
      }
      if (!timing) return;
      series.queue.observe(timing.queueMs / 1000);
      series.compute.observe(timing.computeMs / 1000);
      // Each request has a part of its batch; when the parts are a whole one, that is a batch.
      const { batchRows } = timing;
      const own = outcome.rows ?? 1;
      const part = (series.parts.get(batchRows) ?? 0) + own / Math.max(batchRows, own, 1);
      const whole = Math.floor(part + 1e-6);
      if (whole > 0) series.rows.observe(batchRows);
      series.parts.set(batchRows, part - whole);
    },
    async text() {
      tidy();
      return registry.metrics();
    },
    route: {
      method: 'GET',
      path: '/metrics',
      verb: 'metrics',
      summary: 'Metrics, as Prometheus reads them',
      async handle() {
        return { headers: { 'content-type': registry.contentType }, body: Buffer.from(await metrics.text()) };
      },
    },
    listener: (options = {}) => {
      return (given) => {
        context = given;
        return listen('metrics', given, [metrics.route, ...(options.routes ?? [])], { ...options, routes: [] });
      };
    },
    close: () => void delay.disable(),
  };
  return metrics;
}
