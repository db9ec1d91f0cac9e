// node scripts/fuzz-load.mjs [--seconds 600] [--files N] [--seed N] [--program PATH]: loads files that were changed at random in processes of
// their own, through all readers, and tells what ended one, blocked it, took too much memory, or threw what is no error
// of a file.
import { spawn } from 'node:child_process';
import { mkdtempSync, readFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { clearInterval, setInterval } from 'node:timers';
import { parseArgs } from 'node:util';

const { values: options } = parseArgs({
  options: {
    seconds: { type: 'string', default: '600' },
    files: { type: 'string' },
    seed: { type: 'string', default: String(Date.now() % 1_000_000) },
    program: { type: 'string', default: 'test/serialization/mutate.mjs' },
  },
});
const program = path.join(import.meta.dirname, '..', options.program);
const log = path.join(mkdtempSync(path.join(tmpdir(), 'flambeau-')), 'log');
const last = () => readFileSync(log, 'utf8').trim();
// Files of one process: afterwards a fresh one, so that what leaks shows as a leak of few.
const batch = 2000;

/** Loads files `first` to `end`; says how it ended, and where to go on. */
function run(first, end) {
  return new Promise((resolve) => {
    const child = spawn(process.execPath, ['--max-old-space-size=512', program, options.seed, first, end, log], {
      stdio: ['ignore', 'pipe', 'pipe'],
    });
    let out = '';
    let errors = '';
    child.stdout.on('data', (data) => (out += data));
    child.stderr.on('data', (data) => (errors = (errors + data).slice(-4000)));
    let before = '';
    let blocked = false;
    const watch = setInterval(() => {
      const now = last();
      blocked = now !== '' && now === before;
      if (blocked) child.kill('SIGKILL');
      before = now;
    }, 20_000);
    child.on('exit', (code, signal) => {
      clearInterval(watch);
      const wrong = out.split('\n').filter((line) => line.startsWith('wrong:'));
      if (code !== 0)
        wrong.push(`wrong: ${blocked ? 'blocked' : (signal ?? `exit ${code}`)} at file ${last()}: ${errors}`);
      const counts = /^\{.*\}$/m.exec(out)?.[0];
      resolve({ wrong, next: code === 0 ? end : Number(last().split(' ')[0]) + 1, counts: JSON.parse(counts ?? '{}') });
    });
  });
}

console.log(`seed ${options.seed}`);
const stop = options.files ? Infinity : performance.now() + Number(options.seconds) * 1000;
const limit = options.files ? Number(options.files) : Infinity;
const total = {};
let found = 0;
let next = 0;
while (next < limit && performance.now() < stop) {
  const result = await run(next, Math.min(limit, next + batch));
  for (const line of result.wrong) console.log(line);
  found += result.wrong.length;
  for (const [name, count] of Object.entries(result.counts)) total[name] = (total[name] ?? 0) + count;
  if (!(result.next > next)) throw new Error('the program that loads does not start');
  next = result.next;
}
console.log(`${next} files of seed ${options.seed}: ${JSON.stringify(total)}; ${found} wrong`);
process.exitCode = found > 0 ? 1 : 0;
