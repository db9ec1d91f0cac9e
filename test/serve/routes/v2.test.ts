import { execFile } from 'node:child_process';
import { promisify } from 'node:util';
import { deflateRawSync, deflateSync, gzipSync } from 'node:zlib';
import { describe, expect, test } from 'vitest';
import type { Json } from '../models.js';
import * as torch from '../../../src/index.js';
import { FlambeauError } from '../../../src/errors.js';
import { datatypes, type Datatype } from '../../../src/serve/datatypes.js';
import { echo, pair, servable, withServer } from '../models.js';

const names = Object.keys(datatypes) as Datatype[];
const models = [...names.map((name) => echo(name)), pair];
const post = (url: string, body: unknown, headers: Record<string, string> = {}): Promise<Response> =>
  fetch(url, { method: 'POST', body: body instanceof Uint8Array ? body : JSON.stringify(body), headers });
const binary = (head: object, ...tensors: Buffer[]): [Buffer, Record<string, string>] => {
  const json = Buffer.from(JSON.stringify(head));
  return [Buffer.concat([json, ...tensors]), { 'inference-header-content-length': String(json.length) }];
};
const split = async (answer: Response): Promise<{ head: Json; tail: Buffer }> => {
  const bytes = Buffer.from(await answer.arrayBuffer());
  const length = Number(answer.headers.get('inference-header-content-length'));
  return { head: JSON.parse(bytes.toString('utf8', 0, length)), tail: bytes.subarray(length) };
};
const x = (shape: number[], data?: unknown, datatype = 'FP32'): object => ({ name: 'x', datatype, shape, data });

describe('/v2 infer', () => {
  test.each([
    ['no JSON', Buffer.from('{'), {}, 'end'],
    ['no inputs', { inputs: [] }, {}, 'inputs'],
    ['a name twice', { inputs: [x([1], [1]), x([1], [1])] }, {}, "input 'x' is given twice"],
    ['no data', { inputs: [x([1])] }, {}, 'has no data'],
    ['a datatype that is none', { inputs: [x([1], [1], 'FP31')] }, {}, 'inputs[0].datatype'],
    ['a negative size', { inputs: [x([-1], [1])] }, {}, 'inputs[0].shape[0]'],
    ['too few numbers', { inputs: [x([3], [1])] }, {}, '3'],
    ['a string', { inputs: [x([1], ['1'])] }, {}, 'element'],
    ['FP16 in JSON', { inputs: [x([1], [1], 'FP16')] }, {}, 'FP16 has no form in JSON'],
    ['an unknown output', { inputs: [x([1], [1])], outputs: [{ name: 'z' }] }, {}, "no output 'z'"],
    ['an unknown input', { inputs: [{ ...x([1], [1]), name: 'q' }] }, {}, "input 'x' is missing"],
    ['nested parameters', { inputs: [x([1], [1])], parameters: { a: {} } }, {}, 'parameters.a'],
    ['shared memory', { inputs: [{ ...x([1]), parameters: { shared_memory_region: 'r' } }] }, {}, 'shared memory'],
    ['a timeout of text', { inputs: [x([1], [1])], parameters: { timeout: 'soon' } }, {}, 'microseconds'],
    ['a header length of text', Buffer.from('{}'), { 'inference-header-content-length': 'x' }, 'number of bytes'],
    ['a header length beyond the body', Buffer.from('{}'), { 'inference-header-content-length': '9' }, 'has 2 bytes'],
    [
      'bytes that are missing',
      ...binary({ inputs: [{ ...x([1]), parameters: { binary_data_size: 4 } }] }),
      '0 are left',
    ],
    [
      'bytes too many',
      ...binary({ inputs: [{ ...x([1]), parameters: { binary_data_size: 4 } }] }, Buffer.alloc(5)),
      '1 bytes more',
    ],
    [
      'bytes of another shape',
      ...binary({ inputs: [{ ...x([2]), parameters: { binary_data_size: 4 } }] }, Buffer.alloc(4)),
      'has 8 bytes, not 4',
    ],
    ['a wrong timeout', { inputs: [x([1], [1])] }, { 'x-request-timeout-ms': '-1' }, 'milliseconds'],
  ] as [string, unknown, Record<string, string>, string][])(
    'refuses %s with 400',
    async (_what, body, headers, text) => {
      await withServer(models, async (url) => {
        const answer = await post(`${url}/v2/models/echo_FP32/infer`, body, headers);
        expect(await answer.json()).toEqual({ error: expect.stringContaining(text) as string });
        expect(answer.status).toBe(400);
        expect(answer.headers.get('x-request-id')).toMatch(/.{36}/);
      });
    },
  );

  test('says nothing of an error inside, but its request id', async () => {
    const seen: unknown[] = [];
    const broken = servable('broken', [], [], () => Promise.reject(new Error('/secret/path')));
    await withServer(
      [broken, echo('FP32')],
      async (url) => {
        const sent = { inputs: [x([1], [1])] };
        const answer = await post(`${url}/v2/models/broken/infer`, sent, { 'x-request-id': 'abc-1' });
        expect(answer.status).toBe(500);
        expect(await answer.text()).toMatch(/^\{"error":"an error inside.*abc-1"\}$/);
      },
      { record: ({ error }) => seen.push((error as Error)?.message) },
    );
    expect(seen).toEqual(['/secret/path']);
  });

  test.each([
    ['QUEUE_FULL', 503, '1'],
    ['EXPIRED', 504, null],
    ['RATE_LIMITED', 429, '1'],
    ['OUT_OF_MEMORY', 507, null],
  ] as const)('answers %s with %i', async (code, status, retry) => {
    const model = servable('full', [], [], () => Promise.reject(new FlambeauError(code, 'no')));
    await withServer([model], async (url) => {
      const answer = await post(`${url}/v2/models/full/infer`, { inputs: [x([1], [1])] });
      expect([answer.status, answer.headers.get('retry-after'), answer.headers.get('x-error-code')]).toEqual([
        status,
        retry,
        code,
      ]);
    });
  });

  test('takes numbers flat and nested, and gives id, model and version back', async () => {
    await withServer(models, async (url) => {
      const sent = {
        id: 'seven',
        inputs: [
          { name: 'a', datatype: 'FP32', shape: [2, 2], data: [1, 2, 3, 4] },
          {
            name: 'b',
            datatype: 'FP32',
            shape: [2, 2],
            data: [
              [10, 20],
              [30, 40],
            ],
          },
        ],
      };
      const answer = await post(`${url}/v2/models/pair/versions/1/infer`, sent);
      expect(await answer.json()).toEqual({
        model_name: 'pair',
        model_version: '1',
        id: 'seven',
        outputs: [
          { name: 'sum', datatype: 'FP32', shape: [2, 2], data: [11, 22, 33, 44] },
          { name: 'product', datatype: 'FP32', shape: [2, 2], data: [10, 40, 90, 160] },
        ],
      });
      const one = await post(`${url}/v2/models/pair/infer`, { ...sent, outputs: [{ name: 'product' }] });
      expect(((await one.json()) as Json).outputs.map((output: Json) => output.name)).toEqual(['product']);
    });
  });

  test.each(names)('gives %s back as it came: JSON, binary and mixed', async (datatype) => {
    await withServer(models, async (url) => {
      const path = `${url}/v2/models/echo_${datatype}/infer`;
      const element = Buffer.from('aé');
      const bytes =
        datatype === 'BYTES'
          ? Buffer.concat([Buffer.from([3, 0, 0, 0]), element, Buffer.from([0, 0, 0, 0])])
          : Buffer.from(new Uint8Array(2 * datatypes[datatype].size).fill(1));
      const parameters = { binary_data_size: bytes.length };
      const asked = { outputs: [{ name: 'y', parameters: { binary_data: true } }] };
      const answer = await post(
        path,
        ...binary({ inputs: [{ ...x([2], undefined, datatype), parameters }], ...asked }, bytes),
      );
      expect(answer.headers.get('content-type')).toBe('application/octet-stream');
      const { head, tail } = await split(answer);
      expect(head.outputs).toEqual([{ name: 'y', datatype, shape: [2], parameters }]);
      expect(tail).toEqual(bytes);

      const data = datatype === 'BYTES' ? ['aé', ''] : datatype === 'BOOL' ? [true, false] : [1, 0];
      const plain = { inputs: [x([2], data, datatype)] };
      const json = await post(path, plain);
      const halves = datatype === 'FP16' || datatype === 'BF16';
      expect(json.status).toBe(halves ? 400 : 200);
      if (halves) return;
      expect(((await json.json()) as Json).outputs[0].data).toEqual(data);
      const mixed = await split(await post(path, { ...plain, parameters: { binary_data_output: true } }));
      expect(mixed.tail.length).toBe(datatype === 'BYTES' ? 11 : 2 * datatypes[datatype].size);
    });
  });

  test('takes a raw body as the one input, and answers in binary', async () => {
    await withServer(models, async (url) => {
      const sent = Buffer.from(new Float32Array([1, 2, 3]).buffer);
      const answer = await post(`${url}/v2/models/echo_FP32/infer`, sent, { 'inference-header-content-length': '0' });
      const { head, tail } = await split(answer);
      expect([head.outputs[0].shape, tail]).toEqual([[3], sent]);
      const two = await post(`${url}/v2/models/pair/infer`, sent, { 'inference-header-content-length': '0' });
      expect(two.status).toBe(400);
      const uneven = sent.subarray(1);
      const other = await post(`${url}/v2/models/echo_FP32/infer`, uneven, { 'inference-header-content-length': '0' });
      expect(other.status).toBe(400);
    });
  });

  test('takes large tensors through curl, wherever their bytes begin', async () => {
    await withServer(models, async (url) => {
      const values = torch.arange(100_000).to('float32');
      const bytes = Buffer.from((values.toTypedArray() as Float32Array).buffer);
      for (const id of ['', 'a', 'bb', 'ccc']) {
        const parameters = { binary_data_size: bytes.length };
        const head = { id, inputs: [{ ...x([100_000]), parameters }], parameters: { binary_data_output: true } };
        const [body, headers] = binary(head, bytes);
        const run = promisify(execFile)(
          'curl',
          [
            '-sS',
            '--data-binary',
            '@-',
            '-H',
            `Inference-Header-Content-Length: ${headers['inference-header-content-length']}`,
            `${url}/v2/models/echo_FP32/infer`,
          ],
          { encoding: 'buffer', maxBuffer: 1 << 30 },
        );
        run.child.stdin!.end(body);
        const { stdout } = await run;
        expect(stdout.subarray(-bytes.length).equals(bytes)).toBe(true);
      }
    });
  });

  test.each([
    ['gzip', gzipSync],
    ['deflate', deflateSync],
    ['deflate', deflateRawSync],
  ] as const)('inflates %s within the limit', async (encoding, pack) => {
    const http = { limits: { maxBodyBytes: 10_000 } };
    await withServer(
      models,
      async (url) => {
        const path = `${url}/v2/models/echo_FP32/infer`;
        const body = pack(JSON.stringify({ inputs: [x([2], [1, 2])] }));
        const answer = await post(path, body, { 'content-encoding': encoding });
        expect(((await answer.json()) as Json).outputs[0].data).toEqual([1, 2]);
        const bomb = await post(path, pack(Buffer.alloc(1 << 20)), { 'content-encoding': encoding });
        expect([bomb.status, await bomb.json()]).toEqual([413, { error: 'a body may have 10000 bytes' }]);
        const junk = await post(path, Buffer.from('not packed'), { 'content-encoding': 'gzip' });
        expect(junk.status).toBe(400);
        const other = await post(path, body, { 'content-encoding': 'br' });
        expect(other.status).toBe(415);
      },
      { http },
    );
  });

  test('hands deadline, priority, parameters and the signal on', async () => {
    const seen: Json[] = [];
    const model = servable('seen', [], [], (_inputs, request) => {
      seen.push({ ...request, left: request.deadline! - performance.now() });
      return [];
    });
    await withServer([model], async (url) => {
      const parameters = { timeout: 5_000_000, priority: 3, color: 'red' };
      const sent = { inputs: [x([1], [1])], parameters };
      await post(`${url}/v2/models/seen/infer`, sent, { 'x-request-timeout-ms': '60000', 'grpc-timeout': '1M' });
      expect(seen[0]).toMatchObject({ priority: 3, parameters });
      expect(seen[0].left).toBeGreaterThan(0);
      expect(seen[0].left).toBeLessThanOrEqual(5000);
      const late = await post(`${url}/v2/models/seen/infer`, sent, { 'x-request-timeout-ms': '0' });
      expect([late.status, seen.length]).toEqual([504, 1]);
    });
  });

  test('aborts what it runs when the client goes away', async () => {
    let began = (): void => undefined;
    const started = new Promise<void>((resolve) => (began = resolve));
    let ended: (reason: unknown) => void;
    const aborted = new Promise((resolve) => (ended = resolve));
    const model = servable('slow', [], [], async (_inputs, { signal }) => {
      began();
      await new Promise((resolve) => signal!.addEventListener('abort', resolve));
      ended((signal!.reason as FlambeauError).code);
      throw signal!.reason;
    });
    await withServer([model], async (url) => {
      const controller = new AbortController();
      const body = JSON.stringify({ inputs: [x([1], [1])] });
      const answer = fetch(`${url}/v2/models/slow/infer`, { method: 'POST', body, signal: controller.signal });
      await started;
      controller.abort();
      await expect(answer).rejects.toThrow();
      expect(await aborted).toBe('CANCELLED');
    });
  });
});

describe('/v2', () => {
  test('tells of health, the server and its models as the clients of Triton and KServe read it', async () => {
    await withServer(models, async (url) => {
      const get = async (path: string): Promise<[number, Json]> => {
        const answer = await fetch(url + path);
        return [answer.status, await answer.json()];
      };
      expect(await get('/v2/health/live')).toEqual([200, { live: true }]);
      expect(await get('/v2/health/ready')).toEqual([200, { live: true, ready: true }]);
      expect(await get('/v2/models/pair/ready')).toEqual([200, { name: 'pair', ready: true }]);
      expect((await get('/v2/models/none/ready'))[0]).toBe(404);
      expect((await get('/v2/models/pair/versions/9/ready'))[0]).toBe(404);
      for (const path of ['/v2', '/v2/'])
        expect(await get(path)).toEqual([
          200,
          {
            name: 'flambeau',
            version: expect.any(String) as string,
            extensions: expect.arrayContaining(['binary_tensor_data']) as string[],
          },
        ]);
      expect(await get('/v2/models/pair')).toEqual([
        200,
        {
          name: 'pair',
          versions: ['1'],
          platform: 'flambeau_handler',
          inputs: pair.info.inputs,
          outputs: pair.info.outputs,
        },
      ]);
    });
  });

  test('counts what each model did', async () => {
    await withServer(models, async (url) => {
      await (await post(`${url}/v2/models/echo_FP32/infer`, { inputs: [x([1], [1])] })).text();
      await (await post(`${url}/v2/models/echo_FP32/infer`, { inputs: [x([2], [1])] })).text();
      const answer = (await (await fetch(`${url}/v2/models/echo_FP32/stats`)).json()) as Json;
      expect(answer.model_stats).toMatchObject([
        {
          name: 'echo_FP32',
          version: '1',
          inference_count: 1,
          execution_count: 1,
          inference_stats: { success: { count: 1 }, fail: { count: 1 }, queue: { count: 1, ns: 1e6 } },
          batch_stats: [{ batch_size: 1, compute_infer: { count: 1, ns: 2e6 } }],
        },
      ]);
    });
  });
});
