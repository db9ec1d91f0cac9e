import http from 'node:http';
import { once } from 'node:events';
import type { AddressInfo } from 'node:net';
import { describe, expect, test } from 'vitest';
import type { FlambeauError } from '../../../src/errors.js';
import * as torch from '../../../src/index.js';
import { datatypes } from '../../../src/serve/datatypes.js';
import { Client } from '../../../src/serve/index.js';
import { contextOf, double, echo, failing, servable, serving, slow } from '../grpc/server.js';

const caught = (promise: Promise<unknown>): Promise<FlambeauError> =>
  promise.then(
    () => Promise.reject(new Error('it did not fail')),
    (error: FlambeauError) => error,
  );

const two = servable('two', '1', ({ inputs: [x] }) => [
  { ...x!, name: 'a' },
  { ...x!, name: 'b', data: (x!.data as torch.Tensor).neg() },
]);

/** A server of HTTP that answers as it is told, and the requests that it saw. */
async function scripted(answer: (request: http.IncomingMessage, response: http.ServerResponse, body: Buffer) => void) {
  const requests: { path: string; headers: http.IncomingHttpHeaders; body: Buffer }[] = [];
  const server = http.createServer((request, response) => {
    const chunks: Buffer[] = [];
    request.on('data', (chunk: Buffer) => chunks.push(chunk));
    request.on('end', () => {
      const body = Buffer.concat(chunks);
      requests.push({ path: `${request.method} ${request.url}`, headers: request.headers, body });
      answer(request, response, body);
    });
  });
  await once(server.listen(0, '127.0.0.1'), 'listening');
  return {
    requests,
    url: `http://127.0.0.1:${(server.address() as AddressInfo).port}`,
    [Symbol.asyncDispose]: async () => {
      server.closeAllConnections();
      await new Promise((resolve) => server.close(resolve));
    },
  };
}

describe('Client', () => {
  test.each([
    [['ftp://a'], /argument 'url' must be an address like/],
    [['127.0.0.1:8080'], /argument 'url'/],
    [['http://a', { retries: -1 }], /argument 'retries' must be an integer from 0/],
    [['http://a', { timeoutMs: 0 }], /argument 'timeoutMs' must be a number above 0/],
    [['http://a', { retry: 1 }], /no option 'retry'; there are token/],
    [['http://a', { management: 'b' }], /argument 'management'/],
  ])('refuses %j', (args, message) => {
    expect(() => new Client(...(args as [string]))).toThrow(message);
  });

  test('refuses inputs that are no tensors, or that the protocol cannot hold', async () => {
    using client = new Client('http://127.0.0.1:1', { retries: 0 });
    const wrong = { x: [1, 2] } as unknown as Record<string, torch.Tensor>;
    await expect(client.predict('m', wrong)).rejects.toThrow("argument 'inputs['x']' must be Tensor, not array");
    const complex = { x: torch.zeros(1, { dtype: 'complex64' }) };
    await expect(client.predict('m', complex)).rejects.toThrow('no datatype of the protocol holds complex64');
  });

  test.each(['http', 'grpc'])('over %s, says that there is no server', async (protocol) => {
    using client = new Client(`${protocol}://127.0.0.1:1`, { retries: 1, timeoutMs: 5_000 });
    expect([await client.live(), await client.ready(), await client.ready('m')]).toEqual([false, false, false]);
    expect((await caught(client.predict('m', { x: torch.ones(1) }))).code).toBe('NOT_READY');
  });
});

describe('Client over gRPC', () => {
  const all = () => contextOf(double, echo, failing, slow, two);

  test.each(['UNKNOWN_MODEL', 'NOT_READY', 'CLOSED', 'FORBIDDEN', 'OUT_OF_MEMORY', 'TOO_LARGE', 'CONFLICT'])(
    'throws the error of the server: %s',
    async (code) => {
      await using server = await serving(all());
      using client = new Client(`grpc://${server.address}`, { retries: 0 });
      expect((await caught(client.predict('failing', {}, { parameters: { code } }))).code).toBe(code);
    },
  );

  test('asks for a name where a model gives several outputs', async () => {
    await using server = await serving(all());
    using client = new Client(`grpc://${server.address}`);
    await expect(client.predict('two', torch.ones(1))).rejects.toThrow("'two' gives 2 outputs");
  });

  test('makes one tensor of one, and tensors by name of tensors by name', async () => {
    await using server = await serving(all());
    using client = new Client(`grpc://${server.address}`);
    const x = torch.tensor([[1, 2, 3]]);
    expect((await client.predict('double', x.float())).tolist()).toEqual([[2, 4, 6]]);
    const { a, b } = await client.predict('two', { x });
    expect([a!.dtype, a!.tolist(), b!.tolist()]).toEqual(['int64', [[1, 2, 3]], [[-1, -2, -3]]]);
  });

  test.each(['float32', 'float64', 'float16', 'bfloat16', 'int8', 'int16', 'int64', 'uint8', 'bool'] as const)(
    'brings %s back as it was, views and empty tensors included',
    async (dtype) => {
      await using server = await serving(all());
      using client = new Client(`grpc://${server.address}`);
      const x = torch.arange(24).reshape(4, 6).remainder(2).to(dtype);
      const inputs = { whole: x, turned: x.t(), part: x.slice(1, 1, 5, 2), none: x.slice(0, 0, 0) };
      const outputs = await client.predict('echo', inputs);
      for (const [name, tensor] of Object.entries(inputs)) {
        expect([name, outputs[name]!.dtype, outputs[name]!.shape]).toEqual([name, dtype, tensor.shape]);
        expect(torch.equal(outputs[name]!, tensor)).toBe(true);
      }
    },
  );

  test('infer() takes and gives elements of BYTES', async () => {
    await using server = await serving(all());
    using client = new Client(`grpc://${server.address}`);
    const text = { name: 'x', datatype: 'BYTES' as const, shape: [2], data: [Buffer.from('é'), Buffer.alloc(0)] };
    expect(await client.infer('echo', [text])).toEqual([text]);
  });

  test('shows its token', async () => {
    const context = all();
    context.token = 'secret';
    await using server = await serving(context);
    using stranger = new Client(`grpc://${server.address}`);
    expect((await caught(stranger.predict('double', torch.ones(1)))).code).toBe('UNAUTHENTICATED');
    using client = new Client(`grpc://${server.address}`, { token: 'secret' });
    expect((await client.predict('double', torch.ones(1))).tolist()).toEqual([2]);
  });

  test('takes a request back when its signal says so, or its time is over', async () => {
    const context = all();
    await using server = await serving(context);
    using client = new Client(`grpc://${server.address}`);
    const controller = new AbortController();
    const asked = caught(client.predict('slow', {}, { signal: controller.signal }));
    await expect.poll(() => context.asked.length).toBe(1);
    controller.abort();
    expect((await asked).code).toBe('CANCELLED');
    expect((await caught(client.predict('slow', {}, { timeoutMs: 100 }))).code).toBe('EXPIRED');
    await expect.poll(() => context.outcomes.map(({ code }) => code)).toEqual(['CANCELLED', 'CANCELLED']);
  });

  test('tries again after failures that pass, not after others', async () => {
    let attempts = 0;
    const context = contextOf(
      servable('flaky', '1', async ({ inputs, parameters }) => {
        attempts += 1;
        if (attempts % 3 !== 0) await failing.infer({ inputs: [], parameters });
        return inputs;
      }),
    );
    await using server = await serving(context);
    using client = new Client(`grpc://${server.address}`);
    const x = torch.ones(1);
    await client.predict('flaky', { x }, { parameters: { code: 'NOT_READY' } });
    expect(attempts).toBe(3);
    expect((await caught(client.predict('flaky', { x }, { parameters: { code: 'INVALID_VALUE' } }))).code).toBe(
      'INVALID_VALUE',
    );
    expect(attempts).toBe(4);
    // The server asks for a second, which is more than there is.
    const busy = client.predict('flaky', { x }, { parameters: { code: 'QUEUE_FULL' }, timeoutMs: 500 });
    expect([(await caught(busy)).code, attempts]).toEqual(['QUEUE_FULL', 5]);
  });

  test('lists, loads and unloads models, and says what they take', async () => {
    const context = all();
    await using server = await serving(context, { manage: true });
    using client = new Client(`grpc://${server.address}`);
    expect(await client.metadata()).toMatchObject({ name: 'flambeau' });
    expect((await client.metadata('double')).inputs).toEqual([{ name: 'x', datatype: 'FP32', shape: [-1, 3] }]);
    await client.unload('double');
    expect([await client.ready(), await client.ready('double')]).toEqual([true, false]);
    expect(await client.models()).toContainEqual({
      name: 'double',
      version: '2',
      state: 'UNAVAILABLE',
      reason: 'unloaded',
    });
    await client.load('double', { version: '2', instances: 3 });
    expect(context.loads).toEqual([{ name: 'double', version: '2', instances: 3 }]);
    expect(await client.ready('double', { version: '2' })).toBe(true);
    expect((await caught(client.scale('double', 2))).code).toBe('UNSUPPORTED');
  });
});

describe('Client over HTTP', () => {
  /** Answers a request in the binary extension with its own tensors. */
  const mirror = (request: http.IncomingMessage, response: http.ServerResponse, body: Buffer): void => {
    const length = Number(request.headers['inference-header-content-length']);
    const { inputs } = JSON.parse(body.toString('utf8', 0, length)) as { inputs: object[] };
    const header = Buffer.from(JSON.stringify({ model_name: 'm', outputs: inputs }));
    response.setHeader('inference-header-content-length', header.length);
    response.end(Buffer.concat([header, body.subarray(length)]));
  };

  test.each([
    [400, { error: 'bad shape' }, 'INVALID_VALUE', 'bad shape'],
    [404, { code: 404, type: 'ModelNotFoundException', message: 'no m' }, 'UNKNOWN_MODEL', 'no m'],
    [413, {}, 'TOO_LARGE', 'the server answered 413'],
    [500, { error: 'internal' }, 'INTERNAL', 'internal'],
  ])('makes an error of status %i', async (status, body, code, message) => {
    await using server = await scripted((_request, response) => response.writeHead(status).end(JSON.stringify(body)));
    using client = new Client(server.url);
    expect(await caught(client.predict('m', { x: torch.ones(1) }))).toMatchObject({ code, message });
    expect(server.requests).toHaveLength(1);
  });

  test.each([
    ['no JSON', 'nonsense'],
    ['no outputs', '{}'],
    [
      'outputs without bytes',
      '{"outputs":[{"name":"y","datatype":"FP32","shape":[1],"parameters":{"binary_data_size":4}}]}',
    ],
    ['outputs of no datatype', '{"outputs":[{"name":"y","datatype":"FP31","shape":[1],"data":[1]}]}'],
    ['outputs without data', '{"outputs":[{"name":"y","datatype":"FP32","shape":[1]}]}'],
    ['too few elements', '{"outputs":[{"name":"y","datatype":"FP32","shape":[2],"data":[1]}]}'],
    ['too few strings', '{"outputs":[{"name":"y","datatype":"BYTES","shape":[2],"data":["a"]}]}'],
    ['numbers for strings', '{"outputs":[{"name":"y","datatype":"BYTES","shape":[1],"data":[1]}]}'],
    ['numbers that are too large', '{"outputs":[{"name":"y","datatype":"INT8","shape":[1],"data":[1000]}]}'],
    ['half numbers in JSON', '{"outputs":[{"name":"y","datatype":"FP16","shape":[1],"data":[1]}]}'],
  ])('an answer with %s is an error', async (_what, text) => {
    await using server = await scripted((_request, response) => response.end(text));
    using client = new Client(server.url);
    expect((await caught(client.predict('m', { x: torch.ones(1) }))).code).toBe('INTERNAL');
  });

  test('reads outputs in JSON, flat and nested, of every datatype that has such a form', async () => {
    const matrix = [
      [0, 1, 1],
      [1, 0, 1],
    ];
    const forms = Object.entries(datatypes).flatMap(([datatype, { dtype }]) => {
      if (dtype === undefined || datatype === 'FP16' || datatype === 'BF16') return [];
      const values = dtype === 'bool' ? matrix.map((row) => row.map((value) => value === 1)) : matrix;
      return [values, values.flat()].map((data) => ({ datatype, dtype, data }));
    });
    const output = (name: string, datatype: string, shape: number[], data: unknown) => ({
      name,
      datatype,
      shape,
      data,
    });
    const outputs = [
      ...forms.map(({ datatype, data }, i) => output(`y${i}`, datatype, [2, 3], data)),
      output('large', 'INT64', [1], [0]),
      output(
        'gaps',
        'FP32',
        [2, 2],
        [
          [1, null],
          [null, 2.5],
        ],
      ),
      output('none', 'FP64', [0, 2], []),
      output('text', 'BYTES', [2, 1], [['hé'], ['']]),
    ];
    const text = JSON.stringify({ model_name: 'm', outputs }).replace(
      '"shape":[1],"data":[0]',
      '"shape":[1],"data":[9007199254740993]',
    );
    const binary = Buffer.from(
      '{"outputs":[{"name":"a","datatype":"FP32","shape":[1],"data":[7]},{"name":"b","datatype":"INT16","shape":[1],"parameters":{"binary_data_size":2}}]}',
    );
    let mixed = false;
    await using server = await scripted((_request, response) => {
      if (mixed) response.setHeader('inference-header-content-length', binary.length);
      response.end(mixed ? Buffer.concat([binary, Buffer.from([5, 1])]) : text);
    });
    using client = new Client(server.url);
    const read = await client.infer('m', []);
    for (const [i, { dtype }] of forms.entries()) {
      const data = read[i]!.data as torch.Tensor;
      expect([data.dtype, data.shape]).toEqual([dtype, [2, 3]]);
      expect(data.to('int64').tolist()).toEqual(matrix);
    }
    const [large, gaps, none, words] = read.slice(forms.length).map(({ data }) => data);
    expect(String(large)).toBe('tensor([9007199254740993])');
    expect((gaps as torch.Tensor).tolist()).toEqual([
      [1, NaN],
      [NaN, 2.5],
    ]);
    expect((none as torch.Tensor).shape).toEqual([0, 2]);
    expect((words as Uint8Array[]).map((word) => Buffer.from(word).toString())).toEqual(['hé', '']);
    mixed = true;
    const [a, b] = await client.infer('m', []);
    expect([(a!.data as torch.Tensor).tolist(), (b!.data as torch.Tensor).tolist()]).toEqual([[7], [261]]);
  });

  test('sends tensors as bytes behind padded JSON, and reads them so', async () => {
    await using server = await scripted(mirror);
    using client = new Client(`${server.url}/behind/a/proxy/`, { token: 'secret' });
    const inputs = { x: torch.randn(3, 50), y: torch.arange(5).t(), text: torch.ones(2, { dtype: 'bfloat16' }) };
    const outputs = await client.predict('a/b', inputs, { version: '3', priority: 2, timeoutMs: 10_000 });
    for (const [name, tensor] of Object.entries(inputs)) expect(torch.equal(outputs[name]!, tensor)).toBe(true);
    const [{ path, headers, body }] = server.requests as [(typeof server.requests)[0]];
    expect(path).toBe('POST /behind/a/proxy/v2/models/a%2Fb/versions/3/infer');
    expect(headers.authorization).toBe('Bearer secret');
    const length = Number(headers['inference-header-content-length']);
    expect([length % 64, body.length]).toEqual([0, length + 3 * 50 * 4 + 5 * 8 + 2 * 2]);
    const { parameters } = JSON.parse(body.toString('utf8', 0, length)) as { parameters: Record<string, number> };
    expect(parameters).toMatchObject({ binary_data_output: true, priority: 2 });
    expect(parameters.timeout).toBeGreaterThan(0);
    expect(parameters.timeout).toBeLessThanOrEqual(10_000_000);
  });

  test('tries again after 503 and broken connections, when the server asks for it', async () => {
    const times: number[] = [];
    await using server = await scripted((request, response, body) => {
      times.push(performance.now());
      if (times.length === 1) return void request.socket.destroy();
      if (times.length === 2) return void response.writeHead(503, { 'retry-after': '1' }).end('{"error":"full"}');
      mirror(request, response, body);
    });
    using client = new Client(server.url);
    await client.predict('m', { x: torch.ones(1) });
    expect(times).toHaveLength(3);
    expect(times[2]! - times[1]!).toBeGreaterThan(990);
  });

  test('takes a request back when its signal says so, or its time is over', async () => {
    let gone = 0;
    await using server = await scripted((_request, response) => void response.on('close', () => (gone += 1)));
    using client = new Client(server.url);
    const controller = new AbortController();
    const asked = caught(client.predict('m', { x: torch.ones(1) }, { signal: controller.signal }));
    await expect.poll(() => server.requests.length).toBe(1);
    controller.abort();
    expect((await asked).code).toBe('CANCELLED');
    expect((await caught(client.predict('m', { x: torch.ones(1) }, { timeoutMs: 100 }))).code).toBe('EXPIRED');
    await expect.poll(() => gone).toBe(2);
  });

  test('manages models at the address of management', async () => {
    await using management = await scripted((_request, response) => response.end());
    using client = new Client('http://127.0.0.1:1', { management: management.url });
    await client.load('m');
    await client.load('m', { version: '2', instances: 3 });
    await client.unload('m');
    await client.unload('m', { version: '1' });
    await client.scale('m', 4, { version: '2' });
    expect(management.requests.map(({ path, body }) => [path, body.toString()])).toEqual([
      ['POST /v2/repository/models/m/load', '{}'],
      ['POST /models?url=m%2F2&initial_workers=3&synchronous=true', ''],
      ['POST /v2/repository/models/m/unload', '{}'],
      ['DELETE /models/m/1', ''],
      ['PUT /models/m/2?min_worker=4&synchronous=true', ''],
    ]);
  });
});
