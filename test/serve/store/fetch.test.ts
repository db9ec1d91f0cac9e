import { execFileSync } from 'node:child_process';
import { createHash } from 'node:crypto';
import { readdirSync, readFileSync } from 'node:fs';
import { createServer } from 'node:https';
import { connect, type AddressInfo } from 'node:net';
import { join } from 'node:path';
import { beforeAll, afterAll, describe, expect, onTestFinished, test } from 'vitest';
import { allowed, fetchFile, isPublic, type FetchPolicy, type Network } from '../../../src/serve/store/fetch.js';
import { ModelStore } from '../../../src/serve/store/store.js';
import { rejection, temporaryFolder } from '../servable.js';

const model = readFileSync('test/export/files/mlp.pt2');
const sha256 = createHash('sha256').update(model).digest('hex');
const host = 'https://models.example.com';

let port: number;
let ca: string;
const later: (() => void)[] = [];
/** How often a connection was made. */
let connections = 0;

beforeAll(async () => {
  const folder = temporaryFolder((remove) => later.push(remove));
  const [key, cert] = [join(folder, 'key.pem'), join(folder, 'cert.pem')];
  execFileSync(
    'openssl',
    ['req', '-x509', '-newkey', 'ec', '-pkeyopt', 'ec_paramgen_curve:prime256v1', '-nodes', '-days', '1'].concat(
      ['-subj', '/CN=models.example.com', '-addext', 'subjectAltName=DNS:models.example.com'],
      ['-keyout', key, '-out', cert],
    ),
    { stdio: 'ignore' },
  );
  ca = readFileSync(cert, 'utf8');
  const server = createServer({ key: readFileSync(key), cert: ca }, (request, response) => {
    if (request.url === '/models/mlp.pt2') response.end(model);
    else if (request.url === '/models/moved.pt2') response.writeHead(302, { location: '/models/mlp.pt2' }).end();
    else if (request.url === '/models/endless.pt2') {
      const more = (): void => {
        while (!response.destroyed && response.write(Buffer.alloc(1 << 16)));
      };
      response.on('drain', more);
      more();
    } else if (request.url === '/models/silent.pt2') response.writeHead(200).write('x');
    else response.writeHead(404).end();
  });
  await new Promise<void>((done) => server.listen(0, '127.0.0.1', done));
  port = (server.address() as AddressInfo).port;
  later.push(() => (server.closeAllConnections(), server.close()));
});
afterAll(() => later.forEach((end) => end()));

/** The name of the test's server, at an address of the internet. */
const network = (...addresses: string[]): Network => ({
  resolve: () => Promise.resolve(addresses.length > 0 ? addresses : ['93.184.215.14']),
  connect: () => {
    connections++;
    return connect(port, '127.0.0.1');
  },
});
const policy = (more: Partial<FetchPolicy> = {}): FetchPolicy => ({ allow: [`${host}/models/`], ca, ...more });

describe('fetchFile', () => {
  test('takes only what the list allows', () => {
    const allow = [`${host}/models/`, 'https://one.example.com/only.pt2', 'http://plain.example.com/', 'nonsense'];
    for (const url of [
      'http://models.example.com/models/a.pt2',
      'file:///etc/passwd',
      'https://user:secret@models.example.com/models/a.pt2',
      `${host}/other/a.pt2`,
      `${host}/models/../other/a.pt2`,
      `${host}/models/%2e%2e/other/a.pt2`,
      `${host}/models/..%2fother/a.pt2`,
      `${host}:444/models/a.pt2`,
      `${host}.evil.com/models/a.pt2`,
      'https://plain.example.com/a.pt2',
      'https://one.example.com/only.pt2x',
      '',
    ]) {
      expect(() => allowed(url, allow), url).toThrow('the url is not taken');
    }
    expect(() => allowed(`${host}/models/a.pt2`, [])).toThrow('not on the list');
    expect(allowed(`${host}/models/a.pt2`, allow).pathname).toBe('/models/a.pt2');
    expect(allowed('https://one.example.com/only.pt2', allow).host).toBe('one.example.com');
  });

  test('knows the addresses that are not of the internet', () => {
    const inner = ['127.0.0.1', '10.1.2.3', '172.31.0.1', '192.168.1.1', '169.254.169.254', '100.64.0.1', '0.0.0.0'];
    const inner6 = [
      '::1',
      '::',
      'fe80::1',
      'fc00::1',
      '::ffff:127.0.0.1',
      '::ffff:8.8.8.8',
      '64:ff9b::7f00:1',
      '2002::1',
    ];
    for (const address of [...inner, ...inner6, '224.0.0.1', '255.255.255.255', 'name'])
      expect(isPublic(address), address).toBe(false);
    for (const address of ['8.8.8.8', '93.184.215.14', '172.32.0.1', '2606:4700::1111'])
      expect(isPublic(address), address).toBe(true);
  });

  test('asks no address that is private, also beside a public one', async () => {
    const path = join(temporaryFolder(onTestFinished), 'model.pt2');
    const before = connections;
    for (const net of [network('127.0.0.1'), network('8.8.8.8', '10.0.0.1'), network('::ffff:169.254.169.254')]) {
      const error = await rejection(fetchFile(`${host}/models/mlp.pt2`, sha256, path, policy(), net));
      expect(error).toMatchObject({ code: 'UNKNOWN_MODEL', message: expect.stringContaining('not public') as string });
    }
    expect(connections).toBe(before);
  });

  test('leaves nothing of what it refuses', async () => {
    const folder = temporaryFolder(onTestFinished);
    const path = join(folder, 'model.pt2');
    const failing = async (name: string, more: Partial<FetchPolicy> = {}, digest = sha256): Promise<unknown> => {
      const error = await rejection(fetchFile(`${host}/models/${name}`, digest, path, policy(more), network()));
      expect(readdirSync(folder)).toEqual([]);
      return `${error.code}: ${error.message}`;
    };
    expect(await failing('moved.pt2')).toContain('UNKNOWN_MODEL: the url is not taken: its server redirects');
    expect(await failing('missing.pt2')).toContain('its server answers 404');
    expect(await failing('mlp.pt2', { maxBytes: model.length - 1 })).toMatch(/^TOO_LARGE/);
    expect(await failing('endless.pt2', { maxBytes: 1 << 20 })).toMatch(/^TOO_LARGE/);
    expect(await failing('silent.pt2', { timeoutMs: 200 })).toMatch(/^EXPIRED/);
    expect(await failing('mlp.pt2', {}, '0'.repeat(64))).toMatch(/^CHECKSUM_MISMATCH/);
    expect(await failing('mlp.pt2', {}, 'short')).toMatch(/^INVALID_VALUE/);
    // A certificate that nobody trusts.
    const { ca: _, ...usual } = policy();
    expect(await rejection(fetchFile(`${host}/models/mlp.pt2`, sha256, path, usual, network()))).toMatchObject({
      code: 'UNKNOWN_MODEL',
      message: expect.stringMatching(/self.signed/) as string,
    });
  });
});

describe('ModelStore.addFrom', () => {
  test('adds what is fetched, and leaves no trace of what is not', async () => {
    const store = await ModelStore.open(temporaryFolder(onTestFinished));
    const options = { name: 'mlp', policy: policy(), network: network() };
    const wrong = store.addFrom(`${host}/models/mlp.pt2`, { ...options, sha256: '0'.repeat(64) });
    expect(await rejection(wrong)).toMatchObject({ code: 'CHECKSUM_MISMATCH' });
    expect(readdirSync(store.folder)).toEqual([]);
    const { version } = await store.addFrom(`${host}/models/mlp.pt2`, { ...options, sha256 });
    const { info, manifest } = await store.read('mlp', version);
    expect(info.inputs).toEqual([{ name: 'x', datatype: 'FP32', shape: [-1, 4] }]);
    expect(manifest.files['model.pt2']!.sha256).toBe(sha256);
    expect(readdirSync(store.folder)).toEqual(['mlp']);
  });
});
