import { readFileSync, readdirSync } from 'node:fs';
import path from 'node:path';
import ts from 'typescript';
import { expect, test } from 'vitest';
import * as torch from '../../src/index.js';
import { binding } from '../../src/binding.js';
import { findLibtorch } from '../../src/libtorch/find.js';
import { camelCase, rows } from '../../src/ops/op.js';

/** One overload of LibTorch's: names before and behind the `*`. */
interface Overload {
  positional: string[];
  named: string[];
}

/** One signature of a row's type. */
interface Signature {
  text: string;
  positional: string[];
  options: string[];
}

interface Declared {
  name: string;
  kind: string;
  where: string;
  signatures: Signature[];
}

/** The arguments of a schema's text; defaults may hold commas and brackets. */
function parse(schema: string): Overload {
  // From the first `) ->`: results may stand in brackets too.
  const inside = schema.slice(schema.indexOf('(') + 1, schema.indexOf(') ->')).replace(/="[^"]*"/g, '');
  const overload: Overload = { positional: [], named: [] };
  let list = overload.positional;
  let writes = false;
  let depth = 0;
  let start = 0;
  for (let i = 0; i <= inside.length; i++) {
    const letter = inside[i];
    if (letter === '[' || letter === '(') depth++;
    else if (letter === ']' || letter === ')') depth--;
    else if (i === inside.length || (letter === ',' && depth === 0)) {
      const argument = inside.slice(start, i).trim();
      start = i + 1;
      const name = camelCase(argument.split('=')[0]!.split(' ').at(-1)!);
      if (argument === '*') list = overload.named;
      // What an `out` overload writes to is one option, whatever it is called.
      else if (list === overload.named && argument.includes('!)')) writes = true;
      else if (argument) list.push(name);
    }
  }
  if (writes) overload.named.push('out');
  return overload;
}

/** The overloads that PyTorch has in Python: the dispatcher also holds `out` forms that a generator added. */
function listed(): Set<string> {
  const file = path.join(findLibtorch().root, '../torchgen/packaged/ATen/native/native_functions.yaml');
  return new Set([...readFileSync(file, 'utf8').matchAll(/^- func: ([\w.]+)/gm)].map((match) => `aten::${match[1]}`));
}
const inPython = listed();

/** Every `op<F>('name')` of the tables, with the signatures of `F`. */
function declarations(): Declared[] {
  const files = readdirSync('src/ops', { withFileTypes: true, recursive: true })
    .filter((entry) => entry.isFile() && entry.name.endsWith('.ts'))
    .map((entry) => path.join(entry.parentPath, entry.name));
  const config = ts.readConfigFile('tsconfig.json', (file) => ts.sys.readFile(file)).config as object;
  const { options } = ts.parseJsonConfigFileContent(config, ts.sys, '.');
  const program = ts.createProgram(files, { ...options, noEmit: true });
  const checker = program.getTypeChecker();
  const found: Declared[] = [];

  const read = (signature: ts.Signature): Signature => {
    // `var_` is the argument `var`, which JavaScript reserves.
    const names = signature.getParameters().map((parameter) => parameter.getName().replace(/^var_$/, 'var'));
    const last = signature.getParameters().at(-1);
    const own: Signature = { text: checker.signatureToString(signature), positional: names, options: [] };
    if (!last) return own;
    let type = checker.getTypeOfSymbol(last);
    const rest = (last.valueDeclaration as ts.ParameterDeclaration | undefined)?.dotDotDotToken !== undefined;
    // `...size: SizesThen<Options>` holds its options as a type argument.
    if (rest) type = type.aliasTypeArguments?.[0] ?? type;
    else own.positional = last.getName() === 'options' ? names.slice(0, -1) : names;
    if (rest ? type.aliasSymbol?.getName() !== 'Sizes' : last.getName() === 'options') {
      const properties = checker.getPropertiesOfType(checker.getNonNullableType(type));
      own.options = properties.map((property) => property.getName());
    }
    return own;
  };

  const visit = (node: ts.Node): void => {
    ts.forEachChild(node, visit);
    if (!ts.isCallExpression(node) || !ts.isIdentifier(node.expression)) return;
    const [argument] = node.arguments;
    const [given] = node.typeArguments ?? [];
    const kind = node.expression.text;
    if (!['op', 'fn', 'method'].includes(kind) || !argument || !ts.isStringLiteral(argument) || !given) return;
    const type = checker.getTypeFromTypeNode(given);
    const types = checker.isTupleType(type) ? checker.getTypeArguments(type as ts.TypeReference) : [type];
    found.push({
      name: argument.text,
      kind,
      where: path.relative('.', node.getSourceFile().fileName),
      signatures: types.flatMap((one) => one.getCallSignatures()).map(read),
    });
  };
  program.getSourceFiles().forEach((file) => !file.isDeclarationFile && visit(file));
  return found;
}

const begins = (list: string[], start: string[]): boolean => start.every((name, i) => list[i] === name);

/** What a row and LibTorch's schemas disagree on. */
function differences(row: Declared): string[] {
  const wrong: string[] = [];
  const { overloads } = binding.describeOperator(row.name, false);
  const parsed = overloads
    .filter(({ name }) => inPython.has(name))
    .map((overload) => {
      const one = parse(torch.ops.schema(overload.name.includes('.') ? overload.name : `${overload.name}.default`));
      // A method's row has its tensor in front, wherever the schema has it.
      if (row.kind === 'method') one.positional = ['self', ...one.positional.filter((name) => name !== 'self')];
      return one;
    });
  const all = new Set(parsed.flatMap((one) => [...one.positional, ...one.named]));
  if (all.has('pinMemory')) all.add('requiresGrad');

  for (const { positional, options, text } of row.signatures) {
    const fits = parsed.some((one) =>
      begins(
        one.positional,
        positional.map((name, i) => (name === 'input' && one.positional[i] === 'self' ? 'self' : name)),
      ),
    );
    if (!fits) wrong.push(`${text}: LibTorch has (${parsed.map((one) => one.positional.join(', ')).join(') (')})`);
    for (const name of options) if (!all.has(name)) wrong.push(`${text}: no option ${name}`);
  }
  const declared = new Set(row.signatures.flatMap((one) => [...one.positional, ...one.options]));
  if (declared.has('input')) declared.add('self');
  for (const name of all) if (!declared.has(name)) wrong.push(`argument ${name} has no place`);
  return wrong.map((text) => `${row.where} ${row.kind} ${row.name}: ${text}`);
}

test('rows and schemas name the same arguments in the same order', () => {
  const found = declarations();
  expect(new Set(found.map((row) => `${row.kind} ${row.name}`))).toEqual(new Set(rows.keys()));
  expect(found.flatMap(differences).join('\n')).toBe('');
});
