// The network without a server: for each line with a number of rows, the median milliseconds of its forward.
import { createInterface } from 'node:readline';
import * as torch from 'flambeau';
import { median } from '../rounds.mjs';

const { THREADS, RESNET } = process.env;
torch.setNumThreads(Number(THREADS));
const program = torch.export.loadSync(RESNET);
console.log('{}');
for await (const line of createInterface({ input: process.stdin })) {
  const { rows, seconds } = JSON.parse(line);
  const x = torch.rand(rows, 3, 224, 224);
  const times = [];
  torch.inferenceMode(() => {
    for (let i = 0; i < 3; i++) program.forward(x);
    for (let until = performance.now() + seconds * 1000; performance.now() < until || times.length < 3;) {
      const start = performance.now();
      program.forward(x);
      times.push(performance.now() - start);
    }
  });
  console.log(JSON.stringify({ ms: median(times) }));
}
