import { wrongArgument } from '../../errors.js';
import type { Optimizer } from '../optimizer.js';
import { LRScheduler, perGroup, type LRSchedulerOptions, type LRSchedulerStateDict } from './scheduler.js';

/** A factor for an epoch. */
export type LRLambda = (epoch: number) => number;

interface State {
  /** Functions, which a state dict has as nulls. */
  lr_lambdas: LRLambda[];
}

/** The base of what is given functions. */
abstract class Lambdas extends LRScheduler<State> {
  constructor(optimizer: Optimizer, lrLambda: LRLambda | readonly LRLambda[], options: LRSchedulerOptions = {}) {
    const { name } = new.target;
    const lambdas = perGroup(name, 'lrLambda', optimizer?.paramGroups ?? [], lrLambda);
    for (const lambda of lambdas)
      if (typeof lambda !== 'function')
        throw wrongArgument(name, 'lrLambda', 'function, or one for each group', lambda);
    super(optimizer, { lr_lambdas: lambdas }, options.lastEpoch);
  }

  override stateDict(): LRSchedulerStateDict {
    return { ...super.stateDict(), lr_lambdas: this.state.lr_lambdas.map(() => null) };
  }

  override loadStateDict(dict: LRSchedulerStateDict): void {
    const { lr_lambdas: _, ...rest } = dict;
    super.loadStateDict(rest);
  }
}

/**
 * Learning rates of a function: `lr = base_lr * lrLambda(epoch)`.
 *
 * @see https://docs.pytorch.org/docs/2.13/generated/torch.optim.lr_scheduler.LambdaLR.html
 * @example
 * const optimizer = new optim.SGD([new nn.Parameter(torch.ones(1))], { lr: 0.5 })
 * const scheduler = new optim.lrScheduler.LambdaLR(optimizer, (epoch) => 1 / (epoch + 1))
 * optimizer.step()
 * scheduler.step()
 * scheduler.getLastLr() // [ 0.25 ]
 */
export class LambdaLR extends Lambdas {
  protected override getLr(): number[] {
    return this.baseLrs.map((lr, i) => lr * this.state.lr_lambdas[i]!(this.lastEpoch));
  }
}

/**
 * Each learning rate is the one before times a function: `lr = lr * lrLambda(epoch)`.
 *
 * @see https://docs.pytorch.org/docs/2.13/generated/torch.optim.lr_scheduler.MultiplicativeLR.html
 * @example
 * const optimizer = new optim.SGD([new nn.Parameter(torch.ones(1))], { lr: 0.5 })
 * const scheduler = new optim.lrScheduler.MultiplicativeLR(optimizer, () => 0.5)
 * optimizer.step()
 * scheduler.step()
 * scheduler.getLastLr() // [ 0.25 ]
 */
export class MultiplicativeLR extends Lambdas {
  protected override getLr(): number[] {
    if (this.isInitial) return this.rates();
    return this.rates().map((lr, i) => lr * this.state.lr_lambdas[i]!(this.lastEpoch));
  }
}
