import { describe, expect, onTestFinished, test } from 'vitest';
import type { Outcome } from '../../src/serve/context.js';
import { createMetrics, type Metrics } from '../../src/serve/metrics.js';
import { createServer } from '../../src/serve/server.js';
import type { Models } from '../../src/serve/types.js';
import { echo, modelsOf } from './models.js';

const body = '{"inputs":[{"name":"x","datatype":"FP32","shape":[1],"data":[1]}]}';

function metricsOf(models: Models): Metrics {
  const metrics = createMetrics(models);
  onTestFinished(() => metrics.close());
  return metrics;
}

const outcome = (more: Partial<Outcome>): Outcome => ({
  caller: { protocol: 'http', remote: '', requestId: '1' },
  ...{ route: 'POST /', verb: 'infer', code: 'OK', durationMs: 3 },
  ...more,
});

/** The value of a series, or `undefined` where there is none. */
async function value(metrics: Metrics, series: string): Promise<number | undefined> {
  const line = (await metrics.text()).split('\n').find((each) => each.startsWith(`${series} `));
  return line === undefined ? undefined : Number(line.slice(series.length));
}

describe('createMetrics', () => {
  test('has no series for what no model is named', async () => {
    const metrics = metricsOf(modelsOf([echo('FP32')]));
    for (let i = 0; i < 500; i++) {
      metrics.record(outcome({ model: `m${i}`, version: `${i}`, code: 'UNKNOWN_MODEL' }));
      metrics.record(outcome({ model: `m${i}`, code: 'UNAUTHENTICATED' }));
      metrics.record(outcome({ model: 'echo_FP32', version: `${i + 2}`, code: 'FORBIDDEN' }));
    }
    const lines = (await metrics.text()).split('\n').filter((line) => line.startsWith('flambeau_requests_total'));
    expect(lines).toEqual(
      ['UNKNOWN_MODEL', 'UNAUTHENTICATED', 'FORBIDDEN'].map(
        (code) => `flambeau_requests_total{protocol="http",model="",version="",code="${code}"} 500`,
      ),
    );
  });

  test('counts how requests ended, where their time went, and batches as batches', async () => {
    const metrics = metricsOf(modelsOf([echo('FP32')]));
    const labels = 'model="echo_FP32",version="1"';
    const timing = { queueMs: 2, computeMs: 4, batchRows: 49 };
    for (let i = 0; i < 49 * 3; i++) metrics.record(outcome({ model: 'echo_FP32', version: '1', timing, rows: 1 }));
    metrics.record(outcome({ model: 'echo_FP32', version: '1', code: 'EXPIRED' }));
    const read = (series: string): Promise<number | undefined> => value(metrics, series);
    expect(await read(`flambeau_requests_total{protocol="http",${labels},code="OK"}`)).toBe(147);
    expect(await read(`flambeau_requests_total{protocol="http",${labels},code="EXPIRED"}`)).toBe(1);
    expect(await read(`flambeau_request_duration_seconds_count{protocol="http",${labels}}`)).toBe(147);
    expect(await read(`flambeau_request_duration_seconds_sum{protocol="http",${labels}}`)).toBeCloseTo(0.441);
    expect(await read(`flambeau_queue_duration_seconds_sum{${labels}}`)).toBeCloseTo(0.294);
    expect(await read(`flambeau_compute_duration_seconds_bucket{le="0.005",${labels}}`)).toBe(147);
    expect(await read(`flambeau_batch_rows_count{${labels}}`)).toBe(3);
    expect(await read(`flambeau_batch_rows_sum{${labels}}`)).toBe(147);
  });

  test('forgets versions that are gone', async () => {
    const [one, two] = [modelsOf([echo('FP32')]), modelsOf([])];
    let now = one;
    const metrics = metricsOf({
      ...one,
      ...{ get: (...args) => now.get(...args), isReady: (...args) => now.isReady(...args), list: () => now.list() },
    });
    const timing = { queueMs: 1, computeMs: 1, batchRows: 1 };
    metrics.record(outcome({ model: 'echo_FP32', version: '1', timing }));
    expect(await metrics.text()).toContain('echo_FP32');
    now = two;
    expect(await metrics.text()).not.toContain('echo_FP32');
    now = one;
    metrics.record(outcome({ model: 'echo_FP32', version: '1', timing }));
    expect(await value(metrics, 'flambeau_batch_rows_count{model="echo_FP32",version="1"}')).toBe(1);
  });

  test('is read from a listener of its own, or as a route that asks for permission', async () => {
    const models = modelsOf([{ ...echo('FP32'), load: () => ({ queued: 2, queuedRows: 9, running: 1 }) }]);
    const metrics = metricsOf(models);
    const asked: unknown[] = [];
    const server = await createServer({
      models,
      http: { routes: [metrics.route] },
      listeners: [metrics.listener()],
      record: metrics.record,
      authorize: (_caller, verb) => asked.push(verb),
    }).listen();
    onTestFinished(() => server.close());
    expect((await fetch(`${server.url}/v2/models/echo_FP32/infer`, { method: 'POST', body })).status).toBe(200);
    const { host, port } = server.addresses.metrics!;
    const answer = await fetch(`http://${host}:${port}/metrics`);
    expect(answer.headers.get('content-type')).toBe('text/plain; version=0.0.4; charset=utf-8');
    const text = await answer.text();
    const labels = '{model="echo_FP32",version="1"}';
    expect(text).toContain('flambeau_requests_total{protocol="http",model="echo_FP32",version="1",code="OK"} 1\n');
    expect(text).toContain('flambeau_ready 1\n');
    expect(text).toContain(`flambeau_queue_requests${labels} 2\n`);
    expect(text).toContain(`flambeau_queue_rows${labels} 9\n`);
    expect(text).toContain(`flambeau_running${labels} 1\n`);
    expect(text).toMatch(/flambeau_event_loop_delay_seconds\{quantile="0\.99"\} \d/);
    expect(text).toMatch(/process_resident_memory_bytes \d{7,}\n/);
    expect((await fetch(`${server.url}/metrics`)).status).toBe(200);
    expect(asked).toEqual(['infer', 'metrics', 'metrics']);
    expect((await fetch(`http://${host}:${port}/v2`)).status).toBe(404);
  });
});
