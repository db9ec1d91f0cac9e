import { afterEach, beforeEach, describe, expect, test, vi } from 'vitest';
import { Heartbeat } from '../../../src/serve/isolation/heartbeat.js';

beforeEach(() => void vi.useFakeTimers());
afterEach(() => void vi.useRealTimers());

describe('Heartbeat', () => {
  test('tells once when no answer came for so long', () => {
    const [ask, silent] = [vi.fn(), vi.fn()];
    const heartbeat = new Heartbeat(1000, ask, silent);
    vi.advanceTimersByTime(1249);
    expect([ask.mock.calls.length, silent.mock.calls.length]).toEqual([1, 0]);
    vi.advanceTimersByTime(1);
    expect(silent).toHaveBeenCalledOnce();
    vi.advanceTimersByTime(10_000);
    expect([ask.mock.calls.length, silent.mock.calls.length]).toEqual([1, 1]);
    heartbeat.stop();
  });

  test('says nothing as long as answers come, though late', () => {
    const [ask, silent] = [vi.fn(), vi.fn()];
    const heartbeat = new Heartbeat(1000, ask, silent);
    for (let i = 0; i < 20; i++) {
      vi.advanceTimersByTime(1000);
      heartbeat.heard();
    }
    expect(silent).not.toHaveBeenCalled();
    expect(ask.mock.calls.length).toBeGreaterThan(10);
    heartbeat.stop();
    vi.advanceTimersByTime(10_000);
    expect(silent).not.toHaveBeenCalled();
  });
});
