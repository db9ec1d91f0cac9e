import path from 'node:path';
import ts from 'typescript';
import { expect, test } from 'vitest';

const root = process.cwd();
const config: unknown = ts.readConfigFile('tsconfig.json', (file) => ts.sys.readFile(file)).config;
const { options } = ts.parseJsonConfigFileContent(config, ts.sys, root);
const indexes = ['src/index.ts', 'src/serve/index.ts'].map((file) => path.join(root, file));
const program = ts.createProgram(indexes, { ...options, noEmit: true });
const checker = program.getTypeChecker();

// By declaration: what is inherited, or exported twice, is one thing.
const seen = new Set<ts.Declaration>();
const lacks: string[] = [];

function declarationOf(symbol: ts.Symbol): ts.Declaration | undefined {
  return symbol.declarations?.find((node) => node.getSourceFile().fileName.startsWith(path.join(root, 'src')));
}

function isPublic(symbol: ts.Symbol): boolean {
  if (symbol.name.startsWith('_') && !symbol.name.startsWith('__@')) return false;
  if (symbol.getJsDocTags().some((tag) => tag.name === 'internal')) return false;
  const hidden = ts.ModifierFlags.Private | ts.ModifierFlags.Protected;
  return !symbol.declarations?.some((node) => ts.getCombinedModifierFlags(node) & hidden);
}

function isCallable(symbol: ts.Symbol, node: ts.Declaration): boolean {
  if (!(symbol.flags & ts.SymbolFlags.Value)) return false;
  return checker.getTypeOfSymbolAtLocation(symbol, node).getNonNullableType().getCallSignatures().length > 0;
}

/** Its comment. An override without one shows that of what it overrides, example included. */
function textOf(symbol: ts.Symbol, node: ts.Declaration): string {
  // `export * as` has its comment on the statement.
  if (ts.isNamespaceExport(node))
    return ts
      .getJSDocCommentsAndTags(node.parent)
      .map((part) => part.getText())
      .join();
  return ts.displayPartsToString(documented(symbol, node).getDocumentationComment(checker)).trim();
}

/** Where the comment stands: `export { var_ as var }` has that of `var_`. */
function documented(symbol: ts.Symbol, node: ts.Declaration): ts.Symbol {
  return ts.isExportSpecifier(node) ? (checker.getExportSpecifierLocalTargetSymbol(node) ?? symbol) : symbol;
}

/** Notes what a symbol lacks. */
function judge(symbol: ts.Symbol, node: ts.Declaration, name: string, needsExample: boolean): void {
  const file = node.getSourceFile();
  const line = file.getLineAndCharacterOfPosition(node.getStart()).line + 1;
  const where = `${path.relative(root, file.fileName)}:${line} ${name}`;
  const text = textOf(symbol, node);
  const hasExample =
    text.includes('```ts') ||
    documented(symbol, node)
      .getJsDocTags(checker)
      .some((tag) => tag.name === 'example');
  if (text === '') lacks.push(`${where} lacks a doc comment`);
  else if (needsExample && !hasExample) lacks.push(`${where} lacks an @example`);
}

function walk(symbol: ts.Symbol, name: string): void {
  const target = symbol.flags & ts.SymbolFlags.Alias ? checker.getAliasedSymbol(symbol) : symbol;
  const node = declarationOf(target);
  if (node === undefined || seen.has(node)) return;
  seen.add(node);
  if (target.flags & ts.SymbolFlags.ValueModule) {
    judge(symbol, declarationOf(symbol)!, name, false);
    for (const member of checker.getExportsOfModule(target)) walk(member, `${name}.${member.name}`);
    return;
  }
  const isClass = (target.flags & ts.SymbolFlags.Class) !== 0;
  judge(target, node, name, isClass || isCallable(target, node));
  if (isClass) walkMembers(checker.getTypeOfSymbol(target), name, true);
  if (isClass || target.flags & ts.SymbolFlags.Interface)
    walkMembers(checker.getDeclaredTypeOfSymbol(target), isClass ? `${name}.prototype` : name, isClass);
}

/** Methods of classes need an example; fields, and what interfaces have, a comment. */
function walkMembers(type: ts.Type, owner: string, ofClass: boolean): void {
  for (const member of checker.getPropertiesOfType(type)) {
    const node = declarationOf(member);
    if (member.flags & ts.SymbolFlags.Prototype || node === undefined || seen.has(node) || !isPublic(member)) continue;
    seen.add(node);
    const inherits =
      (ts.getCombinedModifierFlags(node) & ts.ModifierFlags.Override) !== 0 &&
      ts.getJSDocCommentsAndTags(node).length === 0;
    const isMethod = ofClass && !inherits && !(member.flags & ts.SymbolFlags.Accessor) && isCallable(member, node);
    judge(member, node, `${owner}.${member.name.replace(/^__@(\w+)@\d+$/, '[Symbol.$1]')}`, isMethod);
  }
}

for (const index of indexes) {
  const entry = checker.getSymbolAtLocation(program.getSourceFile(index)!)!;
  for (const symbol of checker.getExportsOfModule(entry)) walk(symbol, symbol.name);
}

test('every public symbol is documented, and what can be called has an example', () => {
  expect(seen.size).toBeGreaterThan(1500);
  expect(lacks).toEqual([]);
});
