import { readFileSync } from 'node:fs';
import { expect, test } from 'vitest';
import ts from 'typescript';
import * as torch from '../../src/index.js';

const readme = readFileSync('README.md', 'utf8');
const AsyncFunction = (async () => {}).constructor as new (
  ...args: string[]
) => (...args: unknown[]) => Promise<unknown>;

/** Runs a block as a program that has imported the package. */
async function run(block: string, result: string): Promise<unknown> {
  const code = block.replace(/^import \* as torch from 'flambeau';$/m, '');
  const { outputText } = ts.transpileModule(code, { compilerOptions: { target: ts.ScriptTarget.ES2022 } });
  return new AsyncFunction('torch', `${outputText}\nreturn ${result};`)(torch);
}

test('the ten lines run, and learn', async () => {
  const [block] = /(?<=```ts\n)[\s\S]*?(?=```)/.exec(readme.split('## Ten lines')[1]!)!;
  torch.manualSeed(0);
  const loss = (await run(block, 'nn.functional.mseLoss(model.call(x), y).item()')) as number;
  expect(loss).toBeLessThan(0.1);
});

test('every expression of the table of differences that is complete is one', () => {
  const x = torch.tensor([
    [1, 2],
    [3, 4],
  ]);
  expect(x.sum(1, true).equal(x.sum({ dim: 1, keepdim: true }))).toBe(true);
  expect(torch.full([2], 1).dtype).toBe('int64');
  expect(torch.float32).toBe('float32');
  expect('size' in torch || 'stride' in torch).toBe(false);
});

test('the number of operators is that of LibTorch', () => {
  const [, number] = /all ([\d,]+) of the dispatcher/.exec(readme)!;
  // Other tests load libraries with operators of their own in processes of their own.
  expect(torch.ops.names().length).toBe(Number(number!.replaceAll(',', '')));
});

test('links within the repository lead somewhere', () => {
  for (const [, target] of readme.matchAll(/\]\((?!http)([^)#]+)\)/g)) {
    expect(() => readFileSync(target!)).not.toThrow();
  }
});
