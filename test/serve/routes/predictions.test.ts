import { describe, expect, test } from 'vitest';
import * as torch from '../../../src/index.js';
import { HandlerServable } from '../../../src/serve/models/handler.js';
import { servableOf } from '../../../src/serve/models/load.js';
import { echo, pair, servable, withServer } from '../models.js';

const vector = echo('FP32', [-1, 2]);
const text = servable(
  'text',
  [{ name: 'body', datatype: 'BYTES', shape: [1] }],
  [{ name: 'y', datatype: 'BYTES', shape: [1] }],
  ([body], { parameters }) => [[Buffer.from(`${(body!.data as Uint8Array[])[0]!}${parameters?.url_path ?? ''}`)]],
);
const models = [vector, pair, text];
const send = (url: string, body: BodyInit, type?: string, method = 'POST'): Promise<Response> =>
  fetch(url, { method, body, headers: type === undefined ? {} : { 'content-type': type } });

describe('/predictions', () => {
  test.each([
    ['an unknown model', 'none', '[[1, 2]]', 'application/json', 404, 'ModelNotFoundException'],
    ['ragged arrays', 'echo_FP32', '[[1, 2], [3]]', 'application/json', 400, 'BadRequestException'],
    ['an array without end', 'echo_FP32', '[[1, 2], [3', 'application/json', 400, 'BadRequestException'],
    ['more than an array', 'echo_FP32', '[[1, 2]]}]} {', 'application/json', 400, 'BadRequestException'],
    ['an array for two inputs', 'pair', '[[1, 2]]', 'application/json', 400, 'BadRequestException'],
    ['uneven bytes', 'echo_FP32', 'abc', 'application/octet-stream', 400, 'BadRequestException'],
    ['a form that is none', 'pair', 'abc', 'multipart/form-data; boundary=x', 400, 'BadRequestException'],
    ['a long boundary', 'pair', 'abc', `multipart/form-data; boundary=${'x'.repeat(80)}`, 400, 'BadRequestException'],
    ['an unknown field', 'pair', 'c=1', 'application/x-www-form-urlencoded', 400, 'BadRequestException'],
  ])('refuses %s as TorchServe does', async (_what, model, body, type, code, name) => {
    await withServer(models, async (url) => {
      const answer = await send(`${url}/predictions/${model}`, body, type);
      expect(await answer.json()).toEqual({ code, type: name, message: expect.any(String) as string });
      expect(answer.status).toBe(code);
    });
  });

  test('takes arrays of JSON, with and without the batch, and nests its answer', async () => {
    await withServer(models, async (url) => {
      const ask = async (body: string): Promise<unknown> =>
        (await send(`${url}/predictions/echo_FP32`, body, 'application/json')).json();
      expect(await ask('[[1, 2], [3, 4.5]]')).toEqual([
        [1, 2],
        [3, 4.5],
      ]);
      expect(await ask(' [1, 2]')).toEqual([[1, 2]]);
      expect(await ask('{"inputs":[{"name":"x","datatype":"FP32","shape":[1,2],"data":[5,6]}]}')).toEqual([[5, 6]]);
    });
  });

  test('takes raw bytes by POST and PUT, versions, and a path behind them', async () => {
    await withServer(models, async (url) => {
      for (const method of ['POST', 'PUT']) {
        const answer = await send(`${url}/predictions/text`, 'hello', undefined, method);
        expect([answer.headers.get('content-type'), await answer.text()]).toEqual([
          'text/plain; charset=utf-8',
          'hello',
        ]);
      }
      expect(await (await send(`${url}/predictions/text/1/a%20b/c`, 'x')).text()).toBe('xa b/c');
      const json = await send(`${url}/predictions/text`, '{"a":1}');
      expect(json.headers.get('content-type')).toBe('application/json');
      const bytes = Buffer.from(new Float32Array([1, 2, 3, 4]).buffer);
      expect(await (await send(`${url}/predictions/echo_FP32`, bytes)).json()).toEqual([
        [1, 2],
        [3, 4],
      ]);
    });
  });

  test('takes the fields of forms as inputs, and answers several outputs by name', async () => {
    await withServer(models, async (url) => {
      const form = new FormData();
      form.set('a', '[[1, 2]]');
      form.set('b', new Blob([new Float32Array([3, 4])]));
      const wanted = { sum: [[4, 6]], product: [[3, 8]] };
      expect(await (await fetch(`${url}/predictions/pair`, { method: 'POST', body: form })).json()).toEqual(wanted);
      const fields = new URLSearchParams({ a: '[[1, 2]]', b: '[3, 4]' });
      expect(await (await fetch(`${url}/predictions/pair`, { method: 'POST', body: fields })).json()).toEqual(wanted);
    });
  });
});

describe('/ping', () => {
  test('says Healthy', async () => {
    await withServer(models, async (url) => {
      expect(await (await fetch(`${url}/ping`)).json()).toEqual({ status: 'Healthy' });
    });
  });
});

describe('/explanations', () => {
  const spec = (name: string) => ({ name, datatype: 'FP32' as const, shape: [-1, 2] });
  const info = (name: string) => ({
    ...{ name, version: '1', platform: 'flambeau_handler' },
    ...{ inputs: [spec('x')], outputs: [spec('y')] },
  });
  const run = ({ x }: Record<string, unknown>) => ({ y: (x as torch.Tensor).mul(2) });
  const open = new HandlerServable(
    info('open'),
    {
      run,
      decode: ({ inputs }) => ({ x: (inputs['x'] as torch.Tensor).add(1) }),
      explain: ({ x }, _state, { parameters }) => ({
        weights: (x as torch.Tensor).sign().to('int64'),
        why: [Buffer.from(`because of ${String(parameters['url_path'] ?? 'x')}`)],
      }),
      encode: () => {
        throw new Error('an explanation is not encoded');
      },
    },
    undefined,
  );
  const shut = new HandlerServable(info('shut'), { run }, undefined);
  const graph = servableOf(
    new torch.Graph({ slots: 1, inputs: [0], constants: [], nodes: [], outputs: [{ value: 0 }] }),
    { ...info('graph'), platform: 'flambeau_graph' },
  );

  test('are refused as TorchServe does, where a model has none', async () => {
    await withServer([open, shut, graph], async (url) => {
      for (const model of ['shut', 'graph']) {
        const answer = await send(`${url}/explanations/${model}`, '[[1, 2]]', 'application/json');
        expect(answer.status).toBe(501);
        const message = `the model '${model}' explains nothing: handlers with 'explain' do`;
        expect(await answer.json()).toEqual({ code: 501, type: 'InternalServerException', message });
        expect((await send(`${url}/predictions/${model}`, '[[1, 2]]', 'application/json')).status).toBe(200);
      }
      expect((await send(`${url}/explanations/none`, '[[1, 2]]', 'application/json')).status).toBe(404);
      expect((await send(`${url}/explanations/open/2`, '[[1, 2]]', 'application/json')).status).toBe(404);
      expect((await send(`${url}/explanations/open`, '[[1], [2]]', 'application/json')).status).toBe(400);
    });
  });

  test('are what the handler says, by names of its own', async () => {
    await withServer([open], async (url) => {
      const said = { weights: [[-1, 1]], why: ['because of x'] };
      for (const [end, method] of [
        ['', 'POST'],
        ['/1', 'PUT'],
      ] as const) {
        const answer = await send(`${url}/explanations/open${end}`, '[[-3, 2]]', 'application/json', method);
        expect([answer.status, await answer.json()]).toEqual([200, said]);
      }
    });
  });
});
