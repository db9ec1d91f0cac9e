import { execFile } from 'node:child_process';
import { mkdtempSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { promisify } from 'node:util';

const run = promisify(execFile);
// npm run test:nodes runs these programs under other versions of Node.
export const node = process.env['FLAMBEAU_TEST_NODE'] ?? process.execPath;
export const folder = mkdtempSync(path.join(tmpdir(), 'flambeau-'));

/** Runs a program of its own against the compiled package, and gives what it printed; a crash or a block rejects. */
export async function program(name: string, code: string, timeout = 110_000): Promise<string> {
  const file = path.join(folder, `${name}.mjs`);
  const entry = path.resolve('lib/index.js');
  writeFileSync(
    file,
    `import * as torch from ${JSON.stringify(entry)};\nconst entry = ${JSON.stringify(entry)};\n${code}`,
  );
  const { stdout } = await run(node, [file], { timeout, killSignal: 'SIGKILL' });
  return stdout.trim();
}
