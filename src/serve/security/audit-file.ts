import { createHash } from 'node:crypto';
import { readFileSync } from 'node:fs';

/** The end of a chain: how many lines there are, and the hash of the last one. */
export interface Head {
  lines: number;
  hash: string;
}

/** The head of no lines. */
export const genesis: Head = { lines: 0, hash: '0'.repeat(64) };

const sha256 = (bytes: Buffer | string): string => createHash('sha256').update(bytes).digest('hex');

/** The file beside a log that says where it ends, so that what is cut off at the end is missed. */
export const headFileOf = (file: string): string => `${file}.head`;

/** Always of the same length, so that it is written over in place. */
export const headLine = ({ lines, hash }: Head): string => `${String(lines).padStart(16, '0')} ${hash}\n`;

/** The next line of a chain. Its hash is of all bytes before, the hash of the line before it among them. */
export function lineOf({ lines, hash }: Head, fields: object): { line: Buffer; head: Head } {
  const open = JSON.stringify({ line: lines + 1, ...fields, previous: hash }).slice(0, -1);
  const own = sha256(open);
  return { line: Buffer.from(`${open},"hash":"${own}"}\n`), head: { lines: lines + 1, hash: own } };
}

/** What is wrong with a log, and where. */
export interface Problem {
  /** The first line that is not as it was written. */
  line: number;
  /** In what way. */
  reason: string;
}

/** What was found in a log. */
export interface Reading {
  /** The end of the lines that are right. */
  last: Head;
  /** Their bytes. */
  bytes: number;
  /** All bytes. */
  size: number;
  problem?: Problem;
  /** Whether the problem is one that a crash leaves. */
  recoverable: boolean;
  /** How many right lines there are behind the head. */
  beyond: number;
}

const endOf = /,"hash":"([0-9a-f]{64})"\}$/;
// `,"hash":"` + 64 digits + `"}`
const tail = 75;

function check(line: Buffer, { lines, hash }: Head): Head | string {
  const [, own] = endOf.exec(line.toString('latin1', Math.max(0, line.length - tail))) ?? [];
  if (own === undefined) return 'it has no hash at its end';
  const open = line.subarray(0, line.length - tail);
  if (sha256(open) !== own) return 'its hash is of another text';
  let fields: { line?: unknown; previous?: unknown };
  try {
    fields = JSON.parse(line.toString('utf8')) as typeof fields;
  } catch {
    return 'it is no JSON';
  }
  if (fields.previous !== hash)
    return lines === 0 ? 'lines before it are missing' : 'it does not follow the line before';
  if (fields.line !== lines + 1) return `it calls itself line ${String(fields.line)}`;
  return { lines: lines + 1, hash: own };
}

function readHead(file: string, isEmpty: boolean): Head | string {
  let text: string;
  try {
    text = readFileSync(headFileOf(file), 'latin1');
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code !== 'ENOENT') throw error;
    return isEmpty ? genesis : 'the head file is missing';
  }
  // One that was made, and no more, as the process died.
  if (text === '' && isEmpty) return genesis;
  const [, lines, hash] = /^(\d{16}) ([0-9a-f]{64})\n$/.exec(text) ?? [];
  return hash === undefined ? 'the head file is damaged' : { lines: Number(lines), hash };
}

/**
 * Reads a log and its head file, and finds the first line that is not as it was written.
 *
 * @param anchor - a head that was kept elsewhere: the log must have had it
 */
export function readAudit(file: string, anchor?: Head): Reading {
  const content = readFileSync(file);
  const head = readHead(file, content.length === 0);
  const reading: Reading = { last: genesis, bytes: 0, size: content.length, recoverable: false, beyond: 0 };
  const wrong = (line: number, reason: string, recoverable = false): Reading => {
    reading.problem = { line, reason };
    reading.recoverable = recoverable;
    return reading;
  };
  let atHead = typeof head !== 'string' && head.lines === 0;
  let unanchored = anchor !== undefined && anchor.lines > 0;
  let cutOff = false;
  for (let at = 0; at < content.length;) {
    const end = content.indexOf(10, at);
    const number = reading.last.lines + 1;
    if (end < 0) {
      cutOff = true;
      break;
    }
    const next = check(content.subarray(at, end), reading.last);
    if (typeof next === 'string') return wrong(number, next);
    at = end + 1;
    reading.bytes = at;
    reading.last = next;
    if (typeof head !== 'string' && next.lines === head.lines) {
      if (next.hash !== head.hash) return wrong(number, 'the head file has another hash for it');
      atHead = true;
    }
    if (anchor && next.lines === anchor.lines) {
      if (next.hash !== anchor.hash) return wrong(number, 'the anchor has another hash for it');
      unanchored = false;
    }
  }
  const next = reading.last.lines + 1;
  if (typeof head === 'string') return wrong(next, head);
  if (!atHead) return wrong(next, `lines up to ${head.lines} are missing`);
  if (unanchored) return wrong(next, `lines up to ${anchor!.lines}, which the anchor names, are missing`);
  reading.beyond = reading.last.lines - head.lines;
  if (cutOff) return wrong(next, 'it is not whole', true);
  if (reading.beyond > 0)
    return wrong(head.lines + 1, 'the head file does not know it: it was added, or written as the process died', true);
  return reading;
}

/** What {@link verifyAudit} found. */
export interface AuditVerdict {
  /** Whether nothing was changed, added or taken away. */
  ok: boolean;
  /** How many lines are right, from the first one on. */
  lines: number;
  /** The hash of the last of them; with `lines`, an anchor to keep elsewhere. */
  hash: string;
  /** What is wrong, and in which line. */
  problem?: Problem;
}

/**
 * Looks for any change, insertion or removal in an audit log. Who can write the log and its head file can write both
 * anew: an anchor that is kept elsewhere shows that too.
 *
 * @param anchor - `lines` and `hash` of an earlier verdict
 * @throws the error of the file system where there is no such file
 * @example
 * let code
 * try { serve.verifyAudit('no-such-file') } catch (error) { code = error.code }
 * code // 'ENOENT'
 */
export function verifyAudit(file: string, anchor?: { lines: number; hash: string }): AuditVerdict {
  for (let attempt = 1; ; attempt++) {
    const { last, problem, recoverable } = readAudit(file, anchor);
    // A server may be writing: between its log and its head file there is a moment.
    if (problem && recoverable && attempt < 5) {
      Atomics.wait(new Int32Array(new SharedArrayBuffer(4)), 0, 0, 20);
      continue;
    }
    const found = problem ?? (last.lines === 0 ? { line: 1, reason: 'there is none' } : undefined);
    return { ok: found === undefined, ...last, ...(found && { problem: found }) };
  }
}
