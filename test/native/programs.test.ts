import { execFile } from 'node:child_process';
import { writeFileSync } from 'node:fs';
import path from 'node:path';
import { promisify } from 'node:util';
import { expect, test } from 'vitest';
import { folder, node, program } from './program.js';

const run = promisify(execFile);

const growth = (body: string): string => `
const x = torch.ones(2, 2);
const loop = (n) => { for (let i = 0; i < n; i++) { ${body} } };
loop(200_000);
const before = process.memoryUsage().rss;
loop(1_000_000);
console.log(Math.round((process.memoryUsage().rss - before) / 2 ** 20));`;

test('a million operators in one synchronous loop keep the memory flat', async () => {
  expect(Number(await program('loop', growth('x.add(1);')))).toBeLessThan(64);
});

test('a million operators in scopes keep the memory flat', async () => {
  expect(Number(await program('scopes', growth('torch.scope(() => { x.add(x); });')))).toBeLessThan(64);
});

test('a loop of large tensors is collected in time', async () => {
  const out = await program(
    'large',
    `const x = torch.ones(1024, 1024); for (let i = 0; i < 500; i++) x.add(1);
console.log(Math.round(process.memoryUsage().rss / 2 ** 20));`,
  );
  expect(Number(out)).toBeLessThan(900);
});

test('sixteen workers load, compute and exit, ten times over', async () => {
  const out = await program(
    'workers',
    `import { Worker } from 'node:worker_threads';
const code = \`import(\${JSON.stringify(entry)}).then((torch) => { for (let i = 0; i < 100; i++) torch.ones(4, 4).matmul(torch.ones(4, 4)).sum().item(); });\`;
for (let round = 0; round < 10; round++) {
  await Promise.all(Array.from({ length: 16 }, () => new Promise((resolve, reject) => {
    const worker = new Worker(code, { eval: true });
    worker.on('error', reject);
    worker.on('exit', (exit) => (exit === 0 ? resolve() : reject(new Error('exit ' + exit))));
  })));
}
console.log('clean');`,
  );
  expect(out).toBe('clean');
});

test('a tensor that another worker got shares its memory', async () => {
  const out = await program(
    'share',
    `import { Worker } from 'node:worker_threads';
const x = torch.zeros(2);
const code = \`const { parentPort, workerData } = require('node:worker_threads');
import(workerData.entry).then((torch) => { const x = torch.receive(workerData.shared); x.add_(5); parentPort.postMessage(torch.share(x)); });\`;
const worker = new Worker(code, { eval: true, workerData: { entry, shared: torch.share(x) } });
const back = await new Promise((resolve, reject) => { worker.on('message', resolve); worker.on('error', reject); });
console.log(String(x), torch.receive(back).dataPtr() === x.dataPtr());`,
  );
  expect(out).toBe('tensor([5., 5.]) true');
});

test('a CommonJS program reaches the package by require', async () => {
  const file = path.join(folder, 'main.cjs');
  writeFileSync(
    file,
    `const torch = require(${JSON.stringify(path.resolve('lib/index.js'))}); console.log(String(torch.ones(2)));`,
  );
  const { stdout } = await run(node, ['--no-warnings', file]);
  expect(stdout.trim()).toBe('tensor([1., 1.])');
});

test('work that is under way keeps the process alive, and nothing else does', async () => {
  const out = await program('exit', `torch.ones(512, 512).toTypedArrayAsync().then((a) => console.log(a.length));`);
  expect(out).toBe('262144');
});

test.runIf(process.platform === 'linux')(
  'threads that wait are called last in, first out, and end at rest',
  async () => {
    const out = await program(
      'threads',
      `import { readdirSync, readFileSync } from 'node:fs';
const threads = () => new Map(readdirSync('/proc/self/task')
  .filter((id) => readFileSync('/proc/self/task/' + id + '/comm', 'utf8').trim() === 'flambeau')
  .map((id) => [id, Number(readFileSync('/proc/self/task/' + id + '/schedstat', 'utf8').split(' ')[0])]));
torch.setNumThreads(1);
torch.setAsyncThreads(4);
const x = torch.rand(400, 400), mm = torch.ops.aten.mm.callAsync;
await Promise.all(Array.from({ length: 16 }, () => mm(x, x)));
const before = threads();
for (let i = 0; i < 100; i++) await mm(x, x), await new Promise((resolve) => setTimeout(resolve, 5));
const spent = [...threads()].map(([id, ns]) => ns - before.get(id));
await new Promise((resolve) => setTimeout(resolve, 11_000));
const left = threads().size;
await mm(x, x);
console.log([Math.max(...spent) > spent.reduce((sum, ns) => sum + ns) / 2, left, threads().size].join());`,
    );
    expect(out).toBe('true,1,1');
  },
);

test.runIf(process.platform === 'linux')('text has threads of its own, of which few are used', async () => {
  const out = await program(
    'text',
    `import { readdirSync, readFileSync } from 'node:fs';
import { availableParallelism } from 'node:os';
import path from 'node:path';
const { binding } = await import(path.join(path.dirname(entry), 'binding.js'));
const threads = (name) => readdirSync('/proc/self/task')
  .filter((id) => readFileSync('/proc/self/task/' + id + '/comm', 'utf8').trim() === name).length;
const text = Buffer.from('[' + '0.125,'.repeat(99_999) + '0.125]');
await Promise.all(Array.from({ length: 40 }, () => binding.jsonRead(text, 0, text.length, [100_000], 'float32', true)));
const texts = threads('flambeau-text');
console.log([threads('flambeau'), texts > 0 && texts <= Math.max(2, availableParallelism())].join());`,
  );
  expect(out).toBe('0,true');
});
