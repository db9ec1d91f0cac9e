import { describe, expect, test } from 'vitest';
import { LightAbort, toSignal } from '../src/abort.js';

describe('LightAbort', () => {
  test('tells its listeners once, and those that came too late or went not at all', () => {
    const light = new LightAbort();
    const told: string[] = [];
    const gone = (): void => void told.push('gone');
    light.addEventListener('abort', () => void told.push('first'));
    light.addEventListener('abort', gone);
    light.removeEventListener('abort', gone);
    light.throwIfAborted();
    light.abort(new Error('why'));
    light.abort(new Error('again'));
    light.addEventListener('abort', () => void told.push('late'));
    expect([told, light.aborted]).toEqual([['first'], true]);
    expect(() => light.throwIfAborted()).toThrow('why');
  });

  test('becomes an AbortSignal for those who need one, before it aborts and after', () => {
    const light = new LightAbort();
    const before = toSignal(light)!;
    expect(before.aborted).toBe(false);
    const reason = new Error('why');
    light.abort(reason);
    expect([before.reason, toSignal(light)!.reason, toSignal(undefined)]).toEqual([reason, reason, undefined]);
    expect(toSignal(before)).toBe(before);
  });
});
