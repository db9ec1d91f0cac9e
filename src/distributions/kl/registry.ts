import { FlambeauError, wrongArgument } from '../../errors.js';
import type { Tensor } from '../../tensor.js';
import { warn } from '../../warnings.js';
import { Distribution } from '../distribution.js';

// eslint-disable-next-line @typescript-eslint/no-explicit-any -- constructors of any arguments, abstract ones too
export type DistributionClass<D extends Distribution = Distribution> = abstract new (...args: any[]) => D;
type Divergence = (p: Distribution, q: Distribution) => Tensor;

interface Entry {
  p: DistributionClass;
  q: DistributionClass;
  divergence: Divergence;
}

const entries: Entry[] = [];
const found = new Map<unknown, Map<unknown, Divergence | null>>();

function extendsClass(type: unknown, base: DistributionClass): boolean {
  return type === base || (type as DistributionClass).prototype instanceof base;
}

/**
 * Says how the divergence of two families is computed; of their subclasses too, unless those say otherwise.
 *
 * @param p - the class of the first distribution
 * @param q - the class of the second
 * @param divergence - a function of both
 * @see https://docs.pytorch.org/docs/2.13/distributions.html#torch.distributions.kl.register_kl
 * @example
 * class Constant extends torch.distributions.Normal {}
 * torch.distributions.registerKl(Constant, Constant, (p) => p.loc.mul(0))
 * torch.distributions.klDivergence(new Constant(1, 1), new Constant(2, 1)) // tensor(0.)
 */
export function registerKl<P extends Distribution, Q extends Distribution>(
  p: DistributionClass<P>,
  q: DistributionClass<Q>,
  divergence: (p: P, q: Q) => Tensor,
): void {
  for (const [name, type] of Object.entries({ p, q }))
    if (typeof type !== 'function' || !extendsClass(type, Distribution))
      throw wrongArgument('registerKl', name, 'class of distributions', type);
  if (typeof divergence !== 'function') throw wrongArgument('registerKl', 'divergence', 'function', divergence);
  const old = entries.findIndex((entry) => entry.p === p && entry.q === q);
  if (old >= 0) entries.splice(old, 1);
  entries.push({ p, q, divergence: divergence as unknown as Divergence });
  found.clear();
}

/** The most derived of the entries, first by one class, then by the other. */
function closest(matches: readonly Entry[], first: 'p' | 'q', second: 'p' | 'q'): Entry {
  return matches.reduce((best, entry) => {
    const nearer = entry[first] === best[first] ? second : first;
    return entry[nearer] !== best[nearer] && extendsClass(entry[nearer], best[nearer]) ? entry : best;
  });
}

function lookUp(p: unknown, q: unknown): Divergence | null {
  const matches = entries.filter((entry) => extendsClass(p, entry.p) && extendsClass(q, entry.q));
  if (matches.length === 0) return null;
  const left = closest(matches, 'p', 'q');
  const right = closest(matches, 'q', 'p');
  if (left.divergence !== right.divergence)
    warn(
      `klDivergence of ${(p as { name: string }).name} and ${(q as { name: string }).name} is ambiguous; ` +
        `call registerKl(${left.p.name}, ${right.q.name}, ...)`,
    );
  return left.divergence;
}

/**
 * The Kullback-Leibler divergence `KL(p || q)`, of each pair of the batches.
 *
 * `integral of p(x) log(p(x) / q(x)) dx`
 *
 * @throws when no way is known for the two families
 * @see https://docs.pytorch.org/docs/2.13/distributions.html#torch.distributions.kl.kl_divergence
 * @example
 * const { Normal, klDivergence } = torch.distributions
 * klDivergence(new Normal(0, 1), new Normal(1, 1)) // tensor(0.5000)
 */
export function klDivergence(p: Distribution, q: Distribution): Tensor {
  for (const [name, value] of Object.entries({ p, q }))
    if (!(value instanceof Distribution)) throw wrongArgument('klDivergence', name, 'Distribution', value);
  let ofP = found.get(p.constructor);
  if (!ofP) found.set(p.constructor, (ofP = new Map()));
  let divergence = ofP.get(q.constructor);
  if (divergence === undefined) ofP.set(q.constructor, (divergence = lookUp(p.constructor, q.constructor)));
  if (!divergence)
    throw new FlambeauError(
      'NOT_IMPLEMENTED',
      `klDivergence(): none is known for ${p.constructor.name} and ${q.constructor.name}; registerKl() adds one`,
    );
  return divergence(p, q);
}

/** The pairs of classes, for the tests. @internal */
export function registeredPairs(): [string, string][] {
  return entries.map(({ p, q }) => [p.name, q.name]);
}
