import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { onTestFinished } from 'vitest';
import * as torch from '../../../src/index.js';
import { isolate, type Isolation, type IsolationOptions } from '../../../src/serve/isolation/index.js';
import { Registry } from '../../../src/serve/registry/registry.js';
import { ModelStore } from '../../../src/serve/store/store.js';
import type { InferResult } from '../../../src/serve/types.js';
import { temporaryFolder } from '../servable.js';

/**
 * Does what its input says: 0 is doubled, 1 never answers but to its signal, 2 ends the process, 3 throws, 4 tells in how
 * many places of its memory the file of the model `big` lies, -1 blocks the event loop for ever.
 */
const handler = `
import { readFileSync } from 'node:fs';
import { tensor } from ${JSON.stringify(new URL('../../../lib/index.js', import.meta.url).href)};
export default {
  async run({ x }, _state, { signal, parameters }) {
    const what = x.select(0, 0).item();
    if (what === 1) await new Promise((_, reject) => signal.addEventListener('abort', () => reject(signal.reason)));
    if (what === 2) process.kill(process.pid, 'SIGKILL');
    if (what === 2) await new Promise(() => undefined);
    if (what === 3) throw new Error('the handler says no');
    while (what === -1);
    if (what === 4) {
      const places = readFileSync('/proc/self/maps', 'utf8').split('\\n').filter((line) => line.includes('/big/'));
      return { y: tensor([places.length], { dtype: 'float32' }) };
    }
    return { y: x.mul(parameters.factor ?? 2) };
  },
  describe: () => ({ labels: ['a', 'b'], none: undefined }),
  explain: ({ x }) => ({ sign: x.sign() }),
};
`;

export interface Setting {
  store: ModelStore;
  isolation: Isolation;
  registry: Registry;
  warnings: string[];
  /** Waits until a warning has this in it. */
  warned(text: string): Promise<void>;
}

/** A store with a handler, and with \`linear\`: a program of 4 to 4 whose requests are batched. */
export async function isolated(options: IsolationOptions = {}): Promise<Setting> {
  const folder = temporaryFolder(onTestFinished);
  const store = await ModelStore.open(join(folder, 'store'), { create: true });
  const file = join(folder, 'handler.mjs');
  writeFileSync(file, handler);
  const spec = { datatype: 'FP32' as const, shape: [-1] };
  const described = { inputs: [{ name: 'x', ...spec }], outputs: [{ name: 'y', ...spec }] };
  await store.add({ name: 'handler', model: file, ...described, instances: 64 });
  const linear = new torch.nn.Linear(4, 4, { bias: false });
  torch.noGrad(() => void linear.weight.copy_(torch.eye(4).mul(3)));
  const y = { name: 'y', datatype: 'FP32' as const, shape: [-1, 4] };
  const examples = [{ input: torch.ones(2, 4) }];
  const inputs = [{ ...y, name: 'input' }];
  await store.add({ name: 'linear', model: linear, examples, inputs, outputs: [y], batching: { maxBatchRows: 16 } });
  const warnings: string[] = [];
  let heard = (): void => undefined;
  const isolation = await isolate({
    threads: 1,
    ...options,
    warn: ({ message }) => {
      warnings.push(message);
      heard();
    },
  });
  onTestFinished(() => isolation.close());
  const registry = await Registry.open({ store, load: isolation.load });
  const warned = async (text: string): Promise<void> => {
    while (!warnings.some((warning) => warning.includes(text))) await new Promise<void>((resolve) => (heard = resolve));
  };
  return { store, isolation, registry, warnings, warned };
}

/** The numbers of the first output. */
export function numbers({ outputs }: InferResult): number[] {
  return (outputs[0]!.data as torch.Tensor).flatten().tolist() as number[];
}
