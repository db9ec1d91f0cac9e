import { execFileSync, spawnSync } from 'node:child_process';

function find(): string | undefined {
  for (const name of [process.env['FLAMBEAU_TEST_PYTHON'], process.env['FLAMBEAU_PYTHON'], 'python3']) {
    if (!name) continue;
    const { status, stdout } = spawnSync(name, ['-c', 'import torch; print(torch.__version__)'], { encoding: 'utf8' });
    if (status === 0 && /^2\.1[1-9]/.test(stdout)) return name;
  }
  return undefined;
}

/** A Python with torch, where there is one: `FLAMBEAU_TEST_PYTHON`, `FLAMBEAU_PYTHON` or `python3`. */
export const python = find();

/** What stands in the name of a test that needs it. */
export const withPython =
  python === undefined ? '(skipped: there is no Python with torch; FLAMBEAU_TEST_PYTHON names one)' : '';

/** Runs a program of Python, and gives what it prints. */
export function runPython(program: string, ...args: string[]): string {
  return execFileSync(python!, ['-W', 'ignore', '-c', program, ...args], {
    encoding: 'utf8',
    stdio: 'pipe',
  });
}
