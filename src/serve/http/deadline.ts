import type { IncomingHttpHeaders } from 'node:http';
import { FlambeauError } from '../../errors.js';

/** `grpc-timeout`: up to 8 digits and a unit, in milliseconds. */
const units: Record<string, number> = { H: 3_600_000, M: 60_000, S: 1000, m: 1, u: 1e-3, n: 1e-6 };

/**
 * How long the answer is of use, in milliseconds, by the headers `x-request-timeout-ms` and `grpc-timeout`; the shorter
 * one counts.
 *
 * @throws FlambeauError `INVALID_VALUE`
 */
export function timeoutOf(headers: IncomingHttpHeaders): number | undefined {
  const plain = headers['x-request-timeout-ms'];
  const grpc = headers['grpc-timeout'];
  if (plain === undefined && grpc === undefined) return undefined;
  let timeout = Infinity;
  if (plain !== undefined) {
    if (typeof plain !== 'string' || !/^\d{1,9}$/.test(plain))
      throw new FlambeauError('INVALID_VALUE', 'x-request-timeout-ms must be a whole number of milliseconds');
    timeout = Number(plain);
  }
  if (grpc !== undefined) {
    const parts = typeof grpc === 'string' ? /^(\d{1,8})([HMSmun])$/.exec(grpc) : null;
    if (!parts)
      throw new FlambeauError('INVALID_VALUE', "grpc-timeout must be digits and one of H, M, S, m, u, n: '250m'");
    timeout = Math.min(timeout, Number(parts[1]) * units[parts[2]!]!);
  }
  return timeout;
}
