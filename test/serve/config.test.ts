import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { describe, expect, onTestFinished, test } from 'vitest';
import { nearest, parseConfig, readConfig } from '../../src/serve/config.js';

const store = '/models';
const check = (raw: object) => () => parseConfig({ store, ...raw }, 'the file');

describe('parseConfig', () => {
  test.each([
    [{ htpp: '8080' }, 'the file: there is no setting htpp; did you mean http?'],
    [{ http: { prot: 1 } }, 'there is no setting http.prot; did you mean http.port?'],
    [{ http: { port: 1, limits: { maxBodyByte: 1 } } }, 'did you mean http.limits.maxBodyBytes?'],
    [{ models: [{ name: 'm', batching: { maxBatchRow: 1 } }] }, 'did you mean models.0.batching.maxBatchRows?'],
    [{ log: { colour: 'red' } }, 'there is no setting log.colour; there are level, file'],
    [{ http: 'localhost' }, "http must be HOST:PORT, as 127.0.0.1:8080, not 'localhost'"],
    [{ grpc: '127.0.0.1:70000' }, 'grpc must be HOST:PORT'],
    [{ models: ['m:1:2'] }, "a model must be NAME or NAME:VERSION, not 'm:1:2'"],
    [{ models: ['../etc'] }, 'models.0.name: is no name of a model'],
    [{ models: ['m:01'] }, 'models.0.version: is no version'],
    [{ log: { level: 'loud' } }, 'log.level: '],
    [{ security: { allowInsecure: ['htp'] } }, 'security.allowInsecure.0: '],
    [{ store: undefined }, 'a store is needed'],
    [{ threads: 0 }, 'threads: '],
  ])('refuses %j', (raw, message) => {
    expect(check(raw)).toThrow(message);
  });

  test('has defaults: HTTP on loopback, nothing else, and a snapshot in the store', () => {
    expect(parseConfig({ store }, '')).toEqual({ store, http: { port: 8080 }, snapshot: '/models/.serving.json' });
    expect(parseConfig({ store, http: false, snapshot: 'off', grpc: 'off' }, '')).toEqual({
      ...{ store, http: false, snapshot: false, grpc: undefined },
    });
  });

  test('reads addresses and models that are written short', () => {
    const { http, grpc, metrics, models } = parseConfig(
      { store, http: '[::1]:80', grpc: '9000', metrics: '0.0.0.0:0', models: ['a', 'b:2'] },
      '',
    );
    expect([http, grpc, metrics]).toEqual([{ host: '::1', port: 80 }, { port: 9000 }, { host: '0.0.0.0', port: 0 }]);
    expect(models).toEqual([{ name: 'a' }, { name: 'b', version: '2' }]);
  });
});

describe('readConfig', () => {
  const fileOf = (text: string): string => {
    const folder = mkdtempSync(join(tmpdir(), 'flambeau-config-'));
    onTestFinished(() => rmSync(folder, { recursive: true }));
    const file = join(folder, 'serve.json');
    writeFileSync(file, text);
    return file;
  };

  test('says which file is wrong, and what of it', () => {
    expect(() => readConfig({ store }, {}, '/nowhere.json')).toThrow(/'\/nowhere\.json' cannot be read: ENOENT/);
    expect(() => readConfig({ store }, {}, fileOf('{'))).toThrow('serve.json');
    expect(() => readConfig({ store }, {}, fileOf('[]'))).toThrow('must hold a JSON object');
    expect(() => readConfig({ store }, {}, fileOf('{"drane": {}}'))).toThrow(/serve\.json: .*did you mean drain\?/);
    expect(() => readConfig({ store, threads: 'two' }, {}, undefined)).toThrow('--threads must be a whole number');
    expect(() => readConfig({ store }, { FLAMBEAU_THREADS: 'x' }, undefined)).toThrow('FLAMBEAU_THREADS must be');
  });

  test('takes flags before the environment, and that before the file', () => {
    const file = fileOf(
      JSON.stringify({
        ...{ store: '/a', threads: 1, instances: 1, log: { level: 'warn', file: '/log' }, models: ['m'] },
        http: { port: 1, limits: { maxHeaders: 7 } },
      }),
    );
    const env = {
      ...{ FLAMBEAU_STORE: '/b', FLAMBEAU_THREADS: '2', FLAMBEAU_MODEL: 'x,y:3', FLAMBEAU_TOKENS: '' },
      FLAMBEAU_LOG_LEVEL: 'debug',
    };
    const flags = { store: '/c', http: '0.0.0.0:5', 'tls-key': 'k', 'tls-cert': 'c', 'allow-insecure': ['http'] };
    expect(readConfig(flags, env, file)).toEqual({
      ...{ store: '/c', threads: 2, instances: 1, snapshot: '/c/.serving.json' },
      models: [{ name: 'x' }, { name: 'y', version: '3' }],
      log: { level: 'debug', file: '/log' },
      http: { host: '0.0.0.0', port: 5, limits: { maxHeaders: 7 } },
      security: { tls: { key: 'k', cert: 'c' }, allowInsecure: ['http'] },
    });
  });
});

test('nearest finds a name that is like another one, and no other', () => {
  expect(nearest('managment', ['metrics', 'management'])).toBe('management');
  expect(nearest('colour', ['level', 'file'])).toBeUndefined();
});
