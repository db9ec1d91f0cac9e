import { spawn, spawnSync } from 'node:child_process';
import { mkdirSync, readdirSync } from 'node:fs';
import { join } from 'node:path';
import { canonical, parseWheelName, type Requirement } from './wheel.js';
import { WHEEL_PYTHON } from './versions.js';

type Env = Readonly<Record<string, string | undefined>>;

/** How pip is called: `['python3', '-m', 'pip']`. */
export type PipCommand = readonly string[];

/** pip was asked and could not give the wheel. */
export class PipFailed extends Error {}

/**
 * The first pip that answers. `FLAMBEAU_PIP` names one, or is `none`; the pip of `FLAMBEAU_PYTHON` comes before the
 * system's.
 */
export function findPip(env: Env = process.env): PipCommand | undefined {
  const chosen = env['FLAMBEAU_PIP'];
  if (chosen === 'none') return undefined;
  const module = ['-m', 'pip'];
  const commands: PipCommand[] = chosen
    ? [[chosen]]
    : [
        ...(env['FLAMBEAU_PYTHON'] ? [[env['FLAMBEAU_PYTHON'], ...module]] : []),
        ['python3', ...module],
        ['python', ...module],
        ['pip3'],
        ['pip'],
      ];
  return commands.find(([program, ...args]) => {
    const run = spawnSync(program!, [...args, '--version'], {
      stdio: 'ignore',
      timeout: 30_000,
      env: env as NodeJS.ProcessEnv,
    });
    return !run.error && run.status === 0;
  });
}

/**
 * Downloads wheels into a folder, by pip, with whatever mirrors, proxies and offline folders it is configured for.
 * Gives the wheels' paths, in the order of the requirements.
 */
export async function pipDownload(
  pip: PipCommand,
  requirements: readonly Requirement[],
  folder: string,
  options: { env?: Env; show?: boolean } = {},
): Promise<string[]> {
  mkdirSync(folder, { recursive: true });
  const [program, ...args] = pip;
  const wanted = requirements.map(({ name, specifier }) => `${name}${specifier}`);
  const flags = ['--no-deps', '--only-binary=:all:', '--python-version', WHEEL_PYTHON, '--disable-pip-version-check'];
  const show = options.show === true && process.stdout.isTTY;
  const child = spawn(program!, [...args, 'download', ...wanted, ...flags, '-d', folder], {
    stdio: ['ignore', show ? 'inherit' : 'pipe', 'pipe'],
    env: (options.env ?? process.env) as NodeJS.ProcessEnv,
  });
  let said = '';
  const keep = (chunk: Buffer): void => {
    said = (said + chunk.toString()).slice(-8_000);
  };
  child.stdout?.on('data', keep);
  child.stderr?.on('data', keep);
  const kill = (): void => void child.kill();
  process.once('exit', kill);
  const code = await new Promise<number | null>((resolve, reject) => {
    child.once('error', reject);
    child.once('close', resolve);
  }).finally(() => process.removeListener('exit', kill));
  if (code !== 0) {
    const errors = said.split('\n').filter((line) => line.startsWith('ERROR:'));
    throw new PipFailed(errors.join(' ') || said.trim().split('\n').at(-1) || `pip ended with ${code}`);
  }
  const files = readdirSync(folder);
  return requirements.map(({ name }) => {
    const file = files.find((one) => parseWheelName(one)?.name === canonical(name));
    if (!file) throw new PipFailed(`pip left no wheel of ${name}`);
    return join(folder, file);
  });
}
