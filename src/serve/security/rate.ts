import { isIPv6 } from 'node:net';

/** How many requests may come. */
export interface Rate {
  /** How many a second in the long run. */
  perSecond: number;
  /** How many at once after a pause; `perSecond`, and at least 1, unless given. */
  burst?: number;
}

interface Bucket {
  left: number;
  at: number;
}

/** As many buckets are kept; the one that was used longest ago goes first. */
const maxBuckets = 10_000;

/** Token buckets by key: each fills steadily, and each request takes one. */
export class RateLimiter {
  private readonly buckets = new Map<string, Bucket>();
  private readonly perSecond: number;
  private readonly burst: number;

  constructor({ perSecond, burst = Math.max(1, perSecond) }: Rate) {
    this.perSecond = perSecond;
    this.burst = burst;
  }

  /**
   * Takes one.
   *
   * @param now - in milliseconds, of a clock that only goes forward
   * @returns 0, or the seconds after which there is one again
   */
  take(key: string, now = performance.now()): number {
    const { left, at } = this.buckets.get(key) ?? { left: this.burst, at: now };
    const filled = Math.min(this.burst, left + ((now - at) / 1000) * this.perSecond);
    // Set anew, so that the order of the map is the order of use.
    this.buckets.delete(key);
    this.buckets.set(key, { left: filled >= 1 ? filled - 1 : filled, at: now });
    if (this.buckets.size > maxBuckets) this.buckets.delete(this.buckets.keys().next().value!);
    return filled >= 1 ? 0 : (1 - filled) / this.perSecond;
  }

  /** How many keys are known. */
  get size(): number {
    return this.buckets.size;
  }
}

/** What counts as one address: an IPv4 one however it is written, and of IPv6 the network, as one host has all of it. */
export function addressKey(remote: string): string {
  const bare = remote.replace(/^::ffff:(?=\d+\.)/i, '').replace(/%.*$/, '');
  if (!isIPv6(bare)) return bare;
  const [head = '', tail] = bare.toLowerCase().split('::');
  const front = head === '' ? [] : head.split(':');
  const back = tail === undefined || tail === '' ? [] : tail.split(':');
  const zeros = tail === undefined ? [] : Array<string>(Math.max(0, 8 - front.length - back.length)).fill('0');
  return `${[...front, ...zeros, ...back].slice(0, 4).join(':')}::/64`;
}
