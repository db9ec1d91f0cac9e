import { BlockList, isIP } from 'node:net';
import { FlambeauError } from '../../errors.js';

const loopback = new BlockList();
loopback.addSubnet('127.0.0.0', 8, 'ipv4');
loopback.addAddress('::1', 'ipv6');
loopback.addSubnet('::ffff:127.0.0.0', 104, 'ipv6');

/** Whether only this machine reaches an address. A name is none but for `localhost`: what it resolves to can change. */
export function isLoopback(host: string): boolean {
  const bare = host.replace(/^\[(.*)\]$/, '$1');
  const family = isIP(bare);
  if (family === 0) return bare.toLowerCase() === 'localhost';
  return loopback.check(bare, family === 4 ? 'ipv4' : 'ipv6');
}

/** What a listener has, beside its address. */
export interface Protection {
  /** Whether callers must have tokens. */
  authenticated: boolean;
  /** Whether it speaks TLS. */
  secure: boolean;
  /** The listeners that may do without. */
  allowInsecure?: readonly string[];
}

/**
 * The one policy for all listeners: what others can reach needs tokens and TLS.
 *
 * @throws FlambeauError `INVALID_VALUE`, which says what is missing
 */
export function checkBind(name: string, host: string, protection: Protection): void {
  const { authenticated, secure, allowInsecure = [] } = protection;
  if (isLoopback(host) || allowInsecure.includes(name)) return;
  const missing = [...(authenticated ? [] : ['tokens']), ...(secure ? [] : ['TLS'])];
  if (missing.length === 0) return;
  throw new FlambeauError(
    'INVALID_VALUE',
    `the listener '${name}' may not listen on '${host}', which others can reach, without ${missing.join(' and ')}: ` +
      `add what is missing, listen on 127.0.0.1, or name '${name}' in allowInsecure`,
  );
}
