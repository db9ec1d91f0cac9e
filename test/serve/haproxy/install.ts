import { execFileSync } from 'node:child_process';
import { existsSync, mkdirSync, mkdtempSync, readdirSync, renameSync, rmSync } from 'node:fs';
import path from 'node:path';
import { cacheFolder } from '../../../src/libtorch/cache.js';

/** A program, and the environment that it runs in. */
export interface Program {
  command: string;
  env: NodeJS.ProcessEnv;
}

const run = (command: string, args: string[], cwd?: string): string =>
  execFileSync(command, args, {
    encoding: 'utf8',
    stdio: ['ignore', 'pipe', 'ignore'],
    ...(cwd !== undefined && { cwd }),
  });

const works = ({ command, env }: Program): boolean => {
  try {
    execFileSync(command, ['-v'], { env, stdio: 'ignore' });
    return true;
  } catch {
    return false;
  }
};

/** What the system has, or Debian's packages unpacked into the cache; `undefined` where there are none to be had. */
export function haproxy(): Program | undefined {
  const own: Program = { command: 'haproxy', env: process.env };
  if (works(own)) return own;
  const folder = path.join(cacheFolder(), 'haproxy');
  const libraries = path.join(folder, 'usr', 'lib', `${process.arch === 'arm64' ? 'aarch64' : 'x86_64'}-linux-gnu`);
  const unpacked: Program = {
    command: path.join(folder, 'usr', 'sbin', 'haproxy'),
    env: { ...process.env, LD_LIBRARY_PATH: libraries },
  };
  if (works(unpacked)) return unpacked;
  try {
    mkdirSync(cacheFolder(), { recursive: true });
    const draft = mkdtempSync(path.join(cacheFolder(), '.haproxy-'));
    const names = ['haproxy', 'liblua5.3-0', 'libopentracing-c-wrapper0', 'libopentracing1'];
    run('apt-get', ['download', ...names], draft);
    for (const file of readdirSync(draft).filter((name) => name.endsWith('.deb')))
      run('dpkg-deb', ['-x', file, '.'], draft);
    if (existsSync(folder)) rmSync(folder, { recursive: true });
    renameSync(draft, folder);
  } catch {
    return undefined;
  }
  return works(unpacked) ? unpacked : undefined;
}
