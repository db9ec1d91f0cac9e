import { chmodSync, readFileSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import { beforeEach, describe, expect, onTestFinished, test } from 'vitest';
import { readTokenFile, updateTokenFile } from '../../../src/serve/security/token-file.js';
import { makeToken, parseTokens, permits, Tokens, writeTokens } from '../../../src/serve/security/tokens.js';
import { temporaryFolder } from '../servable.js';

const all = { verbs: ['infer'] as const, models: ['*'] };

describe('Tokens', () => {
  test('knows a token, and nothing that is near it', () => {
    const { secret, record } = makeToken(all);
    const tokens = new Tokens([record, makeToken(all).record]);
    expect(tokens.find(`Bearer ${secret}`)).toEqual(record);
    expect(tokens.find(`bearer  ${secret} `)).toEqual(record);
    const flipped = secret.slice(0, -1) + (secret.endsWith('A') ? 'B' : 'A');
    const stranger = makeToken(all).secret;
    const wrong = ['', 'Bearer', `Bearer ${flipped}`, `Bearer ${stranger}`, secret, `Basic ${secret}`];
    // The hash of the file is no token.
    wrong.push(`Bearer ${record.sha256}`, `Bearer flb_${record.id}_`, `Bearer ${secret} x`, `Bearer ${secret}x`);
    for (const text of wrong) expect([text, tokens.find(text)]).toEqual([text, undefined]);
  });

  test('have 256 random bits, and are not kept', () => {
    const { secret, record } = makeToken(all);
    expect(Buffer.from(secret.split('_').slice(2).join('_'), 'base64url')).toHaveLength(32);
    expect(writeTokens([record])).not.toContain(secret.slice(-20));
    expect(new Set(Array.from({ length: 100 }, () => makeToken(all).secret)).size).toBe(100);
  });

  test('end when they expire', () => {
    const { secret, record } = makeToken({ ...all, expires: new Date(5000) });
    const tokens = new Tokens([record]);
    expect([tokens.find(`Bearer ${secret}`, 4999), tokens.find(`Bearer ${secret}`, 5000)]).toEqual([record, undefined]);
  });

  test('are compared in constant time, and never with ===', () => {
    const source = readFileSync('src/serve/security/tokens.ts', 'utf8');
    expect(source).toContain('timingSafeEqual(digest(secret)');
    expect(source).not.toMatch(/(secret|sha256|hash)[\w.?!]* *[!=]==|[!=]== *[\w.?!]*(secret|sha256|hash)/);
  });
});

describe('permits', () => {
  test('asks for the verb and for the model', () => {
    const { record } = makeToken({ verbs: ['infer', 'read'], models: ['resnet', 'team-*'] });
    const may = (verb: Parameters<typeof permits>[1], model?: string): boolean => permits(record, verb, model);
    expect([may('infer', 'resnet'), may('read', 'team-a'), may('infer', 'team-')]).toEqual([true, true, true]);
    expect([may('manage', 'resnet'), may('metrics'), may('infer', 'resnet2'), may('infer', '*')]).toEqual([
      false,
      false,
      false,
      false,
    ]);
    // What shows all models is for those who may see all.
    expect([may('read'), permits({ ...record, models: ['*'] }, 'read')]).toEqual([false, true]);
  });
});

describe('parseTokens', () => {
  test('names what is wrong, and quotes no line', () => {
    const { record } = makeToken(all);
    const wrong = (json: unknown): string => {
      try {
        parseTokens(typeof json === 'string' ? json : JSON.stringify(json));
      } catch (error) {
        return (error as Error).message;
      }
      throw new Error('it was taken');
    };
    const text = writeTokens([record]);
    for (let length = 0; length < text.length - 2; length++)
      expect(wrong(text.slice(0, length))).toBe('it is no JSON, or not whole');
    const file = JSON.parse(text) as { tokens: object[] };
    expect(wrong({ ...file, revision: 2 })).toContain('revision');
    expect(wrong({ ...file, token: [] })).toContain('token');
    expect(wrong({ ...file, tokens: [{ ...record, verbs: ['root'] }] })).toContain('verbs');
    expect(wrong({ ...file, tokens: [{ ...record, expires: 'soon' }] })).toContain('expires');
    expect(wrong({ ...file, tokens: [record, record] })).toContain('same id');
    expect(parseTokens(text)).toEqual([record]);
  });
});

describe('a file of tokens', () => {
  let file: string;
  beforeEach(() => {
    file = path.join(temporaryFolder(onTestFinished), 'tokens.json');
  });

  test.skipIf(process.platform === 'win32')('is refused where others can read or write it', () => {
    writeFileSync(file, writeTokens([]));
    for (const mode of [0o644, 0o604, 0o602, 0o620, 0o660, 0o777]) {
      chmodSync(file, mode);
      expect(() => readTokenFile(file)).toThrow(`its mode is 0${mode.toString(8)}, and must be 0600`);
    }
    for (const mode of [0o600, 0o400, 0o440]) {
      chmodSync(file, mode);
      expect(readTokenFile(file)).toEqual([]);
    }
  });

  test('loses none of changes at the same time', async () => {
    const made = Array.from({ length: 8 }, () => makeToken(all).record);
    const add = (record: (typeof made)[0]): Promise<void> =>
      updateTokenFile(file, (tokens) => ({ tokens: [...tokens, record], result: undefined }));
    await Promise.all(made.map(add));
    expect(new Set(readTokenFile(file).map(({ id }) => id))).toEqual(new Set(made.map(({ id }) => id)));
  });
});
