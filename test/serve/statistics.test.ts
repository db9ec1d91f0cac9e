import { describe, expect, test } from 'vitest';
import type { Outcome } from '../../src/serve/context.js';
import { Statistics } from '../../src/serve/statistics.js';

const outcome = (more: Partial<Outcome>): Outcome => ({
  caller: { protocol: 'http', remote: '', requestId: '' },
  ...{ route: '', verb: 'infer', model: 'm', version: '1', code: 'OK', durationMs: 2 },
  ...more,
});

describe('Statistics', () => {
  test('keeps nothing of names that no model has, and of what is no inference', () => {
    const statistics = new Statistics();
    statistics.record(outcome({ code: 'UNKNOWN_MODEL' }));
    statistics.record(outcome({ verb: 'read' }));
    expect(statistics.of('m', '1')).toMatchObject({ inference_stats: { success: { count: 0 }, fail: { count: 0 } } });
  });

  test('counts the requests of a batch as one execution', () => {
    const statistics = new Statistics();
    for (const rows of [1, 2, 1])
      statistics.record(outcome({ rows, timing: { queueMs: 1, computeMs: 3, batchRows: 4 } }));
    statistics.record(outcome({ code: 'QUEUE_FULL' }));
    expect(statistics.of('m', '1')).toMatchObject({
      inference_count: 4,
      execution_count: 1,
      inference_stats: { success: { count: 3, ns: 6e6 }, fail: { count: 1 }, queue: { count: 3, ns: 3e6 } },
      batch_stats: [{ batch_size: 4, compute_infer: { count: 1, ns: 3e6 } }],
    });
  });
});
