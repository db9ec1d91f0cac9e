import { readFileSync } from 'node:fs';
import * as torch from '../../src/index.js';

/** What Python's optimizers did: see scripts/record/optim.py. */
export interface OptimizerRecord {
  name: string;
  options: Record<string, unknown>;
  /** The elements of both parameters after each step. */
  steps: number[][];
  /** The state after three steps. */
  state: { state: Record<string, Record<string, unknown>>; param_groups: Record<string, unknown>[] };
}

export const { records, sparse } = JSON.parse(readFileSync(new URL('steps.json', import.meta.url), 'utf8')) as {
  records: OptimizerRecord[];
  sparse: OptimizerRecord[];
};

export const camel = (name: string): string => name.replace(/_(.)/g, (_, letter: string) => letter.toUpperCase());

type Make = new (params: Iterable<torch.Tensor>, options?: object) => torch.optim.Optimizer;

/** Every optimizer that is exported. */
export const classes = Object.entries(torch.optim).flatMap(([name, value]) =>
  typeof value === 'function' && value.prototype instanceof torch.optim.Optimizer
    ? [[name, value as unknown as Make] as const]
    : [],
);

/** An optimizer with Python's options. */
export function make(
  name: string,
  params: torch.Tensor[],
  options: Record<string, unknown>,
  ways: object = {},
): torch.optim.Optimizer {
  const given = Object.fromEntries(Object.entries(options).map(([key, value]) => [camel(key), value]));
  const found = classes.find(([own]) => own === name);
  if (!found) throw new Error(`there is no optimizer ${name}`);
  return new found[1](params, { ...given, ...ways });
}

/** The parameters that the records begin with. */
export function parameters(name: string, options: { dtype?: 'float64' | 'float32'; device?: string } = {}) {
  const like = { dtype: 'float64', ...options } as const;
  const w = torch.tensor(
    [
      [0.5, -1, 0.3],
      [2, 0.25, -0.7],
    ],
    like as never,
  );
  const v = torch.tensor([1.5, -0.4, 0.1, 0.8], like as never);
  return [w, name === 'Muon' ? v.view(2, 2) : v].map((values) => new torch.nn.Parameter(values));
}

const cube = (x: torch.Tensor): torch.Tensor => x.mul(x).mul(x);

/** The loss of a step of the records. */
export function lossOf(name: string, [w, v]: torch.Tensor[], i: number): torch.Tensor {
  if (name === 'LBFGS') {
    const apart = w!.sum().sub(v!.sum()).sub(1);
    return w!.square().square().sum().add(v!.square().sum()).add(apart.square());
  }
  return w!
    .mul(w!)
    .mul((i % 3) - 0.5)
    .sum()
    .add(cube(v!).sum().div(3))
    .add(w!.sum().sub(1).mul(v!.sum()));
}

/** Takes a step of the records. */
export function take(name: string, optimizer: torch.optim.Optimizer, params: torch.Tensor[], i: number): void {
  optimizer.step(() => {
    optimizer.zeroGrad();
    const loss = lossOf(name, params, i);
    loss.backward();
    return loss;
  });
}

/** The elements of all parameters. */
export const elements = (params: torch.Tensor[]): number[] =>
  params.flatMap((param) => param.detach().flatten().tolist<number[]>());
