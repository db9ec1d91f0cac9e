import { mkdtempSync, readFileSync, renameSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { describe, expect, onTestFinished, test, vi } from 'vitest';
import { FlambeauError } from '../../src/errors.js';
import { createLog, type LogLevel } from '../../src/serve/log.js';
import { createServer } from '../../src/serve/server.js';
import { echo, modelsOf, servable, type Json } from './models.js';

const infer = (data: string): string => `{"inputs":[{"name":"x","datatype":"FP32","shape":[1],"data":[${data}]}]}`;
const spec = { name: 'x', datatype: 'FP32', shape: [-1] } as const;

/** What is logged while a server answers. */
async function logOf(level: LogLevel, calls: (url: string) => Promise<unknown>): Promise<Json[]> {
  const lines: Json[] = [];
  const log = createLog({ level, write: (line) => lines.push(JSON.parse(line)) });
  const broken = servable('broken', [{ ...spec, shape: [-1] }], [], () => {
    throw new Error('secret detail');
  });
  const server = await createServer({ models: modelsOf([echo('FP32'), broken]), record: log.record }).listen();
  onTestFinished(() => server.close());
  await calls(server.url);
  await server.close();
  return lines;
}

describe('createLog', () => {
  test('refuses unknown levels and files that cannot be opened', () => {
    expect(() => createLog({ level: 'loud' as LogLevel })).toThrow(FlambeauError);
    expect(() => createLog({ file: join(tmpdir(), 'flambeau-nowhere', 'log') })).toThrow('ENOENT');
  });

  test('has a line for each request, without bodies and tokens', async () => {
    const headers = { authorization: 'Bearer hidden-token', 'x-request-id': 'mine' };
    const lines = await logOf('info', async (url) => {
      await fetch(`${url}/v2/models/echo_FP32/infer`, { method: 'POST', body: infer('4.125'), headers });
      await fetch(`${url}/v2/health/live`);
      await fetch(`${url}/v2/models/nobody/infer?token=hidden-token`, { method: 'POST', body: infer('1') });
    });
    expect(lines).toHaveLength(2);
    expect(lines[0]).toMatchObject({
      ...{ level: 'info', msg: 'request', requestId: 'mine', protocol: 'http', remote: '127.0.0.1' },
      ...{ route: 'POST /v2/models/{model}/infer', model: 'echo_FP32', version: '1', status: 200, code: 'OK' },
      ...{ rows: 1, queueMs: 1, computeMs: 2, batchRows: 1, bytesIn: infer('4.125').length },
    });
    expect(lines[0].ms).toBeGreaterThan(0);
    expect(new Date(lines[0].time).getTime()).toBeGreaterThan(Date.now() - 60_000);
    expect(lines[1]).toMatchObject({ status: 404, code: 'UNKNOWN_MODEL', reason: "there is no model 'nobody'" });
    expect(JSON.stringify(lines)).not.toMatch(/hidden-token|4\.125/);
  });

  test('has the stack of a failure, and probes only where all is asked for', async () => {
    const fail = (url: string): Promise<Response> =>
      fetch(`${url}/v2/models/broken/infer`, { method: 'POST', body: infer('1') });
    const [line] = await logOf('error', fail);
    expect(line).toMatchObject({ level: 'error', status: 500, error: { type: 'Error', message: 'secret detail' } });
    expect(line.error.stack).toContain('log.test.ts');
    expect(await logOf('silent', fail)).toEqual([]);
    const probes = await logOf('debug', (url) => fetch(`${url}/v2/health/live`));
    expect(probes).toMatchObject([{ level: 'debug', route: 'GET /v2/health/live' }]);
  });

  test('appends to a file, and opens it anew after it was moved', async () => {
    const folder = mkdtempSync(join(tmpdir(), 'flambeau-log-'));
    onTestFinished(() => rmSync(folder, { recursive: true }));
    const file = join(folder, 'log');
    const first = createLog({ file });
    first.info('one');
    await first.close();
    const second = createLog({ file });
    second.warn('two', { a: 1 });
    await vi.waitFor(() => expect(readFileSync(file, 'utf8')).toContain('two'));
    renameSync(file, `${file}.1`);
    second.reopen();
    second.error('three');
    await second.close();
    const read = (name: string): Json[] =>
      readFileSync(name, 'utf8')
        .trim()
        .split('\n')
        .map((line) => JSON.parse(line));
    expect(read(`${file}.1`)).toMatchObject([{ msg: 'one' }, { level: 'warn', msg: 'two', a: 1 }]);
    expect(read(file)).toMatchObject([{ level: 'error', msg: 'three' }]);
  });
});
