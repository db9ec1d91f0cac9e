import { fstatSync, closeSync, openSync, readFileSync } from 'node:fs';
import path from 'node:path';
import { FlambeauError } from '../../errors.js';
import { withLock } from '../../libtorch/lock.js';
import { replaceFile } from '../store/files.js';
import { parseTokens, writeTokens, type TokenRecord } from './tokens.js';

/**
 * Reads a file of tokens. Nobody else may read it, nor write: who can write it can give himself a token. The group may
 * read, as it does in the volumes of Kubernetes.
 *
 * @throws FlambeauError `INVALID_FILE`, or the error of the file system
 */
export function readTokenFile(file: string): TokenRecord[] {
  const handle = openSync(file, 'r');
  try {
    const { mode, uid } = fstatSync(handle);
    const refuse = (why: string): never => {
      throw new FlambeauError('INVALID_FILE', `the file of tokens '${file}' is not used: ${why}`);
    };
    // Windows has no such modes.
    if (process.platform !== 'win32') {
      if ((mode & 0o037) !== 0)
        refuse(`its mode is ${(mode & 0o777).toString(8).padStart(4, '0')}, and must be 0600: chmod 600 '${file}'`);
      if (uid !== 0 && uid !== process.getuid?.()) refuse('it belongs to another user');
    }
    try {
      return parseTokens(readFileSync(handle, 'utf8'));
    } catch (error) {
      return refuse((error as Error).message);
    }
  } finally {
    closeSync(handle);
  }
}

/** Changes a file of tokens: a reader finds the old one or the new one, whole. A file that is missing is empty. */
export async function updateTokenFile<T>(
  file: string,
  change: (tokens: TokenRecord[]) => { tokens: readonly TokenRecord[]; result: T },
): Promise<T> {
  return withLock(`${path.resolve(file)}.lock`, async () => {
    let before: TokenRecord[] = [];
    try {
      before = readTokenFile(file);
    } catch (error) {
      if ((error as NodeJS.ErrnoException).code !== 'ENOENT') throw error;
    }
    const { tokens, result } = change(before);
    await replaceFile(file, writeTokens(tokens));
    return result;
  });
}
