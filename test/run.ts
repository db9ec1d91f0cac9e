import { execFile, type ExecFileOptions } from 'node:child_process';
import { promisify } from 'node:util';

const start = promisify(execFile);

/**
 * Runs a program of this Node's to its end and gives what it wrote; a failure rejects. Vitest takes a worker that hears
 * nothing for a minute for dead, so a test must not wait for one without its event loop.
 */
export const run = (
  args: readonly string[],
  options: ExecFileOptions = {},
): Promise<{ stdout: string; stderr: string }> =>
  start(process.execPath, args, { ...options, encoding: 'utf8', maxBuffer: 2 ** 24 });
