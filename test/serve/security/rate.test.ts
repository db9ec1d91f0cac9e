import { describe, expect, test } from 'vitest';
import { addressKey, RateLimiter } from '../../../src/serve/security/rate.js';

describe('RateLimiter', () => {
  test('lets a burst through, and then as many as fill up', () => {
    const limiter = new RateLimiter({ perSecond: 2, burst: 3 });
    expect([1, 2, 3].map(() => limiter.take('a', 0))).toEqual([0, 0, 0]);
    expect(limiter.take('a', 0)).toBe(0.5);
    expect(limiter.take('a', 250)).toBe(0.25);
    expect(limiter.take('a', 500)).toBe(0);
    expect(limiter.take('a', 500)).toBe(0.5);
    expect(limiter.take('b', 500)).toBe(0);
  });

  test('never holds more than a burst', () => {
    const limiter = new RateLimiter({ perSecond: 100, burst: 1 });
    limiter.take('a', 0);
    expect([limiter.take('a', 1e9), limiter.take('a', 1e9) > 0]).toEqual([0, true]);
    expect(new RateLimiter({ perSecond: 0.5 }).take('a', 0)).toBe(0);
  });

  test('forgets the one that was used longest ago, and never holds more than 10,000', () => {
    const limiter = new RateLimiter({ perSecond: 1, burst: 1 });
    for (let i = 0; i < 10_000; i++) limiter.take(`${i}`, 0);
    limiter.take('0', 0);
    limiter.take('new', 0);
    expect(limiter.size).toBe(10_000);
    expect(limiter.take('0', 0)).toBeGreaterThan(0);
    expect(limiter.take('1', 0)).toBe(0);
  });
});

describe('addressKey', () => {
  test('is the same for an address however it is written, and for the networks of IPv6', () => {
    expect(addressKey('::ffff:10.1.2.3')).toBe('10.1.2.3');
    expect(addressKey('2001:db8:0:1::5')).toBe(addressKey('2001:DB8:0:1:9:9:9:9'));
    expect(addressKey('2001:db8:0:2::5')).not.toBe(addressKey('2001:db8:0:1::5'));
    expect(addressKey('::1')).toBe('0:0:0:0::/64');
    expect(addressKey('fe80::1%eth0')).toBe('fe80:0:0:0::/64');
  });
});
