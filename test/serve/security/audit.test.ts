import { appendFileSync, readFileSync, rmSync, statSync, truncateSync, writeFileSync } from 'node:fs';
import { spawn } from 'node:child_process';
import { once } from 'node:events';
import path from 'node:path';
import fc from 'fast-check';
import { beforeEach, describe, expect, onTestFinished, test } from 'vitest';
import { AuditLog } from '../../../src/serve/security/audit.js';
import { lineOf, verifyAudit } from '../../../src/serve/security/audit-file.js';
import { temporaryFolder } from '../servable.js';

let file: string;
beforeEach(() => {
  file = path.join(temporaryFolder(onTestFinished), 'audit.jsonl');
});

async function write(events: number): Promise<void> {
  const log = AuditLog.open(file);
  for (let i = 0; i < events; i++) log.append({ event: 'refused', code: 'FORBIDDEN', model: `m${i}`, text: 'é"\n' });
  await log.close();
}
const linesOf = (): string[] => readFileSync(file, 'utf8').split('\n').slice(0, -1);

describe('verifyAudit', () => {
  test('names the line that was changed, taken away, added or moved', async () => {
    await write(4);
    const lines = linesOf();
    expect(verifyAudit(file)).toMatchObject({ ok: true, lines: 6 });
    const found = (changed: string[]): unknown => {
      writeFileSync(file, changed.map((line) => `${line}\n`).join(''));
      const { ok, problem } = verifyAudit(file);
      return [ok, problem?.line];
    };
    expect(found(lines.with(2, lines[2]!.replace('m1', 'm7')))).toEqual([false, 3]);
    expect(found(lines.toSpliced(0, 1))).toEqual([false, 1]);
    expect(found(lines.toSpliced(3, 1))).toEqual([false, 4]);
    expect(found(lines.slice(0, 5))).toEqual([false, 6]);
    expect(found(lines.toSpliced(1, 0, lines[0]!))).toEqual([false, 2]);
    expect(found([...lines, lines[5]!])).toEqual([false, 7]);
    expect(found(lines.with(1, lines[2]!).with(2, lines[1]!))).toEqual([false, 2]);
    expect(found([])).toEqual([false, 1]);
    // A line that follows as it should, but that the server did not write.
    const { hash } = JSON.parse(lines[5]!) as { hash: string };
    const forged = lineOf({ lines: 6, hash }, { event: 'opened' }).line.toString().trim();
    expect(found([...lines, forged])).toEqual([false, 7]);
    expect(found(lines)).toEqual([true, undefined]);
    rmSync(`${file}.head`);
    expect(found(lines)).toEqual([false, 7]);
  });

  test('finds every single change of bytes, removal, insertion, swap and end that was cut off', async () => {
    await write(6);
    const whole = readFileSync(file);
    const at = fc.nat({ max: whole.length - 1 });
    const rows = linesOf();
    const row = fc.nat({ max: rows.length - 1 });
    const join = (changed: string[]): Buffer => Buffer.from(changed.map((line) => `${line}\n`).join(''));
    const mutation = fc.oneof(
      fc.tuple(at, fc.integer({ min: 1, max: 255 })).map(([i, bits]) => {
        const copy = Buffer.from(whole);
        copy[i]! ^= bits;
        return copy;
      }),
      fc
        .tuple(at, fc.integer({ min: 1, max: 300 }))
        .map(([i, n]) => Buffer.concat([whole.subarray(0, i), whole.subarray(i + n)])),
      fc
        .tuple(at, fc.uint8Array({ minLength: 1, maxLength: 300 }))
        .map(([i, more]) => Buffer.concat([whole.subarray(0, i), more, whole.subarray(i)])),
      at.map((i) => whole.subarray(0, i)),
      row.map((i) => join(rows.toSpliced(i, 1))),
      fc.tuple(row, row).map(([i, j]) => join(rows.toSpliced(i, 0, rows[j]!))),
      fc.tuple(row, row).map(([i, j]) => join(rows.with(i, rows[j]!).with(j, rows[i]!))),
    );
    fc.assert(
      fc.property(mutation, (changed) => {
        fc.pre(!changed.equals(whole));
        writeFileSync(file, changed);
        const { ok, problem } = verifyAudit(file);
        expect([ok, typeof problem?.line]).toEqual([false, 'number']);
      }),
      { numRuns: 1000 },
    );
    writeFileSync(file, whole);
    expect(verifyAudit(file).ok).toBe(true);
  }, 60_000);

  test('finds by an anchor a log that was written anew from its beginning', async () => {
    await write(3);
    const { lines, hash } = verifyAudit(file);
    await write(1);
    expect(verifyAudit(file, { lines, hash }).ok).toBe(true);
    rmSync(file);
    rmSync(`${file}.head`);
    await write(3);
    expect(verifyAudit(file).ok).toBe(true);
    expect(verifyAudit(file, { lines, hash })).toMatchObject({ ok: false, problem: { line: 5 } });
    expect(verifyAudit(file, { lines: 50, hash })).toMatchObject({ ok: false, problem: { line: 6 } });
  });
});

describe('AuditLog', () => {
  test('goes on where it was, in a file that only its owner reads', async () => {
    await write(2);
    await write(1);
    const entries = linesOf().map((line) => JSON.parse(line) as { line: number; event: string });
    expect(entries.map(({ line, event }) => `${line} ${event}`)).toEqual([
      '1 opened',
      '2 refused',
      '3 refused',
      '4 closed',
      '5 opened',
      '6 refused',
      '7 closed',
    ]);
    if (process.platform !== 'win32') expect(statSync(file).mode & 0o777).toBe(0o600);
    expect(verifyAudit(file).ok).toBe(true);
  });

  test('does not go on with a log that was changed', async () => {
    await write(3);
    const whole = readFileSync(file);
    truncateSync(file, whole.indexOf('\n', 400) + 1);
    expect(() => AuditLog.open(file)).toThrow(/changed at line \d: lines up to 5 are missing/);
    rmSync(`${file}.head`);
    expect(() => AuditLog.open(file)).toThrow('the head file is missing');
    writeFileSync(`${file}.head`, '');
    expect(() => AuditLog.open(file)).toThrow('the head file is damaged');
  });

  test('goes on after a crash, and says what the crash left', async () => {
    await write(1);
    appendFileSync(file, '{"line":4,"ti');
    expect(verifyAudit(file)).toMatchObject({ ok: false, problem: { line: 4, reason: 'it is not whole' } });
    await write(0);
    expect(JSON.parse(linesOf()[3]!)).toMatchObject({ line: 4, event: 'opened', torn: 13 });
    expect(verifyAudit(file)).toMatchObject({ ok: true, lines: 5 });
    // A whole line, and the process died before it wrote the head.
    const { hash } = JSON.parse(linesOf()[4]!) as { hash: string };
    appendFileSync(file, lineOf({ lines: 5, hash }, { event: 'asked' }).line);
    await write(0);
    expect(JSON.parse(linesOf()[6]!)).toMatchObject({ event: 'opened', unanchored: 1 });
    expect(verifyAudit(file)).toMatchObject({ ok: true, lines: 8 });
  });

  test('has what it said to have, whenever its process is killed', async () => {
    const script = `
      import { AuditLog } from './lib/serve/security/audit.js';
      const log = AuditLog.open(process.argv[1]);
      for (let i = 0; ; i++) {
        log.append({ event: 'refused', i });
        log.append({ event: 'asked', i }, true);
        process.stdout.write(i + '\\n');
        await new Promise((next) => setImmediate(next));
      }`;
    for (const enough of [1, 20, 40]) {
      const child = spawn(process.execPath, ['--input-type=module', '-e', script, file]);
      let said = '';
      child.stdout.on('data', (chunk: Buffer) => {
        said += chunk.toString();
        if (said.split('\n').length > enough) child.kill('SIGKILL');
      });
      await once(child, 'close');
      const last = Number(said.split('\n').at(-2));
      const asked = linesOf().filter((line) => line.includes('"asked"'));
      expect(asked.some((line) => line.includes(`"i":${last},`))).toBe(true);
      await write(0);
      expect(verifyAudit(file)).toMatchObject({ ok: true });
    }
  }, 60_000);

  test('stops, and says so, when somebody else writes into it', async () => {
    const failures: string[] = [];
    const log = AuditLog.open(file, ({ message }) => failures.push(message));
    appendFileSync(file, 'x');
    log.append({ event: 'asked' }, true);
    log.append({ event: 'asked' }, true);
    expect([log.works, failures.length, failures[0]]).toEqual([false, 1, expect.stringContaining('somebody else')]);
    await log.close();
    expect(readFileSync(file, 'utf8').split('\n')).toHaveLength(2);
  });

  test('cuts the text of callers', async () => {
    const log = AuditLog.open(file);
    log.append({ event: 'refused', model: 'x'.repeat(100_000) }, true);
    await log.close();
    expect(statSync(file).size).toBeLessThan(2000);
  });
});
