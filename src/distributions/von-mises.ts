import { noGrad } from '../autograd/modes.js';
import { empty, rand, where, zeros } from '../ops/functions.js';
import type { Size } from '../shape.js';
import type { Tensor } from '../tensor.js';
import * as constraints from './constraints.js';
import { Distribution, type ArgConstraints, type DistributionOptions } from './distribution.js';
import { broadcastAll, type Parameter } from './utils.js';

// Abramowitz and Stegun, 9.8.1 to 9.8.4: polynomials for the Bessel functions of order 0 and 1.
const small = [
  [1, 3.5156229, 3.0899424, 1.2067492, 0.2659732, 0.360768e-1, 0.45813e-2],
  [0.5, 0.87890594, 0.51498869, 0.15084934, 0.2658733e-1, 0.301532e-2, 0.32411e-3],
] as const;
const large = [
  [
    0.39894228, 0.1328592e-1, 0.225319e-2, -0.157565e-2, 0.916281e-2, -0.2057706e-1, 0.2635537e-1, -0.1647633e-1,
    0.392377e-2,
  ],
  [
    0.39894228, -0.3988024e-1, -0.362018e-2, 0.163801e-2, -0.1031555e-1, 0.2282967e-1, -0.2895312e-1, 0.1787654e-1,
    -0.420059e-2,
  ],
] as const;

function polynomial(y: Tensor, coefficients: readonly number[]): Tensor {
  const [last, ...rest] = coefficients.toReversed();
  return rest.reduce((sum, coefficient) => sum.mul(y).add(coefficient), y.mul(0).add(last!));
}

/** The logarithm of the modified Bessel function of the first kind. */
function logBessel(x: Tensor, order: 0 | 1): Tensor {
  const below = polynomial(x.div(3.75).square(), small[order]);
  const above = x.sub(x.log().mul(0.5)).add(polynomial(x.reciprocal().mul(3.75), large[order]).log());
  return where(x.lt(3.75), (order === 1 ? x.abs().mul(below) : below).log(), above);
}

/**
 * The von Mises distribution: angles around a mean, in radians.
 *
 * `p(x) = exp(concentration cos(x - loc)) / (2 pi I0(concentration))`
 *
 * Draws are rejected until all are accepted, which reads values, so that `sample` cannot be captured or mapped.
 *
 * @param loc - the mean angle
 * @param concentration - how close the angles are to it
 * @see https://docs.pytorch.org/docs/2.13/distributions.html#vonmises
 * @example
 * new torch.distributions.VonMises(0, 1).logProb(torch.tensor(0)) // tensor(-1.0738)
 */
export class VonMises extends Distribution {
  /** The mean angle. */
  readonly loc: Tensor;
  /** How close the angles are to it. */
  readonly concentration: Tensor;

  constructor(loc: Parameter, concentration: Parameter, options: DistributionOptions = {}) {
    const [l, c] = broadcastAll('VonMises', { loc, concentration });
    super(l!.shape, [], options);
    this.loc = l!;
    this.concentration = c!;
    this.checkParameters();
  }

  override get argConstraints(): ArgConstraints {
    return { loc: constraints.real, concentration: constraints.positive };
  }

  override get support(): constraints.Constraint {
    return constraints.real;
  }

  override get mean(): Tensor {
    return this.loc;
  }

  override get mode(): Tensor {
    return this.loc;
  }

  /** The circular variance. */
  override get variance(): Tensor {
    return logBessel(this.concentration, 1).sub(logBessel(this.concentration, 0)).exp().neg().add(1);
  }

  override logProb(value: Tensor): Tensor {
    this.checkValue(value);
    const { concentration } = this;
    return concentration
      .mul(value.sub(this.loc).cos())
      .sub(Math.log(2 * Math.PI))
      .sub(logBessel(concentration, 0));
  }

  // Best and Fisher, 1979; in double precision, since the ratio loses digits.
  override sample(sampleShape: Size = []): Tensor {
    const shape = this.extendedShape(sampleShape);
    return noGrad(() => {
      const { device } = this.loc;
      const kappa = this.concentration.to('float64');
      const tau = kappa.square().mul(4).add(1).sqrt().add(1);
      const rho = tau.sub(tau.mul(2).sqrt()).div(kappa.mul(2));
      const exact = rho.square().add(1).div(rho.mul(2));
      const r = where(kappa.lt(1e-5), kappa.reciprocal().add(kappa), exact);
      let x = empty(shape, { dtype: 'float64', device });
      let done = zeros(shape, { dtype: 'bool', device });
      while (!done.all().item<boolean>()) {
        const [u1, u2, u3] = rand([3, ...shape], { dtype: 'float64', device }).unbind() as Tensor[];
        const z = u1!.mul(Math.PI).cos();
        const f = r.mul(z).add(1).div(r.add(z));
        const c = kappa.mul(r.sub(f));
        const accept = c.mul(c.neg().add(2)).sub(u2!).gt(0).logicalOr(c.div(u2!).log().add(1).sub(c).ge(0));
        x = where(accept, u3!.sub(0.5).sign().mul(f.acos()), x);
        done = done.logicalOr(accept);
      }
      const turn = 2 * Math.PI;
      return x.add(Math.PI).add(this.loc.to('float64')).remainder(turn).sub(Math.PI).to(this.loc.dtype);
    });
  }

  override expand(batchShape: Size): VonMises {
    return new VonMises(this.loc.expand(batchShape), this.concentration.expand(batchShape), this.options);
  }
}
