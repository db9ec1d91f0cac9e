import { expect, test } from 'vitest';
import { program } from './program.js';

// Each of these blocked or crashed, or would: so each is a process of its own with a limit, which
// no slow machine or sanitizer reaches.
const limit = 100_000;
const sleep = (ms: number): string => `Atomics.wait(new Int32Array(new SharedArrayBuffer(4)), 0, 0, ${ms})`;

test('a backward pass goes through a leaf that another one holds while it waits for its hook', async () => {
  const out = await program(
    'leaf',
    `const w = torch.ones(1, { requiresGrad: true });
let calls = 0;
w.registerPostAccumulateGradHook(() => { calls++; });
const first = w.mul(2).sum().backwardAsync();
${sleep(300)};
w.mul(3).sum().backward();
await first;
console.log(calls, w.grad.item());`,
    limit,
  );
  expect(out).toBe('2 5');
});

test('and so through a custom function, whose throw arrives at the pass that it belongs to', async () => {
  const out = await program(
    'function',
    `let calls = 0;
class Twice extends torch.autograd.Function {
  static forward(ctx, x) { ctx.saveForBackward(x); return x.mul(2); }
  static backward(ctx, grad) { ctx.savedTensors[0].item(); if (++calls === 3) throw 'third'; return grad.mul(2); }
}
const w = torch.ones(1, { requiresGrad: true });
const y = Twice.apply(w).sum();
const first = y.backwardAsync({ retainGraph: true });
${sleep(300)};
y.backward({ retainGraph: true });
await first;
const other = torch.ones(1, { requiresGrad: true });
other.registerHook(() => {});
const busy = other.mul(1).sum().backwardAsync();
let caught;
try { y.backward(); } catch (error) { caught = error; }
await busy;
console.log(calls, w.grad.item(), caught);`,
    limit,
  );
  expect(out).toBe('3 4 third');
});

test.each(['new Error("boom")', 'null', 'undefined', '"text"'])(
  'what a hook throws (%s) while the pass runs elsewhere arrives as itself',
  async (thrown) => {
    const out = await program(
      'throws',
      `const thrown = ${thrown};
const w = torch.ones(1, { requiresGrad: true });
let throwing = true;
w.registerHook(() => { if (throwing) throw thrown; });
const v = torch.ones(1, { requiresGrad: true });
v.registerHook((grad) => grad.mul(7));
const caught = [];
await w.mul(2).sum().backwardAsync().catch((error) => caught.push(error));
// The second pass, under way, has this thread serve callbacks while the first runs on another.
const busy = v.mul(2).sum().backwardAsync();
try { w.mul(2).sum().backward(); } catch (error) { caught.push(error); }
try { torch.autograd.grad(w.mul(2).sum(), w); } catch (error) { caught.push(error); }
await busy;
throwing = false;
w.mul(2).sum().backward();
console.log(caught.length === 3 && caught.every((error) => error === thrown), w.grad.item(), v.grad.item());`,
      limit,
    );
    expect(out).toBe('true 2 14');
  },
);

test('hooks may go backward themselves, deeper than the addon has threads', async () => {
  const out = await program(
    'deep',
    `torch.setAsyncThreads(1);
const busy = torch.ones(1, { requiresGrad: true });
busy.registerHook(() => {});
let deepest = 0;
const descend = (depth) => {
  deepest = Math.max(deepest, depth);
  if (depth === 6) return;
  const w = torch.ones(1, { requiresGrad: true });
  w.registerHook(() => torch.enableGrad(() => descend(depth + 1)));
  w.mul(2).sum().backward();
};
const under = busy.mul(2).sum().backwardAsync();
descend(0);
await under;
console.log(deepest);`,
    limit,
  );
  expect(out).toBe('6');
});

test('a custom function goes backward inside of a backward pass, here and elsewhere', async () => {
  const out = await program(
    'reentrant',
    `class Inner extends torch.autograd.Function {
  static forward(ctx, x) { ctx.saveForBackward(x); return x.square(); }
  static backward(ctx, grad) {
    const x = ctx.savedTensors[0].detach().requiresGrad_();
    torch.enableGrad(() => x.square().sum().backward());
    return x.grad.mul(grad);
  }
}
const w = torch.tensor([3], { dtype: 'float32', requiresGrad: true });
Inner.apply(w).sum().backward();
await Inner.apply(w).sum().backwardAsync();
console.log(w.grad.item());`,
    limit,
  );
  expect(out).toBe('12');
});

const pair = (worker: string): string => `import { Worker } from 'node:worker_threads';
const state = new Int32Array(new SharedArrayBuffer(8));
const code = ${JSON.stringify(`const { parentPort, workerData } = require('node:worker_threads');
import(workerData.entry).then(async (torch) => { const { state } = workerData; ${worker} });`)};
const mine = torch.ones(1, { requiresGrad: true });
mine.registerHook((grad) => { mineCalls++; return grad.mul(5); });
let mineCalls = 0;
const worker = new Worker(code, { eval: true, workerData: { entry, state, mine: torch.share(mine) } });
const next = () => new Promise((resolve, reject) => { worker.once('message', resolve); worker.once('error', reject); });
`;

test('two workers go backward through hooks of each other at the same time', async () => {
  const out = await program(
    'mutual',
    `${pair(`const theirs = torch.receive(workerData.mine);
const w = torch.ones(1, { requiresGrad: true });
w.registerHook((grad) => grad.mul(11));
parentPort.postMessage(torch.share(w));
Atomics.wait(state, 0, 0);
for (let i = 0; i < 50; i++) theirs.mul(1).sum().backward();
// Its hook is still called until the other side is done.
parentPort.once('message', () => parentPort.postMessage('done'));`)}
const theirs = torch.receive(await next());
const done = next();
Atomics.store(state, 0, 1);
Atomics.notify(state, 0);
for (let i = 0; i < 50; i++) theirs.mul(1).sum().backward();
worker.postMessage('end');
await done;
console.log(theirs.grad.item(), mine.grad.item(), mineCalls);`,
    limit,
  );
  expect(out).toBe('550 250 50');
});

test('a hook of a worker that has ended is an error, also where a new worker has its thread id', async () => {
  const out = await program(
    'ended',
    `${pair(`const w = torch.ones(1, { requiresGrad: true });
w.registerHook(() => {});
parentPort.postMessage(torch.share(w));`)}
const theirs = torch.receive(await next());
await new Promise((resolve) => worker.once('exit', resolve));
const codes = new Set();
const attempt = (y) => { try { y.backward(); codes.add('none'); } catch (error) { codes.add(error.code); } };
attempt(theirs.mul(1).sum());
const again = \`const { parentPort, workerData } = require('node:worker_threads');
import(workerData.entry).then((torch) => { try { torch.receive(workerData.theirs).mul(1).sum().backward(); } catch (error) { parentPort.postMessage(error.code); } });\`;
for (let i = 0; i < 8; i++) {
  const other = new Worker(again, { eval: true, workerData: { entry, theirs: torch.share(theirs) } });
  codes.add(await new Promise((resolve, reject) => { other.once('message', resolve); other.once('error', reject); }));
}
console.log(...codes);`,
    limit,
  );
  expect(out).toBe('CLOSED');
});

test('process.exit() inside of a hook ends the process, whichever thread runs the pass', async () => {
  for (const pass of ['await w.mul(2).sum().backwardAsync()', 'w.mul(2).sum().backward()']) {
    const exits = program(
      'exit',
      `const w = torch.ones(1, { requiresGrad: true });
w.registerHook(() => process.exit(7));
${pass};`,
      limit,
    );
    await expect(exits).rejects.toMatchObject({ code: 7 });
  }
  const pumped = program(
    'exit',
    `const v = torch.ones(1, { requiresGrad: true });
v.registerHook(() => {});
const w = torch.ones(1, { requiresGrad: true });
w.registerHook(() => process.exit(8));
v.mul(2).sum().backwardAsync();
w.mul(2).sum().backward();`,
    limit,
  );
  await expect(pumped).rejects.toMatchObject({ code: 8 });
});

test('a worker is terminated in the middle of a hook', async () => {
  const out = await program(
    'terminate',
    `${pair(`const w = torch.ones(1, { requiresGrad: true });
w.registerHook(() => { parentPort.postMessage('in'); for (;;); });
w.mul(2).sum().backwardAsync();`)}
await next();
console.log(await worker.terminate(), torch.ones(1).item());`,
    limit,
  );
  expect(out).toBe('1 1');
});

test('a tensor in the memory of a worker’s array does not leave it', async () => {
  const out = await program(
    'loan',
    `const array = new Float32Array([1, 2, 3]);
const x = torch.fromTypedArray(array);
const parts = torch.sparseCooTensor(torch.fromTypedArray(new BigInt64Array([0n, 1n]), [1, 2]), torch.ones(2), [2]);
const leaf = torch.ones(3, { requiresGrad: true });
leaf.grad = x;
const codes = [x, x.view(3, 1).t(), parts, leaf].map((y) => { try { torch.share(y); return 'shared'; } catch (error) { return error.message.slice(0, 50); } });
console.log(new Set(codes).size, codes[0], torch.receive(torch.share(x.clone())).sum().item());`,
    limit,
  );
  expect(out).toBe('1 share(): the tensor lives in the memory of a JavaS 6');
});

test('process.exit() while other threads compute ends the process with its code', { timeout: 120_000 }, async () => {
  // A thread that computes while LibTorch is taken down does not crash every time.
  for (let i = 0; i < 25; i++) {
    const busy = program(
      'busy',
      `const ws = Array.from({ length: 64 }, () => torch.ones(8, { requiresGrad: true }));
for (const w of ws) w.mul(2).exp().sum().backwardAsync().catch(() => {});
process.exit(3);`,
      limit,
    );
    await expect(busy).rejects.toMatchObject({ code: 3 });
  }
});
