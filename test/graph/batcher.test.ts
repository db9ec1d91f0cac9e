import fc from 'fast-check';
import { afterEach, describe, expect, test } from 'vitest';
import * as torch from '../../src/index.js';
import { Batcher, type BatcherOptions } from '../../src/graph/batcher.js';

const { tensor } = torch;
const made: { dispose(): void }[] = [];
afterEach(() => made.splice(0).forEach((each) => each.dispose()));

/** A graph of one input whose sizes are free: `aten::<target>` of it and what follows. */
function graphOf(target: string, ...rest: unknown[]): torch.Graph {
  const args = [{ value: 0 }, ...rest.map((constant) => ({ constant }))];
  const graph = new torch.Graph({
    slots: 2,
    inputs: [0],
    constants: [],
    outputs: [{ value: 1 }],
    nodes: [{ target, args, outputs: [1] }],
  });
  made.push(graph);
  return graph;
}
const batcherOf = (graph: torch.Graph, options: BatcherOptions = {}): Batcher => {
  const batcher = new Batcher(graph._runnable, options);
  made.push(batcher);
  return batcher;
};
/** Takes some 50 ms for each row: long beside what a test does while the first request runs. */
const slow = (options: BatcherOptions = {}): Batcher => batcherOf(graphOf('aten::linalg_eigvalsh', 'L'), options);
torch.manualSeed(0);
const symmetric = torch.rand(500, 500);
const matrix = (): torch.Tensor => symmetric.unsqueeze(0);
const code = (promise: Promise<unknown>): Promise<unknown> =>
  promise.then(
    () => 'OK',
    (error: { code?: string; message: string }) => error.code ?? error.message,
  );

describe('Batcher', () => {
  test('refuses inputs without rows in common, and more rows than a batch has', async () => {
    const batcher = batcherOf(graphOf('aten::neg'), { maxBatchRows: 4 });
    await expect(batcher.run([tensor(1)])).rejects.toThrow('the same number of rows');
    await expect(batcher.run([torch.ones(0, 2)])).rejects.toThrow('at least one');
    await expect(batcher.run([torch.ones(5, 2)])).rejects.toThrow('has 5 rows, and the model takes at most 4');
  });

  test('requests that come together run together, and each gets its own rows', async () => {
    const batcher = slow({ maxBatchRows: 8 });
    const scaled = (k: number): torch.Tensor => matrix().mul(k);
    // Another size, and so a batch of its own: what comes meanwhile waits for the thread.
    const blocker = batcher.run([torch.rand(1, 700, 700)]);
    const results = await Promise.all([1, 2, 3].map((k) => batcher.run([scaled(k)])));
    await blocker;
    results.forEach(({ outputs }, i) => {
      const expected = torch.linalg.eigvalsh(scaled(i + 1));
      expect(torch.allclose(outputs[0]!, expected, 1e-3, 1e-2)).toBe(true);
    });
    expect(results.map(({ batchRows }) => batchRows)).toEqual([3, 3, 3]);
  });

  test('a delay lets the first wait for others', async () => {
    const batcher = batcherOf(graphOf('aten::neg'), { maxBatchRows: 3, maxQueueDelayMs: 60_000 });
    const results = await Promise.all([1, 2, 3].map((k) => batcher.run([tensor([[k + 0.5]])])));
    expect(results.map(({ batchRows }) => batchRows)).toEqual([3, 3, 3]);
    expect(results.map(({ outputs }) => outputs[0]!.tolist())).toEqual([[[-1.5]], [[-2.5]], [[-3.5]]]);
  });

  test('only requests of the same dtypes and sizes are in one batch', async () => {
    const batcher = batcherOf(graphOf('aten::neg'), { maxBatchRows: 4, maxQueueDelayMs: 50 });
    const inputs = [torch.ones(1, 2), torch.ones(1, 3), torch.ones(1, 2), torch.ones(1, 2, { dtype: 'int64' })];
    const results = await Promise.all(inputs.map((input) => batcher.run([input])));
    results.forEach(({ outputs }, i) => expect(torch.equal(outputs[0]!, inputs[i]!.neg())).toBe(true));
    expect(results.map(({ batchRows }) => batchRows)).toEqual([2, 1, 2, 1]);
  });

  test('a batch is padded to a size that it may have', async () => {
    const sizes = [2, 8];
    // What it gives shows the rows that ran: the sum of all of them.
    const graph = graphOf('aten::cumsum', 0);
    const batcher = batcherOf(graph, { sizes });
    const { outputs, batchRows } = await batcher.run([torch.ones(3, 1)]);
    expect(outputs[0]!.flatten().tolist()).toEqual([1, 2, 3]);
    expect(batchRows).toBe(3);
    await expect(batcher.run([torch.ones(9, 1)])).rejects.toThrow('at most 8');
  });

  test('one bad request does not change the answer of another', async () => {
    // No Cholesky factor, where the matrix is not positive.
    const batcher = batcherOf(graphOf('aten::linalg_cholesky'), { maxBatchRows: 4, maxQueueDelayMs: 60_000 });
    const good = torch.eye(2).mul(4).unsqueeze(0);
    const answers = await Promise.allSettled([good, good.neg(), good, good].map((input) => batcher.run([input])));
    expect(answers.map(({ status }) => status)).toEqual(['fulfilled', 'rejected', 'fulfilled', 'fulfilled']);
    expect((answers[1] as PromiseRejectedResult).reason).toMatchObject({ code: 'LINALG' });
    for (const answer of [answers[0], answers[2]] as PromiseFulfilledResult<{ outputs: torch.Tensor[] }>[]) {
      expect(answer.value.outputs[0]!.tolist()).toEqual([
        [
          [2, 0],
          [0, 2],
        ],
      ]);
    }
  });

  test('a model whose results have no rows still answers each request', async () => {
    const batcher = batcherOf(graphOf('aten::sum'), { maxBatchRows: 2, maxQueueDelayMs: 60_000 });
    const results = await Promise.all([1, 2].map((k) => batcher.run([tensor([[k, k]])])));
    expect(results.map(({ outputs }) => outputs[0]!.item())).toEqual([2, 4]);
  });

  test('counts rows, and refuses what would be too many', async () => {
    const batcher = slow({ maxBatchRows: 4, maxQueueRows: 5 });
    const first = batcher.run([matrix()]);
    // Until it has a thread it waits itself.
    while (batcher.load().queued > 0) await new Promise(setImmediate);
    const waiting = [4, 1].map((rows) => batcher.run([matrix().expand(rows, -1, -1)]));
    expect(batcher.load()).toEqual({ queuedRows: 5, queued: 2, running: 1 });
    await expect(batcher.run([matrix()])).rejects.toMatchObject({ code: 'QUEUE_FULL' });
    await Promise.all([first, ...waiting]);
    expect(batcher.load()).toEqual({ queuedRows: 0, queued: 0, running: 0 });
  });

  test('what was taken back, or is too late, does not run and leaves its place', async () => {
    const batcher = slow({ maxQueueRows: 2 });
    const first = batcher.run([matrix()]);
    while (batcher.load().queued > 0) await new Promise(setImmediate);
    const control = new AbortController();
    const taken = code(batcher.run([matrix()], { signal: control.signal }));
    const late = code(batcher.run([matrix()], { timeoutMs: 0 }));
    expect(batcher.load().queuedRows).toBe(2);
    control.abort(Object.assign(new Error('no more'), { code: 'MINE' }));
    // At once, whatever the threads do.
    expect(batcher.load().queuedRows).toBe(1);
    expect(await taken).toBe('MINE');
    const next = batcher.run([matrix()]);
    expect(await late).toBe('EXPIRED');
    await expect(batcher.run([matrix()], { signal: control.signal })).rejects.toThrow('no more');
    await Promise.all([first, next]);
  });

  test('requests of one turn to a quick model are answered, also where it is let go in that turn', async () => {
    const batcher = batcherOf(graphOf('aten::neg'), { instances: 2 });
    await batcher.run([torch.ones(2)]);
    const ask = (k: number): Promise<number> =>
      batcher.run([torch.full([2], k)]).then(({ outputs }) => outputs[0]!.sum().item() as number);
    expect(await Promise.all([1, 2, 3, 4].map(ask))).toEqual([-2, -4, -6, -8]);
    const last = Promise.all([1, 2, 3, 4].map(ask));
    batcher.dispose();
    expect(await last).toEqual([-2, -4, -6, -8]);
  });

  test('those of a higher priority go first', async () => {
    const batcher = slow();
    const order: number[] = [];
    const run = async (priority: number): Promise<void> => {
      await batcher.run([matrix()], { priority });
      order.push(priority);
    };
    const first = batcher.run([matrix()]);
    while (batcher.load().queued > 0) await new Promise(setImmediate);
    await Promise.all([first, ...[0, 5, -1, 5, 1].map(run)]);
    expect(order).toEqual([5, 5, 1, 0, -1]);
  });

  test('several run at the same time where there are several instances', async () => {
    const batcher = slow({ instances: 1 });
    batcher.scale(2);
    const all = [1, 2, 3, 4, 5, 6].map(() => batcher.run([matrix()]));
    let most = 0;
    while (batcher.load().queued > 0) {
      most = Math.max(most, batcher.load().running);
      await new Promise(setImmediate);
    }
    await Promise.all(all);
    expect(most).toBe(2);
  });

  test('what is there when it is disposed is answered', async () => {
    const batcher = slow();
    const all = [1, 2, 3].map(() => batcher.run([matrix()]));
    batcher.dispose();
    await Promise.all(all);
    await expect(batcher.run([matrix()])).rejects.toMatchObject({ code: 'DISPOSED' });
  });

  test('runs methods of TorchScript', async () => {
    const module = torch.jit.trace(
      (x: torch.Tensor, y: torch.Tensor) => [x.add(y), x.sub(y)],
      [torch.ones(1, 2), torch.ones(1, 2)],
    );
    const { binding } = await import('../../src/binding.js');
    const batcher = new Batcher(binding.jitMethod(module._alive, ''), { maxBatchRows: 2, maxQueueDelayMs: 60_000 });
    const results = await Promise.all([3, 5].map((k) => batcher.run([torch.full([1, 2], k), torch.ones(1, 2)])));
    expect(results.map(({ outputs }) => outputs.map((output) => output.tolist()))).toEqual([
      [[[4, 4]], [[2, 2]]],
      [[[6, 6]], [[4, 4]]],
    ]);
    batcher.dispose();
  });

  test('every request gets one answer, the right one, whatever is asked and taken back', async () => {
    const request = fc.record({
      rows: fc.integer({ min: 1, max: 5 }),
      columns: fc.integer({ min: 1, max: 2 }),
      priority: fc.integer({ min: -1, max: 1 }),
      fate: fc.constantFrom('run', 'run', 'run', 'abort', 'late', 'bad'),
      wait: fc.boolean(),
    });
    const options = fc.record({
      instances: fc.integer({ min: 1, max: 3 }),
      maxBatchRows: fc.integer({ min: 4, max: 9 }),
      maxQueueRows: fc.integer({ min: 6, max: 40 }),
      maxQueueDelayMs: fc.constantFrom(0, 0, 0.2),
      sizes: fc.constantFrom(undefined, [4], [1, 2, 4, 9]),
    });
    const graph = graphOf('aten::linalg_cholesky');
    const counts = new Map<string, number>();
    await fc.assert(
      fc.asyncProperty(options, fc.array(request, { maxLength: 60 }), async ({ sizes, ...rest }, requests) => {
        const batcher = new Batcher(graph._runnable, { ...rest, ...(sizes && { sizes, maxBatchRows: sizes.at(-1)! }) });
        const limit = sizes?.at(-1) ?? rest.maxBatchRows;
        const answers = requests.map(async ({ rows, columns, priority, fate, wait }, i) => {
          if (wait) await new Promise(setImmediate);
          const input = torch
            .eye(columns + 1)
            .mul((i + 1) ** 2)
            .expand(rows, -1, -1);
          const control = new AbortController();
          const given = fate === 'bad' ? input.neg() : input;
          const timeoutMs = fate === 'late' ? 0.05 : Infinity;
          const answer = batcher.run([given], { priority, timeoutMs, signal: control.signal });
          if (fate === 'abort') control.abort(Object.assign(new Error('taken back'), { code: 'CANCELLED' }));
          const outcome = await answer.then(
            ({ outputs }) => {
              expect(
                torch.allclose(
                  outputs[0]!,
                  torch
                    .eye(columns + 1)
                    .mul(i + 1)
                    .expand(rows, -1, -1),
                ),
              ).toBe(true);
              return 'OK';
            },
            (error: { code: string }) => error.code,
          );
          counts.set(outcome, (counts.get(outcome) ?? 0) + 1);
          const may = { run: ['OK'], abort: ['OK', 'CANCELLED'], late: ['OK', 'EXPIRED'], bad: ['LINALG'] }[fate];
          expect([...may!, 'QUEUE_FULL', ...(rows > limit ? ['INVALID_VALUE'] : [])]).toContain(outcome);
        });
        await Promise.all(answers);
        expect(batcher.load().queuedRows).toBe(0);
        batcher.dispose();
      }),
      { numRuns: 150 },
    );
    for (const outcome of ['OK', 'CANCELLED', 'EXPIRED', 'LINALG', 'QUEUE_FULL'])
      expect(counts.get(outcome)).toBeGreaterThan(0);
  });
});
