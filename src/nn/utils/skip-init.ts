import type { Device } from '../../device.js';
import { wrongArgument } from '../../errors.js';
import { Module } from '../modules/module.js';

/**
 * Makes a module without drawing its initial values, for one that is loaded next.
 *
 * @param moduleClass - a class of modules that takes `device` among its options
 * @param args - what its constructor takes; the module is made on the `device` among the options, the CPU unless given
 * @throws when it is no class of modules
 * @see https://docs.pytorch.org/docs/2.13/generated/torch.nn.utils.skip_init.html
 * @example
 * nn.utils.skipInit(nn.Linear, 5, 1).weight.shape // [ 1, 5 ]
 */
export function skipInit<A extends unknown[], M extends object>(moduleClass: new (...args: A) => M, ...args: A): M {
  if (typeof moduleClass !== 'function' || !((moduleClass.prototype as unknown) instanceof Module))
    throw wrongArgument('skipInit', 'moduleClass', 'a class of modules', moduleClass);
  const last = args.at(-1);
  const hasOptions = typeof last === 'object' && last !== null && Object.getPrototypeOf(last) === Object.prototype;
  const options = (hasOptions ? last : {}) as { device?: Device };
  const places = hasOptions ? args.slice(0, -1) : args;
  const made = new moduleClass(...([...places, { ...options, device: 'meta' }] as unknown as A));
  return (made as unknown as Module).toEmpty({ device: options.device ?? 'cpu' }) as unknown as M;
}
