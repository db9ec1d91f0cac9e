// node examples/backend/measure.js [seconds] [model]: how long the server's event loop is kept waiting, idle, with eight requests
// for predictions at once, and while it trains. The requests come from a thread of their own.
import { monitorEventLoopDelay } from 'node:perf_hooks';
import { setTimeout as sleep } from 'node:timers/promises';
import { isMainThread, parentPort, Worker, workerData } from 'node:worker_threads';

const CLIENTS = 8;

async function clients(port, seconds) {
  const body = Buffer.from(new Float32Array(3 * 224 * 224).buffer);
  const until = performance.now() + seconds * 1e3;
  let count = 0;
  const client = async () => {
    while (performance.now() < until) {
      const response = await fetch(`http://localhost:${port}/predict`, { method: 'POST', body });
      const { classes } = await response.json();
      if (classes?.length !== 5) throw new Error(`no prediction: ${response.status}`);
      count++;
    }
  };
  await Promise.all(Array.from({ length: CLIENTS }, client));
  return count;
}

async function main() {
  const { backend } = await import('./server.js');
  const seconds = Number(process.argv[2] ?? (process.env.SMALL === '1' ? 1 : 10));
  const server = (await backend(process.argv[3])).listen(0);
  const { port } = server.address();
  const train = (method) => fetch(`http://localhost:${port}/train`, { method });

  const phases = {
    idle: () => sleep(seconds * 1e3),
    [`${CLIENTS} predictions at once`]: () =>
      new Promise((resolve, reject) => {
        const worker = new Worker(new URL(import.meta.url), { workerData: { port, seconds } });
        worker.on('message', resolve).on('error', reject);
      }),
    'training step by step': () => sleep(seconds * 1e3),
  };
  console.log(
    '| event loop delay, ms | mean | p50 | p99 | max | predictions/s |\n| --- | ---: | ---: | ---: | ---: | ---: |',
  );
  for (const [name, phase] of Object.entries(phases)) {
    if (name.startsWith('training')) {
      await train('POST');
      await sleep(1000); // The capture itself runs a step on this thread, once.
    }
    const delay = monitorEventLoopDelay({ resolution: 1 });
    delay.enable();
    const count = await phase();
    delay.disable();
    const ms = (nanoseconds) => (nanoseconds / 1e6).toFixed(1);
    const figures = [delay.mean, delay.percentile(50), delay.percentile(99), delay.max].map(ms);
    console.log(`| ${name} | ${figures.join(' | ')} | ${count ? (count / seconds).toFixed(1) : ''} |`);
  }
  await train('DELETE');
  server.close();
}

if (isMainThread) await main();
else parentPort.postMessage(await clients(workerData.port, workerData.seconds));
