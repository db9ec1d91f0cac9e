import { lookup } from 'node:dns/promises';
import type { IncomingMessage } from 'node:http';
import { request } from 'node:https';
import { BlockList, connect, isIP, type Socket } from 'node:net';
import { rm } from 'node:fs/promises';
import { connect as secure } from 'node:tls';
import { FlambeauError } from '../../errors.js';
import { writeStream, type Digest } from './files.js';

/** Where models may be fetched from, and how much. */
export interface FetchPolicy {
  /** Addresses: `https://models.example.com/released/` allows what lies below it. Empty: nothing is fetched. */
  allow: readonly string[];
  /** The most bytes of a file; 8 GiB, unless given. */
  maxBytes?: number;
  /** The most milliseconds for all of it; ten minutes, unless given. */
  timeoutMs?: number;
  /** Certificates (PEM) that are trusted instead of the usual ones. */
  ca?: string;
}

/** How names and connections are made; tests have their own. */
export interface Network {
  resolve(host: string): Promise<string[]>;
  connect(address: string, port: number): Socket;
}

const network: Network = {
  resolve: async (host) => (await lookup(host, { all: true })).map(({ address }) => address),
  connect: (address, port) => connect({ host: address, port }),
};

// IANA's registries of special addresses: this machine, private networks, cloud metadata, and what routes to them.
const special = new BlockList();
for (const [net, prefix] of [
  ['0.0.0.0', 8],
  ['10.0.0.0', 8],
  ['100.64.0.0', 10],
  ['127.0.0.0', 8],
  ['169.254.0.0', 16],
  ['172.16.0.0', 12],
  ['192.0.0.0', 24],
  ['192.0.2.0', 24],
  ['192.88.99.0', 24],
  ['192.168.0.0', 16],
  ['198.18.0.0', 15],
  ['198.51.100.0', 24],
  ['203.0.113.0', 24],
  ['224.0.0.0', 3],
] as const) {
  special.addSubnet(net, prefix, 'ipv4');
}
special.addSubnet('2001::', 23, 'ipv6');
special.addSubnet('2001:db8::', 32, 'ipv6');
special.addSubnet('2002::', 16, 'ipv6');
special.addSubnet('3fff::', 20, 'ipv6');
const global = new BlockList();
global.addSubnet('2000::', 3, 'ipv6');

/** Whether an address is one of the public internet. */
export function isPublic(address: string): boolean {
  const family = isIP(address);
  if (family === 4) return !special.check(address, 'ipv4');
  return family === 6 && global.check(address, 'ipv6') && !special.check(address, 'ipv6');
}

const refused = (reason: string): FlambeauError =>
  new FlambeauError('UNKNOWN_MODEL', `the url is not taken: ${reason}`);

/** The parsed address, where the list has it. */
export function allowed(url: string, allow: readonly string[]): URL {
  const target = URL.canParse(url) ? new URL(url) : undefined;
  if (target?.protocol !== 'https:') throw refused('it must be an https address');
  if (target.username !== '' || target.password !== '') throw refused('it must not hold a user or a password');
  // A server may take these for slashes, and leave the folder that is allowed.
  if (/%2f|%5c|%00/i.test(target.pathname)) throw refused('its path has encoded slashes');
  const isListed = allow.some((entry) => {
    const base = URL.canParse(entry) ? new URL(entry) : undefined;
    if (base?.protocol !== 'https:' || base.host !== target.host) return false;
    return base.pathname.endsWith('/') ? target.pathname.startsWith(base.pathname) : target.pathname === base.pathname;
  });
  if (!isListed) throw refused('it is not on the list of those that are allowed');
  return target;
}

async function addressOf(host: string, { resolve }: Network): Promise<string> {
  const bare = host.replace(/^\[(.*)\]$/, '$1');
  const found = isIP(bare) ? [bare] : await resolve(bare);
  const [first] = found;
  if (first === undefined) throw refused('its host has no address');
  // One private address among others is enough: which one is taken is not the sender's to choose.
  if (!found.every(isPublic)) throw refused('its host has an address that is not public');
  return first;
}

function ask(
  url: URL,
  address: string,
  policy: FetchPolicy,
  signal: AbortSignal,
  net: Network,
): Promise<IncomingMessage> {
  return new Promise((resolve, reject) => {
    const asked = request(url, {
      signal,
      headers: { 'user-agent': 'flambeau', 'accept-encoding': 'identity' },
      // To the address that was checked: the name is not looked up again. An agent would do so.
      createConnection: () =>
        secure({
          socket: net.connect(address, Number(url.port || 443)),
          ...(isIP(url.hostname) === 0 && { servername: url.hostname }),
          host: url.hostname,
          ...(policy.ca !== undefined && { ca: policy.ca }),
        }),
    });
    asked.once('response', resolve);
    asked.once('error', reject);
    asked.end();
  });
}

/**
 * Fetches a file to a path that is new. Nothing stays of one that is too large, too slow, or not the one of `sha256`.
 *
 * @throws `UNKNOWN_MODEL` where the address is not allowed or has no such file; `TOO_LARGE`, `EXPIRED`, `CHECKSUM_MISMATCH`
 */
export async function fetchFile(
  url: string,
  sha256: string,
  path: string,
  policy: FetchPolicy,
  net: Network = network,
): Promise<Digest> {
  if (!/^[0-9a-f]{64}$/.test(sha256))
    throw new FlambeauError('INVALID_VALUE', "the argument 'sha256' must be 64 hexadecimal digits");
  const { maxBytes = 2 ** 33, timeoutMs = 600_000 } = policy;
  const target = allowed(url, policy.allow);
  const signal = AbortSignal.timeout(timeoutMs);
  try {
    const address = await addressOf(target.hostname, net);
    const response = await ask(target, address, policy, signal, net);
    try {
      const { statusCode = 0 } = response;
      if (statusCode >= 300 && statusCode < 400) throw refused('its server redirects');
      if (statusCode !== 200) throw refused(`its server answers ${statusCode}`);
      if (Number(response.headers['content-length'] ?? 0) > maxBytes)
        throw new FlambeauError('TOO_LARGE', `the file has more than ${maxBytes} bytes`);
      const digest = await writeStream(path, response as AsyncIterable<Buffer>, maxBytes);
      if (digest.sha256 === sha256) return digest;
      throw new FlambeauError('CHECKSUM_MISMATCH', `the file of the url has sha256 ${digest.sha256}, not ${sha256}`);
    } finally {
      response.destroy();
    }
  } catch (error) {
    await rm(path, { force: true });
    if (error instanceof FlambeauError) throw error;
    if (signal.aborted)
      throw new FlambeauError('EXPIRED', `the url did not answer in ${timeoutMs} ms`, { cause: error });
    throw new FlambeauError('UNKNOWN_MODEL', `the url cannot be fetched: ${(error as Error).message}`, {
      cause: error,
    });
  }
}
