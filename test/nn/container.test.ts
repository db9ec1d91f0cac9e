import { readFileSync } from 'node:fs';
import { describe, expect, test } from 'vitest';
import * as torch from '../../src/index.js';

const { nn } = torch;
const recorded = JSON.parse(readFileSync('test/nn/containers.json', 'utf8')) as Record<
  string,
  { text: string; keys: string[] }
>;

describe('containers', () => {
  test('what is no module or tensor, hides a member, or has no place is refused', () => {
    expect(() => new nn.ModuleList([3 as never])).toThrow(/ModuleList\(\): argument '0' must be Module/);
    expect(() => new nn.ModuleList([new nn.ReLU()]).set(1, new nn.ReLU())).toThrow(/index 1 is out of range/);
    expect(() => new nn.ModuleList().pop()).toThrow(/out of range of 0 elements/);
    expect(() => new nn.ModuleDict({ forward: new nn.ReLU() })).toThrow(/'forward' cannot be a name/);
    expect(() => new nn.ModuleDict({ 'a.b': new nn.ReLU() })).toThrow(/'a.b' cannot be a name/);
    expect(() => new nn.ModuleDict({ a: torch.ones(1) as never })).toThrow(/argument 'a' must be Module/);
    expect(() => new nn.ParameterList([3 as never])).toThrow(/argument '0' must be Tensor/);
    expect(() => new nn.ModuleList().call()).toThrow(/a container has no forward/);
  });

  test('they print, and name their state, as in Python', () => {
    const made: Record<string, torch.nn.Module> = {
      ModuleList: new nn.ModuleList([
        new nn.Linear(2, 2),
        new nn.Linear(2, 2),
        new nn.ReLU(),
        new nn.Sequential(new nn.ReLU()),
        new nn.Sequential(new nn.ReLU()),
      ]),
      ModuleDict: new nn.ModuleDict<torch.nn.Module>({
        act: new nn.ReLU(),
        inner: new nn.ModuleDict({ b: new nn.Tanh() }),
      }),
      ParameterList: new nn.ParameterList([torch.zeros(2, 3), torch.zeros(4).double()]),
      ParameterDict: new nn.ParameterDict({ left: torch.zeros(2, 3), right: torch.zeros(1).double() }),
      Holder: new nn.Sequential(
        new nn.ModuleList<torch.nn.Module>([new nn.ParameterList([torch.zeros(2)]), new nn.ReLU()]) as never,
      ),
      Empty: new nn.ModuleList(),
    };
    expect(Object.keys(made)).toEqual(Object.keys(recorded));
    for (const [name, { text, keys }] of Object.entries(recorded)) {
      expect(String(made[name])).toBe(text);
      expect(Object.keys(made[name]!.stateDict())).toEqual(keys);
    }
  });

  test('lists change by place, and their modules stay parts of the model', () => {
    const list = new nn.ModuleList([new nn.ReLU(), new nn.Tanh()]);
    list.insert(1, new nn.Sigmoid()).append(new nn.Identity());
    expect(Array.from(list, String)).toEqual(['ReLU()', 'Sigmoid()', 'Tanh()', 'Identity()']);
    expect(String(list.pop(-2))).toBe('Tanh()');
    expect(Array.from(list.namedChildren(), ([name]) => name)).toEqual(['0', '1', '2']);
    list.eval();
    expect(list.at(0)!.training).toBe(false);
  });

  test('dictionaries change by name', () => {
    const dict = new nn.ModuleDict([['a', new nn.ReLU()]]);
    dict.set('b', new nn.Tanh()).set('a', new nn.Sigmoid());
    expect(Array.from(dict, ([name, module]) => `${name} ${String(module)}`)).toEqual(['a Sigmoid()', 'b Tanh()']);
    expect([dict.size, dict.has('c'), dict.delete('a'), dict.delete('a')]).toEqual([2, false, true, false]);
  });

  test('tensors in containers become parameters that learn', () => {
    const dict = new nn.ParameterDict({ w: torch.ones(2) });
    dict.get('w')!.mul(3).sum().backward();
    expect(dict.get('w')!.grad!.tolist()).toEqual([3, 3]);
    expect([...dict.parameters()].length).toBe(1);
  });
});
