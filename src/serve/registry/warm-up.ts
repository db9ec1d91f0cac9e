import { FlambeauError } from '../../errors.js';
import { cat } from '../../ops/functions.js';
import type { Tensor } from '../../tensor.js';
import { scope } from '../../tensor/scope.js';
import type { NamedTensor, Servable } from '../types.js';

/** A tensor of just so many rows: those that there are, over and over. */
function withRows(tensor: Tensor, rows: number): Tensor {
  const own = tensor.shape[0]!;
  if (own >= rows) return tensor.narrow(0, 0, rows);
  const parts: Tensor[] = [];
  for (let left = rows; left > 0; left -= own) parts.push(tensor.narrow(0, 0, Math.min(own, left)));
  return cat(parts, 0);
}

function resized(example: readonly NamedTensor[], rows: number): NamedTensor[] {
  return example.map((input) => {
    const data = input.data as Tensor;
    return { ...input, data: withRows(data, rows), shape: [rows, ...input.shape.slice(1)] };
  });
}

/**
 * Runs a model on its examples, one after another, in every size that a batch may have: what is slow the first time is
 * done before a request waits for it.
 *
 * @throws what the model threw, with the example and the size before it
 */
export async function warmUp(
  servable: Pick<Servable, 'info' | 'infer'>,
  examples: readonly (readonly NamedTensor[])[],
): Promise<void> {
  const { batching } = servable.info;
  for (const [i, example] of examples.entries()) {
    const hasRows = example.length > 0 && example.every(({ shape }) => shape.length > 0 && shape[0]! > 0);
    const sizes = batching && hasRows ? (batching.sizes ?? [...new Set([1, batching.maxBatchRows])]) : [undefined];
    for (const rows of sizes) {
      try {
        await scope(async () => {
          const inputs = rows === undefined ? [...example] : resized(example, rows);
          const { outputs } = await servable.infer({ inputs });
          for (const { data } of outputs) if ('dispose' in data) data.dispose();
        });
      } catch (cause) {
        const what = rows === undefined ? `example ${i}` : `example ${i} with ${rows} row${rows === 1 ? '' : 's'}`;
        const { message } = cause as Error;
        throw new FlambeauError(
          cause instanceof FlambeauError ? cause.code : 'INVALID_FILE',
          `the warm-up by ${what} failed: ${message}`,
          { cause },
        );
      }
    }
  }
}
