// node scripts/fuzz.mjs [public|raw] [calls] [seed]: calls raw operators with random arguments in processes of their own, and tells
// every call that ended one.
import { spawn } from 'node:child_process';
import { mkdtempSync, readFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { clearInterval, setInterval } from 'node:timers';

const program = path.resolve('test/native/random.mjs');
const set = process.argv[2] ?? 'public';
const calls = Number(process.argv[3] ?? 100_000);
const seed = Number(process.argv[4] ?? 1);
const log = path.join(mkdtempSync(path.join(tmpdir(), 'flambeau-')), 'log');
const last = () => readFileSync(log, 'utf8').trim();

/** Calls from `first` on, until the end or a call that kills or blocks the process. */
function run(first) {
  return new Promise((resolve) => {
    const child = spawn(process.execPath, [program, set, seed, first, calls, log], {
      stdio: ['ignore', 'pipe', 'pipe'],
    });
    let out = '';
    let errors = '';
    child.stdout.on('data', (data) => (out += data));
    child.stderr.on('data', (data) => (errors = (errors + data).slice(-20_000)));
    let before = '';
    let blocked = false;
    const watch = setInterval(() => {
      const now = last();
      blocked = now === before;
      if (blocked) child.kill('SIGKILL');
      before = now;
    }, 30_000);
    child.on('exit', (code, signal) => {
      clearInterval(watch);
      resolve({ ok: code === 0, end: blocked ? 'blocked' : (signal ?? `exit ${code}`), out: out.trim(), errors });
    });
  });
}

let found = 0;
for (let first = 0; first < calls;) {
  const { ok, end, out, errors } = await run(first);
  if (ok) {
    console.log(out);
    break;
  }
  found++;
  const call = last();
  console.log(`${end}: ${call}`);
  const report = /==\d+==ERROR: AddressSanitizer[^]*?\n\n/.exec(errors);
  if (report) console.log(report[0]);
  const next = Number(call.split(' ')[0]) + 1;
  if (!(next > first)) throw new Error(errors);
  first = next;
}
console.log(`${found} of ${calls} calls of seed ${seed} ended the process`);
process.exitCode = found > 0 ? 1 : 0;
