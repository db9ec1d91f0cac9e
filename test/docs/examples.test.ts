import { readdirSync, readFileSync } from 'node:fs';
import path from 'node:path';
import { inspect } from 'node:util';
import { describe, expect, test } from 'vitest';
import ts from 'typescript';
import * as torch from '../../src/index.js';
import * as serve from '../../src/serve/index.js';

interface Example {
  where: string;
  code: string;
}

function sources(folder: string): string[] {
  return readdirSync(folder, { withFileTypes: true, recursive: true })
    .filter((entry) => entry.isFile() && entry.name.endsWith('.ts'))
    .map((entry) => path.join(entry.parentPath, entry.name));
}

function examples(file: string): Example[] {
  const text = readFileSync(file, 'utf8');
  const found: Example[] = [];
  for (const comment of text.matchAll(/\/\*\*([\s\S]*?)\*\//g)) {
    const at = comment[1]!.indexOf('@example');
    if (at < 0) continue;
    const code = comment[1]!
      .slice(at + '@example'.length)
      .split('\n')
      .map((line) => line.replace(/^\s*\* ?/, ''))
      .join('\n')
      .trim();
    const line = text.slice(0, comment.index).split('\n').length;
    found.push({ where: `${file}:${line}`, code });
  }
  return found;
}

const AsyncFunction = (async () => {}).constructor as new (...args: string[]) => (...args: unknown[]) => Promise<void>;
const flat = (text: string): string => text.replace(/\s+/g, ' ').trim();

/** Runs the lines; one that ends in `// text` must show as the text. */
async function run(code: string): Promise<void> {
  const lines = code.split('\n').map((line) => {
    const shown = /^(.*\S)\s+\/\/ (.*)$/.exec(line);
    return shown ? `check(${shown[1]!.replace(/;$/, '')}, ${JSON.stringify(shown[2])})` : line;
  });
  const body = ts.transpileModule(`const main = async () => {\n${lines.join('\n')}\n}`, {
    compilerOptions: { target: ts.ScriptTarget.ES2022 },
  });
  const check = (value: unknown, text: string): void => {
    const shown = value instanceof torch.Tensor ? value.toString() : inspect(value, { breakLength: Infinity });
    expect(flat(shown)).toBe(flat(text));
  };
  const { nn, optim, data } = torch;
  const fn = new AsyncFunction(
    'torch',
    'nn',
    'F',
    'optim',
    'data',
    'serve',
    'check',
    `${body.outputText}\nawait main()`,
  );
  await fn(torch, nn, nn.functional, optim, data, serve, check);
}

const all = sources('src').flatMap(examples);

describe('documentation', () => {
  test('has examples', () => expect(all.length).toBeGreaterThan(900));

  test('examples do what they say', async () => {
    const failures: string[] = [];
    for (const { where, code } of all) {
      try {
        await run(code);
      } catch (error) {
        failures.push(`${where}\n${code}\n  ${(error as Error).message}`);
      }
    }
    expect(failures.join('\n\n')).toBe('');
  });
});
