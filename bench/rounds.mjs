// What the benches share: one side here and the other in a process of Python, in rounds that take turns.
import { spawn } from 'node:child_process';
import { createInterface } from 'node:readline';

const ROUND = 0.3;

export const median = (list) => [...list].sort((a, b) => a - b)[Math.floor(list.length / 2)];

/** How often a round runs, so that it takes about ROUND seconds. */
export async function calibrate(run) {
  for (let count = 1; ; count *= 2) {
    const seconds = await run(count);
    if (seconds > ROUND / 2) return Math.max(1, Math.round((count * ROUND) / seconds));
  }
}

/** The seconds that a function takes so many times. */
export function ours(fn, count) {
  const start = performance.now();
  for (let i = 0; i < count; i++) fn();
  return (performance.now() - start) / 1e3;
}

/** A script of Python that is told lines, and tells seconds. */
export class Python {
  constructor(python, ...args) {
    this.process = spawn(python, args, { stdio: ['pipe', 'pipe', 'inherit'] });
    this.answers = createInterface({ input: this.process.stdout })[Symbol.asyncIterator]();
  }

  async ask(line) {
    this.process.stdin.write(`${line}\n`);
    const { value, done } = await this.answers.next();
    if (done) throw new Error('Python ended: has it torch?');
    return Number(value);
  }

  end() {
    this.process.stdin.end();
  }
}
