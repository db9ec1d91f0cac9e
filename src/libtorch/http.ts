import { request as httpRequest, type IncomingMessage } from 'node:http';
import { request as httpsRequest } from 'node:https';
import type { Socket } from 'node:net';
import { connect as tlsConnect } from 'node:tls';

type Env = Readonly<Record<string, string | undefined>>;

const IDLE_MS = 30_000;
const MAX_REDIRECTS = 5;

/** The proxy that the environment sets for a URL (`HTTPS_PROXY`, `HTTP_PROXY`, `ALL_PROXY`, `NO_PROXY`), if any. */
export function proxyFor(url: URL, env: Env = process.env): URL | undefined {
  const read = (name: string): string | undefined => env[name.toLowerCase()] || env[name.toUpperCase()];
  const exempt = (read('no_proxy') ?? '').split(/[\s,]+/).filter(Boolean);
  const port = url.port || (url.protocol === 'https:' ? '443' : '80');
  for (const entry of exempt) {
    const [host = '', only] = entry.split(':');
    const suffix = host.replace(/^\*?\.?/, '');
    const hit = entry === '*' || url.hostname === suffix || url.hostname.endsWith(`.${suffix}`);
    if (hit && (only === undefined || only === port)) return undefined;
  }
  const proxy = read(`${url.protocol.slice(0, -1)}_proxy`) ?? read('all_proxy');
  return proxy ? new URL(proxy.includes('://') ? proxy : `http://${proxy}`) : undefined;
}

function credentials(proxy: URL): Record<string, string> {
  if (!proxy.username) return {};
  const pair = `${decodeURIComponent(proxy.username)}:${decodeURIComponent(proxy.password)}`;
  return { 'proxy-authorization': `Basic ${Buffer.from(pair).toString('base64')}` };
}

/** A connection through a proxy, to a host that shall not be read by it. */
function tunnel(proxy: URL, target: URL): Promise<Socket> {
  return new Promise((resolve, reject) => {
    const path = `${target.hostname}:${target.port || 443}`;
    const request = proxy.protocol === 'https:' ? httpsRequest : httpRequest;
    const port = proxy.port || (proxy.protocol === 'https:' ? 443 : 80);
    const connect = request({
      host: proxy.hostname,
      port,
      method: 'CONNECT',
      path,
      headers: { host: path, ...credentials(proxy) },
    });
    connect.setTimeout(IDLE_MS, () => connect.destroy(new Error(`the proxy ${proxy.host} does not answer`)));
    connect.once('error', reject);
    connect.once('connect', (response, socket) => {
      if (response.statusCode === 200) resolve(socket);
      else reject(new Error(`the proxy ${proxy.host} answers ${response.statusCode} ${response.statusMessage}`));
    });
    connect.end();
  });
}

async function send(url: URL, headers: Record<string, string>, env: Env): Promise<IncomingMessage> {
  const secure = url.protocol === 'https:';
  const proxy = proxyFor(url, env);
  const socket = proxy && secure ? await tunnel(proxy, url) : undefined;
  return await new Promise<IncomingMessage>((resolve, reject) => {
    const request = socket
      ? httpsRequest(url, { headers, createConnection: () => tlsConnect({ socket, servername: url.hostname }) })
      : proxy
        ? httpRequest({
            host: proxy.hostname,
            port: proxy.port || 80,
            path: url.href,
            headers: { ...headers, host: url.host, ...credentials(proxy) },
          })
        : (secure ? httpsRequest : httpRequest)(url, { headers });
    request.setTimeout(IDLE_MS, () => request.destroy(new Error(`${url.host} does not answer`)));
    request.once('error', reject);
    request.once('response', resolve);
    request.end();
  });
}

/** Asks for a URL, through the environment's proxy, and follows redirects. The caller reads or destroys the answer. */
export async function get(
  url: string,
  headers: Record<string, string> = {},
  env: Env = process.env,
): Promise<IncomingMessage> {
  let target = new URL(url);
  for (let hop = 0; hop <= MAX_REDIRECTS; hop++) {
    if (target.protocol !== 'https:' && target.protocol !== 'http:')
      throw new Error(`${target.href} is not a web address`);
    const response = await send(target, { 'user-agent': 'flambeau', ...headers }, env);
    const { statusCode = 0 } = response;
    const { location } = response.headers;
    if (statusCode < 300 || statusCode >= 400 || !location) return response;
    response.destroy();
    const next = new URL(location, target);
    if (target.protocol === 'https:' && next.protocol !== 'https:')
      throw new Error(`${target.host} redirects to plain HTTP`);
    target = next;
  }
  throw new Error(`${url} redirects too often`);
}

/** The text of a page; an error for any status but 200. */
export async function getText(url: string, env: Env = process.env): Promise<string> {
  const response = await get(url, { accept: 'text/html' }, env);
  if (response.statusCode !== 200) {
    response.destroy();
    throw new Error(`${url} answers ${response.statusCode}`);
  }
  const chunks: Buffer[] = [];
  for await (const chunk of response) chunks.push(chunk as Buffer);
  return Buffer.concat(chunks).toString('utf8');
}
