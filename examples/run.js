// node examples/run.js [name...]: runs the examples small, one after the other, with a line for each; fails when one does.
// An example is a folder with main.js, or measure.js where it is a server.
import { spawnSync } from 'node:child_process';
import { existsSync, mkdtempSync, readdirSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';

const root = import.meta.dirname;
const programOf = (name) =>
  ['main.js', 'measure.js'].map((file) => path.join(root, name, file)).find((file) => existsSync(file));

const found = readdirSync(root, { withFileTypes: true })
  .filter((entry) => entry.isDirectory() && entry.name !== 'data')
  .map((entry) => entry.name);
const names = process.argv.length > 2 ? process.argv.slice(2) : found;
// What they write goes here, so that nobody's files are replaced.
const cwd = mkdtempSync(path.join(tmpdir(), 'flambeau-examples-'));
for (const name of names) {
  const program = programOf(name);
  const start = performance.now();
  const { status, signal, stdout, stderr } = program
    ? spawnSync(process.execPath, [program], { cwd, encoding: 'utf8', env: { ...process.env, SMALL: '1' } })
    : { status: 1, stdout: '', stderr: `examples/${name} has neither main.js nor measure.js\n` };
  const seconds = ((performance.now() - start) / 1e3).toFixed(1).padStart(5);
  const last = stdout.trim().split('\n').at(-1);
  console.log(`${name.padEnd(12)}${seconds} s  ${status === 0 ? last : `failed (${signal ?? status})`}`);
  if (status === 0) continue;
  process.exitCode = 1;
  console.error(stdout + stderr);
}
rmSync(cwd, { recursive: true });
