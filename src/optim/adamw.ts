import { Adam, type AdamOptions } from './adam.js';
import type { Params } from './optimizer.js';
import type { OptimizerStateDict } from './state.js';

/** Options of {@link AdamW}. */
export type AdamWOptions = Omit<AdamOptions, 'decoupledWeightDecay'>;

/**
 * Adam whose penalty on weights shrinks them directly (Loshchilov and Hutter, 2019), rather than entering the averages.
 *
 * `p = p - lr * weight_decay * p`, then as {@link Adam}
 *
 * @see https://docs.pytorch.org/docs/2.13/generated/torch.optim.AdamW.html
 * @example
 * const w = new nn.Parameter(torch.ones(2))
 * const adamw = new optim.AdamW([w], { lr: 0.25, weightDecay: 1 })
 * w.sum().backward()
 * adamw.step()
 * w.detach() // tensor([0.5000, 0.5000])
 */
export class AdamW extends Adam {
  constructor(params: Params<AdamWOptions>, options: Partial<AdamWOptions> = {}) {
    // What is no object is for the base to refuse.
    const isObject = typeof options === 'object' && options !== null;
    super(params, isObject ? { weightDecay: 1e-2, ...options, decoupledWeightDecay: true } : options);
  }

  override loadStateDict(dict: OptimizerStateDict): void {
    super.loadStateDict(dict);
    for (const group of this.paramGroups) group.decoupledWeightDecay = true;
  }
}
