import { execFile } from 'node:child_process';
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { promisify } from 'node:util';
import { expect, onTestFinished, test } from 'vitest';
import { describeDevices } from '../devices.js';

// Programs of their own against the compiled package: what matters is also how they end.
describeDevices('a program', (device) => {
  async function program(code: string): Promise<string> {
    const folder = mkdtempSync(path.join(tmpdir(), 'flambeau-'));
    onTestFinished(() => rmSync(folder, { recursive: true, force: true }));
    const file = path.join(folder, 'main.mjs');
    const entry = JSON.stringify(path.resolve('lib/index.js'));
    writeFileSync(file, `import * as torch from ${entry};\nconst entry = ${entry}, device = '${device}';\n${code}`);
    const { stdout } = await promisify(execFile)(process.execPath, [file], { timeout: 110_000 });
    return stdout.trim();
  }

  test('ends clean while tensors, graphs, hooks and work are alive', async () => {
    const out = await program(`
const w = torch.ones(64, 64, { device, requiresGrad: true });
w.registerHook((grad) => grad.mul(2));
const loss = w.matmul(w).sum();
loss.backward({ retainGraph: true });
globalThis.kept = [w, loss, new torch.Generator(device), torch.ones(1024, 1024, { device }).matmul(torch.ones(1024, 1024, { device }))];
loss.backwardAsync({ retainGraph: true });
console.log(w.grad.at(0, 0).item());`);
    expect(out).toBe('256');
  });

  test('computes in workers, and hands a tensor to one without a copy', async () => {
    const out = await program(`
import { Worker } from 'node:worker_threads';
const code = \`
const { parentPort, workerData } = require('node:worker_threads');
import(workerData.entry).then((torch) => {
  const x = torch.receive(workerData.shared);
  x.add_(5);
  if (x.device.startsWith('cuda')) torch.cuda.synchronize();
  parentPort.postMessage(torch.share(x));
});\`;
const tensors = [1, 2, 3, 4].map((value) => torch.full([2], value, { device }));
const backs = await Promise.all(tensors.map((x) => new Promise((resolve, reject) => {
  const worker = new Worker(code, { eval: true, workerData: { entry, shared: torch.share(x) } });
  worker.on('message', resolve);
  worker.on('error', reject);
})));
console.log(JSON.stringify(tensors.map((x, i) => [...x.tolist(), torch.receive(backs[i]).dataPtr() === x.dataPtr()])));`);
    expect(JSON.parse(out)).toEqual([6, 7, 8, 9].map((value) => [value, value, true]));
  });
});
