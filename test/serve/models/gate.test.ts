import { expect, test } from 'vitest';
import { Gate } from '../../../src/serve/models/gate.js';

test('a gate lets so much through at once, what has priority first, and goes on after what fails', async () => {
  const gate = new Gate(2, Infinity);
  const begun: string[] = [];
  const ends: (() => void)[] = [];
  const work = (name: string) => (): Promise<void> => {
    begun.push(name);
    return new Promise((resolve, reject) => ends.push(name === 'b' ? () => reject(new Error('b')) : resolve));
  };
  const all = [
    gate.run(0, undefined, work('a')),
    gate.run(0, undefined, work('b')).catch((error: Error) => error.message),
    gate.run(0, undefined, work('c')),
    gate.run(1, undefined, work('d')),
  ];
  await new Promise(setImmediate);
  expect(begun).toEqual(['a', 'b']);
  ends[1]!();
  expect(await all[1]).toBe('b');
  while (begun.length < 3) await new Promise(setImmediate);
  ends[0]!();
  while (begun.length < 4) await new Promise(setImmediate);
  expect(begun).toEqual(['a', 'b', 'd', 'c']);
  ends.forEach((end) => end());
  await Promise.all(all);
});
