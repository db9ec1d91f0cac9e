import { expect, test } from 'vitest';
import { Lane } from '../../../src/serve/codec/lane.js';

test('a lane does so much at once, what is urgent first, and goes on after what fails', async () => {
  const lane = new Lane(2);
  const begun: string[] = [];
  const ends: (() => void)[] = [];
  const work = (name: string) => (): Promise<void> => {
    begun.push(name);
    return new Promise((resolve, reject) => ends.push(name === 'b' ? () => reject(new Error('b')) : resolve));
  };
  const all = [
    lane.run(work('a')),
    lane.run(work('b')).catch((error: Error) => error.message),
    lane.run(work('c')),
    lane.run(work('d'), true),
  ];
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
