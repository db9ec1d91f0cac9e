import { createReadStream, readFileSync, readdirSync } from 'node:fs';
import path from 'node:path';
import { describe, expect, test } from 'vitest';
import * as torch from '../../src/index.js';
import { describe as say } from './describe.js';

const folder = path.join(import.meta.dirname, 'python');
const expected = JSON.parse(readFileSync(path.join(folder, 'values.json'), 'utf8')) as Record<string, unknown>;
const names = readdirSync(folder)
  .filter((name) => name.endsWith('.pt'))
  .map((name) => name.slice(0, -3));
const file = (name: string): string => path.join(folder, `${name}.pt`);

test('every recorded file has recorded values', () => {
  expect(names.sort()).toEqual(Object.keys(expected).sort());
});

describe.each(names)('load of %s.pt, which Python wrote', (name) => {
  test('gives what Python has', async () => {
    expect(say(await torch.load(file(name)))).toEqual(expected[name]);
    expect(say(torch.loadSync(file(name)))).toEqual(expected[name]);
  });

  test('gives the same from bytes and from a stream', async () => {
    const bytes = readFileSync(file(name));
    expect(say(torch.loadSync(bytes))).toEqual(expected[name]);
    expect(say(await torch.load(bytes))).toEqual(expected[name]);
    expect(say(await torch.load(createReadStream(file(name), { highWaterMark: 100 })))).toEqual(expected[name]);
  });

  test('gives the same of the mapped file', async () => {
    const mapped = torch.load(file(name), { mmap: true });
    if (name.startsWith('legacy-')) await expect(mapped).rejects.toMatchObject({ code: 'INVALID_FILE' });
    else expect(say(await mapped)).toEqual(expected[name]);
  });

  test('gives the same when it is saved and loaded', async () => {
    const value = await torch.load<torch.Saveable>(file(name));
    expect(say(torch.loadSync(torch.saveSync(value)))).toEqual(expected[name]);
  });
});
