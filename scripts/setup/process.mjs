import { spawn, spawnSync } from 'node:child_process';
import { dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';

/** The folder of package.json. */
export const root = join(dirname(fileURLToPath(import.meta.url)), '..', '..');

/** A program of a package in node_modules, as the arguments after `node`. */
export const bin = (file) => join(root, 'node_modules', file);

/** Runs a program, its output going straight to the terminal; gives its exit code. */
export function show(program, args, options = {}) {
  return new Promise((resolve, reject) => {
    const child = spawn(program, args, { cwd: root, stdio: 'inherit', ...options });
    child.once('error', reject);
    child.once('close', (code) => resolve(code ?? 1));
  });
}

/** Runs a program silently; if it fails, the error carries all that it said. */
export function quiet(program, args, options = {}) {
  return new Promise((resolve, reject) => {
    const child = spawn(program, args, { cwd: root, stdio: ['ignore', 'pipe', 'pipe'], ...options });
    const chunks = [];
    child.stdout.on('data', (chunk) => chunks.push(chunk));
    child.stderr.on('data', (chunk) => chunks.push(chunk));
    child.once('error', reject);
    child.once('close', (code) => {
      const output = Buffer.concat(chunks).toString();
      if (code === 0) resolve(output);
      else reject(Object.assign(new Error(`${[program, ...args].join(' ')} ended with ${code}`), { output }));
    });
  });
}

/** The first line that a program prints for `--version`, or undefined. */
export function version(program, args = ['--version']) {
  const run = spawnSync(program, args, { encoding: 'utf8' });
  return run.error || run.status !== 0 ? undefined : run.stdout.split('\n')[0].trim();
}

/** Runs npm: the one that runs this, or the one in the path. */
export function npm(args) {
  const cli = process.env.npm_execpath;
  if (cli?.endsWith('.js')) return quiet(process.execPath, [cli, ...args]);
  return quiet('npm', args, { shell: process.platform === 'win32' });
}
