import { closeSync, openSync } from 'node:fs';
import { pino, type DestinationStream, type Logger } from 'pino';
import { FlambeauError, wrongArgument } from '../errors.js';
import type { Outcome } from './context.js';

/** How much is written: each level has those before it too. `info` has a line for each request but probes and metrics. */
export const logLevels = ['silent', 'error', 'warn', 'info', 'debug'] as const;

/** One of `silent`, `error`, `warn`, `info` and `debug`. */
export type LogLevel = (typeof logLevels)[number];

/** Options of {@link createLog}. */
export interface LogOptions {
  /** `info`, unless given. */
  level?: LogLevel;
  /** The file that lines are appended to; standard output, unless given. */
  file?: string;
  /** Takes the lines, in place of a file. */
  write?: (line: string) => void;
}

/** A log of JSON lines. It is made by {@link createLog}. */
export interface Log {
  /** Writes how a request ended: the `record` of a server. */
  record(outcome: Outcome): void;
  /** Writes that something happened. */
  info(message: string, facts?: object): void;
  /** Writes of something that should not be so. */
  warn(message: string, facts?: object): void;
  /** Writes of a failure. */
  error(message: string, facts?: object): void;
  /** Opens the file anew, after another program has moved it away. */
  reopen(): void;
  /** Writes what is not written yet, at once; for when the process ends. */
  flush(): void;
  /** Writes what is not written yet, and ends. */
  close(): Promise<void>;
}

/** What is told of an error; its stack is for the log alone. */
function details(error: unknown): object {
  if (!(error instanceof Error)) return { message: String(error) };
  const { name, message, stack, cause } = error;
  const { code, nativeStack } = error as Partial<FlambeauError>;
  return { type: name, code, message, stack, nativeStack, cause: cause instanceof Error ? cause.message : undefined };
}

const round = (ms: number): number => Math.round(ms * 1000) / 1000;
// What a caller sends is as long as it likes.
const short = (text: string | undefined): string | undefined => text?.slice(0, 200);

/**
 * A log of JSON lines: one for each request, with what it was, how it ended and where its time went, never with bodies
 * or tokens. The client's failures are lines of `info`, the server's of `error` with the stack; probes and who reads metrics, of `debug`.
 *
 * @throws FlambeauError `INVALID_ARGUMENT` for an unknown level; the file's error where it cannot be opened
 * @example
 * const lines = []
 * const log = serve.createLog({ write: (line) => lines.push(JSON.parse(line)) })
 * const caller = { protocol: 'http', remote: '127.0.0.1', requestId: 'a1' }
 * log.record({ caller, route: 'POST /v2/models/{model}/infer', verb: 'infer', model: 'cnn', code: 'OK', durationMs: 2 })
 * lines[0].model // 'cnn'
 * await log.close()
 */
export function createLog({ level = 'info', file, write }: LogOptions = {}): Log {
  if (!logLevels.includes(level)) throw wrongArgument('createLog', 'level', `one of ${logLevels.join(', ')}`, level);
  // What is opened below tells of its failures when it is too late.
  if (file !== undefined) closeSync(openSync(file, 'a', 0o640));
  const stream = write ? undefined : pino.destination({ dest: file ?? 1, append: true, sync: false });
  const destination: DestinationStream = stream ?? { write: write! };
  // The disk may be full; the requests are not to blame.
  stream?.on('error', () => undefined);
  const log: Logger = pino(
    {
      level,
      base: null,
      timestamp: pino.stdTimeFunctions.isoTime,
      formatters: { level: (label) => ({ level: label }) },
    },
    destination,
  );
  return {
    record(outcome) {
      const { caller, status, code, timing, error, verb } = outcome;
      const failed = error !== undefined && (status === undefined ? code === 'INTERNAL' : status === 500);
      const at = failed ? 'error' : (verb === undefined || verb === 'metrics') && code === 'OK' ? 'debug' : 'info';
      if (!log.isLevelEnabled(at)) return;
      log[at](
        {
          requestId: caller.requestId,
          remote: caller.remote,
          protocol: caller.protocol,
          route: outcome.route,
          model: short(outcome.model),
          version: short(outcome.version),
          status,
          code,
          ms: round(outcome.durationMs),
          bytesIn: outcome.bytesIn,
          bytesOut: outcome.bytesOut,
          rows: outcome.rows,
          ...(timing && {
            queueMs: round(timing.queueMs),
            computeMs: round(timing.computeMs),
            batchRows: timing.batchRows,
          }),
          ...(failed ? { error: details(error) } : error instanceof Error && { reason: short(error.message) }),
        },
        'request',
      );
    },
    info: (message, facts = {}) => log.info(facts, message),
    warn: (message, facts = {}) => log.warn(facts, message),
    error: (message, facts = {}) => log.error(facts, message),
    reopen: () => file !== undefined && stream?.reopen(),
    flush() {
      try {
        stream?.flushSync();
      } catch {
        // It is not open yet, or cannot be written to.
      }
    },
    close: () =>
      new Promise((resolve) => {
        if (!stream) return resolve();
        stream.once('close', resolve).once('error', () => resolve());
        stream.end();
      }),
  };
}
