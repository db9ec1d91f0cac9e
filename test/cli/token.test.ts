import { spawn } from 'node:child_process';
import { appendFileSync, readFileSync, statSync } from 'node:fs';
import { join } from 'node:path';
import { beforeEach, describe, expect, onTestFinished, test } from 'vitest';
import { AuditLog } from '../../src/serve/security/audit.js';
import { readTokenFile } from '../../src/serve/security/token-file.js';
import { permits, Tokens } from '../../src/serve/security/tokens.js';
import { temporaryFolder } from '../serve/servable.js';

const program = join(import.meta.dirname, '..', '..', 'lib', 'cli', 'main.js');

function flambeau(...args: string[]): Promise<{ code: number | null; out: string; err: string }> {
  const child = spawn(process.execPath, [program, ...args]);
  const outcome = { code: null as number | null, out: '', err: '' };
  child.stdout.on('data', (chunk: Buffer) => (outcome.out += chunk.toString()));
  child.stderr.on('data', (chunk: Buffer) => (outcome.err += chunk.toString()));
  return new Promise((resolve) => child.once('close', (code) => resolve({ ...outcome, code })));
}

let folder: string;
beforeEach(() => {
  folder = temporaryFolder(onTestFinished);
});

describe('flambeau token', () => {
  test('answers misuse with code 2, and what is wrong with code 1', async () => {
    const file = join(folder, 'tokens.json');
    expect(await flambeau('token', 'create')).toMatchObject({ code: 2 });
    expect(await flambeau('token', 'make', '--file', file)).toMatchObject({ code: 2 });
    expect(await flambeau('token', 'revoke', '--file', file)).toMatchObject({ code: 2 });
    for (const [args, message] of [
      [['create', '--verbs', 'root'], "not 'root'"],
      [['create', '--expires', 'soon'], '--expires must be as'],
      [['revoke', '0'.repeat(16)], 'no token with the id'],
      [['list'], 'ENOENT'],
    ] as const) {
      const { code, err } = await flambeau('token', ...args, '--file', file);
      expect([args, code, err.includes(message)]).toEqual([args, 1, true]);
    }
  }, 60_000);

  test('creates, lists, rotates and revokes', async () => {
    const file = join(folder, 'tokens.json');
    const scope = ['--verbs', 'infer,read', '--models', 'resnet,team-*', '--name', 'web'];
    const created = await flambeau('token', 'create', '--file', file, ...scope);
    const secret = created.out.trim();
    expect(secret).toMatch(/^flb_[0-9a-f]{16}_[\w-]{43}$/);
    if (process.platform !== 'win32') expect(statSync(file).mode & 0o777).toBe(0o600);
    expect(readFileSync(file, 'utf8')).not.toContain(secret.slice(-43));
    const find = (text: string, now = Date.now()) => new Tokens(readTokenFile(file)).find(`Bearer ${text}`, now);
    const record = find(secret)!;
    expect([permits(record, 'read', 'team-a'), permits(record, 'manage', 'resnet')]).toEqual([true, false]);
    // Ninety days, unless said.
    expect([find(secret, Date.now() + 89 * 86.4e6), find(secret, Date.now() + 91 * 86.4e6)]).toEqual([
      record,
      undefined,
    ]);
    const listed = await flambeau('token', 'list', '--file', file);
    expect(listed.out).toContain(`${record.id}  web`);
    expect(listed.out).not.toContain(record.sha256);
    const rotated = await flambeau(
      'token',
      'rotate',
      '--file',
      file,
      record.id,
      '--grace',
      '30m',
      '--expires',
      'never',
    );
    const next = rotated.out.trim();
    expect(find(next)).toMatchObject({ name: 'web', verbs: ['infer', 'read'], models: ['resnet', 'team-*'] });
    expect(find(next)!.expires).toBeUndefined();
    expect([find(secret)?.id, find(secret, Date.now() + 31 * 60_000)]).toEqual([record.id, undefined]);
    expect(await flambeau('token', 'revoke', '--file', file, find(next)!.id)).toMatchObject({ code: 0 });
    expect(find(next)).toBeUndefined();
  }, 60_000);
});

describe('flambeau audit verify', () => {
  test('says whether a log is as it was written, and which line is not', async () => {
    const file = join(folder, 'audit.jsonl');
    expect(await flambeau('audit', 'verify')).toMatchObject({ code: 2 });
    expect(await flambeau('audit', 'verify', file)).toMatchObject({ code: 1 });
    const log = AuditLog.open(file);
    log.append({ event: 'asked' });
    await log.close();
    const right = await flambeau('audit', 'verify', file);
    expect(right).toMatchObject({ code: 0 });
    const [, anchor] = /anchor (\S+)/.exec(right.out)!;
    expect(await flambeau('audit', 'verify', file, '--anchor', anchor!)).toMatchObject({ code: 0 });
    expect(await flambeau('audit', 'verify', file, '--anchor', `2:${'0'.repeat(64)}`)).toMatchObject({ code: 1 });
    appendFileSync(file, '{}\n');
    const wrong = await flambeau('audit', 'verify', file);
    expect([wrong.code, wrong.out]).toEqual([
      1,
      `${file}: line 4 is not as it was written: it has no hash at its end\n`,
    ]);
  }, 60_000);
});
