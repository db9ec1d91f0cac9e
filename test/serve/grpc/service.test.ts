import { status, type ServiceError } from '@grpc/grpc-js';
import { describe, expect, test } from 'vitest';
import { contextOf, double, echo, failing, serving, slow } from './server.js';
import { call, floats, stock, type Stock } from './stock.js';

interface Answer {
  model_name: string;
  model_version: string;
  id: string;
  outputs: { name: string; datatype: string; shape: string[] }[];
  raw_output_contents: Buffer[];
}

const input = (datatype: string, shape: number[], contents?: object) => ({ name: 'x', datatype, shape, contents });

async function withServer(
  run: (client: Stock, context: ReturnType<typeof contextOf>, address: string) => Promise<void>,
  options: Parameters<typeof serving>[1] = {},
): Promise<void> {
  const context = contextOf(double, echo, failing, slow);
  await using server = await serving(context, options);
  const client = stock(server.address);
  try {
    await run(client, context, server.address);
  } finally {
    client.close();
  }
}

const failure = (promise: Promise<unknown>): Promise<ServiceError> =>
  promise.then(
    () => Promise.reject(new Error('it did not fail')),
    (error: ServiceError) => error,
  );

describe('ModelInfer', () => {
  test.each([
    [
      'raw contents of too few bytes',
      { inputs: [input('FP32', [2])], raw_input_contents: [floats(1)] },
      /'x'.*8 bytes, not 4/,
    ],
    [
      'more raw contents than inputs',
      { inputs: [input('FP32', [1])], raw_input_contents: [floats(1), floats(1)] },
      /raw contents of 2/,
    ],
    [
      'raw and typed contents',
      { inputs: [input('FP32', [1], { fp32_contents: [1] })], raw_input_contents: [floats(1)] },
      /one excludes the other/,
    ],
    [
      'contents of another datatype',
      { inputs: [input('FP32', [1], { int_contents: [1] })] },
      /'fp32_contents', not in 'int_contents'/,
    ],
    ['too few typed contents', { inputs: [input('FP32', [3], { fp32_contents: [1] })] }, /3 elements, not 1/],
    ['an element that the datatype does not hold', { inputs: [input('INT8', [1], { int_contents: [300] })] }, /300/],
    ['typed contents of FP16', { inputs: [input('FP16', [1], { fp32_contents: [1] })] }, /raw contents only/],
    ['an unknown datatype', { inputs: [input('FP31', [1])] }, /'FP31', not one of BOOL/],
    ['a negative size', { inputs: [input('FP32', [-1])], raw_input_contents: [floats(1)] }, /no tensor has/],
    [
      'more elements than can be counted',
      { inputs: [input('FP32', [2 ** 40, 2 ** 40])], raw_input_contents: [floats(1)] },
      /no tensor has/,
    ],
    [
      'elements of BYTES beyond the end',
      { inputs: [input('BYTES', [1])], raw_input_contents: [Buffer.from([9, 0, 0, 0, 1])] },
      /ends after/,
    ],
    [
      'a timeout that is no number',
      { inputs: [], parameters: { timeout: { string_param: 'soon' } } },
      /'timeout' must be a number/,
    ],
  ])('refuses %s', async (_what, request, message) => {
    await withServer(async (client, context) => {
      const error = await failure(call(client, 'ModelInfer', { model_name: 'echo', ...request }));
      expect([error.code, error.details]).toEqual([status.INVALID_ARGUMENT, expect.stringMatching(message)]);
      expect(context.outcomes).toMatchObject([{ code: 'INVALID_VALUE', model: 'echo', caller: { protocol: 'grpc' } }]);
    });
  });

  test.each([
    ['QUEUE_FULL', status.RESOURCE_EXHAUSTED],
    ['RATE_LIMITED', status.RESOURCE_EXHAUSTED],
    ['NOT_READY', status.UNAVAILABLE],
    ['CLOSED', status.UNAVAILABLE],
    ['EXPIRED', status.DEADLINE_EXCEEDED],
    ['CANCELLED', status.CANCELLED],
    ['FORBIDDEN', status.PERMISSION_DENIED],
    ['UNAUTHENTICATED', status.UNAUTHENTICATED],
    ['UNKNOWN_MODEL', status.NOT_FOUND],
    ['OUT_OF_MEMORY', status.RESOURCE_EXHAUSTED],
    ['INVALID_ARGUMENT', status.INVALID_ARGUMENT],
  ])('answers %s with its status and its code', async (code, expected) => {
    await withServer(async (client) => {
      const parameters = { code: { string_param: code } };
      const error = await failure(call(client, 'ModelInfer', { model_name: 'failing', parameters }));
      expect(error.code).toBe(expected);
      expect(error.metadata.get('x-error-code')).toEqual([code]);
      const again = code === 'QUEUE_FULL' || code === 'RATE_LIMITED';
      expect(error.metadata.get('grpc-retry-pushback-ms')).toEqual(again ? ['1000'] : []);
    });
  });

  test('tells nobody what a model threw, but for the id of the request', async () => {
    await withServer(async (client) => {
      const request = { model_name: 'failing', parameters: { code: { string_param: 'bug' } } };
      const error = await failure(call(client, 'ModelInfer', request, { metadata: { 'x-request-id': 'abc-1' } }));
      expect([error.code, error.details]).toEqual([status.INTERNAL, 'internal error; the request id is abc-1']);
    });
  });

  test('answers raw tensors with raw tensors, under the id of the request', async () => {
    await withServer(async (client, context) => {
      const answer = await call<Answer>(client, 'ModelInfer', {
        model_name: 'double',
        id: 'seven',
        inputs: [input('FP32', [2, 2])],
        raw_input_contents: [floats(1, 2, 3, 4)],
      });
      expect(answer).toMatchObject({ model_name: 'double', model_version: '2', id: 'seven' });
      expect(answer.outputs).toMatchObject([{ name: 'y', datatype: 'FP32', shape: ['2', '2'] }]);
      expect(answer.raw_output_contents).toEqual([floats(2, 4, 6, 8)]);
      expect(context.outcomes).toMatchObject([
        {
          code: 'OK',
          route: 'inference.GRPCInferenceService/ModelInfer',
          verb: 'infer',
          model: 'double',
          version: '2',
        },
      ]);
      expect(context.outcomes[0]!.caller.remote).toBe('127.0.0.1');
    });
  });

  test.each([
    ['BOOL', { bool_contents: [true, false] }, [1, 0]],
    ['INT8', { int_contents: [-1, 2] }, [255, 2]],
    ['INT16', { int_contents: [-1, 2] }, [255, 255, 2, 0]],
    ['INT32', { int_contents: [-1, 2] }, [255, 255, 255, 255, 2, 0, 0, 0]],
    ['INT64', { int64_contents: ['-9223372036854775808', 2] }, [0, 0, 0, 0, 0, 0, 0, 128, 2, 0, 0, 0, 0, 0, 0, 0]],
    ['UINT8', { uint_contents: [255, 2] }, [255, 2]],
    ['UINT16', { uint_contents: [65535, 2] }, [255, 255, 2, 0]],
    ['UINT32', { uint_contents: [4294967295, 2] }, [255, 255, 255, 255, 2, 0, 0, 0]],
    [
      'UINT64',
      { uint64_contents: ['18446744073709551615', 2] },
      [255, 255, 255, 255, 255, 255, 255, 255, 2, 0, 0, 0, 0, 0, 0, 0],
    ],
    ['FP32', { fp32_contents: [1, 2] }, [...floats(1, 2)]],
    ['FP64', { fp64_contents: [1, 2] }, [...Buffer.from(Float64Array.of(1, 2).buffer)]],
    ['BYTES', { bytes_contents: [Buffer.from('a'), Buffer.from('')] }, [1, 0, 0, 0, 97, 0, 0, 0, 0]],
  ])('takes typed contents of %s, and raw ones of the same bytes', async (datatype, contents, bytes) => {
    await withServer(async (client) => {
      const typed = await call<Answer>(client, 'ModelInfer', {
        model_name: 'echo',
        inputs: [input(datatype, [2], contents)],
      });
      expect([...typed.raw_output_contents[0]!]).toEqual(bytes);
      const raw = await call<Answer>(client, 'ModelInfer', {
        model_name: 'echo',
        inputs: [input(datatype, [2])],
        raw_input_contents: [Buffer.from(bytes)],
      });
      expect(raw).toEqual(typed);
    });
  });

  test('gives the outputs that are asked for, and several of any length', async () => {
    await withServer(async (client) => {
      const lengths = [0, 1, 127, 128, 20_000, 2_200_000];
      const inputs = lengths.map((length) => ({ name: `x${length}`, datatype: 'UINT8', shape: [length] }));
      const raw_input_contents = lengths.map((length) => Buffer.alloc(length, length % 251));
      const all = await call<Answer>(client, 'ModelInfer', { model_name: 'echo', inputs, raw_input_contents });
      expect(all.raw_output_contents.map((bytes, i) => bytes.equals(raw_input_contents[i]!))).toEqual(
        lengths.map(() => true),
      );
      const outputs = [{ name: 'x127' }];
      const one = await call<Answer>(client, 'ModelInfer', { model_name: 'echo', inputs, raw_input_contents, outputs });
      expect(one.outputs.map(({ name }) => name)).toEqual(['x127']);
    });
  });

  test('a call that is taken back, or whose deadline passes, takes its request back', async () => {
    await withServer(async (client, context) => {
      const error = await failure(call(client, 'ModelInfer', { model_name: 'slow' }, { deadline: Date.now() + 200 }));
      expect(error.code).toBe(status.DEADLINE_EXCEEDED);
      await expect.poll(() => context.outcomes).toMatchObject([{ code: 'CANCELLED', model: 'slow' }]);
    });
  });

  test('the deadline of a call and the parameter timeout reach the model, the earlier of both', async () => {
    const seen: (number | undefined)[] = [];
    const context = contextOf({
      ...echo,
      infer: (request) => {
        seen.push(request.deadline === undefined ? undefined : request.deadline - performance.now());
        return echo.infer(request);
      },
    });
    await using server = await serving(context);
    const client = stock(server.address);
    const parameters = { timeout: { int64_param: 5_000_000 }, priority: { int64_param: 3 } };
    await call(client, 'ModelInfer', { model_name: 'echo' });
    await call(client, 'ModelInfer', { model_name: 'echo' }, { deadline: Date.now() + 60_000 });
    await call(client, 'ModelInfer', { model_name: 'echo', parameters }, { deadline: Date.now() + 60_000 });
    client.close();
    expect(seen[0]).toBeUndefined();
    expect(seen[1]).toBeGreaterThan(5_000);
    expect(seen[1]).toBeLessThanOrEqual(61_000);
    expect(seen[2]).toBeLessThanOrEqual(5_000);
  });

  test('a message that is too large is refused', async () => {
    await withServer(
      async (client) => {
        const request = {
          model_name: 'echo',
          inputs: [input('UINT8', [4096])],
          raw_input_contents: [Buffer.alloc(4096)],
        };
        expect((await failure(call(client, 'ModelInfer', request))).code).toBe(status.RESOURCE_EXHAUSTED);
      },
      { maxReceiveBytes: 2048 },
    );
  });
});

describe('ModelStreamInfer', () => {
  test('has an answer for each request, in their order, and goes on after one that is wrong', async () => {
    await withServer(async (client) => {
      const stream = client.ModelStreamInfer!() as NodeJS.ReadWriteStream & {
        write(message: object): boolean;
        end(): void;
      };
      const answers: { error_message: string; infer_response: Answer }[] = [];
      const ended = new Promise<void>((resolve, reject) => {
        stream.on('data', (answer) => answers.push(answer));
        stream.on('end', resolve);
        stream.on('error', reject);
      });
      for (let i = 0; i < 100; i++) {
        stream.write({
          model_name: i === 50 ? 'nobody' : 'double',
          id: `${i}`,
          inputs: [input('FP32', [1])],
          raw_input_contents: [floats(i)],
        });
      }
      stream.end();
      await ended;
      expect(answers.map(({ infer_response }) => infer_response.id)).toEqual(
        Array.from({ length: 100 }, (_, i) => `${i}`),
      );
      expect(answers[50]!.error_message).toContain("no model 'nobody'");
      expect(answers[51]!.error_message).toBe('');
      expect(answers[51]!.infer_response.raw_output_contents).toEqual([floats(102)]);
    });
  });
});

describe('the other methods', () => {
  test('ask for permission, but for probes', async () => {
    await withServer(async (client, context) => {
      context.token = 'secret';
      expect(await call(client, 'ServerLive', {})).toEqual({ live: true });
      expect(await call(client, 'ServerReady', {})).toEqual({ ready: true });
      expect(await call(client, 'ModelReady', { name: 'echo' })).toEqual({ ready: true });
      for (const method of ['ServerMetadata', 'ModelMetadata', 'ModelInfer', 'RepositoryIndex', 'RepositoryModelLoad'])
        expect([method, (await failure(call(client, method, {}))).code]).toEqual([method, status.UNAUTHENTICATED]);
      const metadata = { authorization: 'Bearer secret' };
      expect(await call(client, 'ServerMetadata', {}, { metadata })).toMatchObject({ name: 'flambeau' });
    });
  });

  test('ServerReady and ModelReady follow the state of the server', async () => {
    await withServer(async (client, context) => {
      expect(await call(client, 'ModelReady', { name: 'echo', version: '7' })).toEqual({ ready: false });
      expect(await call(client, 'ModelReady', { name: 'nobody' })).toEqual({ ready: false });
      context.stage = 'draining';
      expect(await call(client, 'ServerReady', {})).toEqual({ ready: false });
      expect(await call(client, 'ModelReady', { name: 'echo' })).toEqual({ ready: false });
      expect(await call(client, 'ServerLive', {})).toEqual({ live: true });
    });
  });

  test('ModelMetadata says what a model takes and gives', async () => {
    await withServer(async (client) => {
      expect(await call(client, 'ModelMetadata', { name: 'double' })).toEqual({
        name: 'double',
        versions: ['2'],
        platform: 'flambeau_handler',
        inputs: [{ name: 'x', datatype: 'FP32', shape: ['-1', '3'] }],
        outputs: [{ name: 'y', datatype: 'FP32', shape: ['-1', '3'] }],
      });
      expect((await failure(call(client, 'ModelMetadata', { name: 'nobody' }))).code).toBe(status.NOT_FOUND);
    });
  });

  test('models are loaded and unloaded only where that was asked for', async () => {
    await withServer(async (client) => {
      const error = await failure(call(client, 'RepositoryModelUnload', { model_name: 'echo' }));
      expect(error.code).toBe(status.PERMISSION_DENIED);
    });
    await withServer(
      async (client, context) => {
        const index = (request: object) => call<{ models: object[] }>(client, 'RepositoryIndex', request);
        await call(client, 'RepositoryModelUnload', { model_name: 'echo' });
        expect((await index({})).models).toContainEqual({
          name: 'echo',
          version: '1',
          state: 'UNAVAILABLE',
          reason: 'unloaded',
        });
        expect((await index({ ready: true })).models).toHaveLength(3);
        const unready = await failure(call(client, 'ModelInfer', { model_name: 'echo' }));
        expect(unready.code).toBe(status.UNAVAILABLE);
        const parameters = { version: { string_param: '1' }, instances: { int64_param: 2 } };
        await call(client, 'RepositoryModelLoad', { model_name: 'echo', parameters });
        expect(context.loads).toEqual([{ name: 'echo', version: '1', instances: 2 }]);
        expect(await call(client, 'ModelReady', { name: 'echo' })).toEqual({ ready: true });
        const misspelt = { model_name: 'echo', parameters: { versoin: { string_param: '1' } } };
        expect((await failure(call(client, 'RepositoryModelLoad', misspelt))).details).toContain(
          "no parameter 'versoin'",
        );
      },
      { manage: true },
    );
  });

  test('ModelStatistics shows what the server counted', async () => {
    const counted = {
      name: 'echo',
      version: '1',
      inference_count: 3,
      inference_stats: { success: { count: 3, ns: 12 } },
    };
    await withServer(
      async (client) => {
        const answer = await call<{ model_stats: object[] }>(client, 'ModelStatistics', { name: 'echo' });
        expect(answer.model_stats).toMatchObject([
          { name: 'echo', inference_count: '3', inference_stats: { success: { count: '3', ns: '12' } } },
        ]);
      },
      { statistics: () => [counted] },
    );
    await withServer(async (client) => {
      expect((await failure(call(client, 'ModelStatistics', {}))).code).toBe(status.UNIMPLEMENTED);
    });
  });
});
