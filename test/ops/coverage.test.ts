import { readFileSync } from 'node:fs';
import path from 'node:path';
import { describe, expect, test } from 'vitest';
import * as torch from '../../src/index.js';
import { binding } from '../../src/binding.js';
import { findLibtorch } from '../../src/libtorch/find.js';
import { camelCase, rows } from '../../src/ops/op.js';

interface Public {
  functions: boolean;
  methods: boolean;
  module: string;
}

/** PyTorch's own list: names without `_` in front, `*_backward` and named-dimension overloads aside. */
function publicNames(): Map<string, Public> {
  const file = path.join(findLibtorch().root, '../torchgen/packaged/ATen/native/native_functions.yaml');
  const found = new Map<string, Public>();
  for (const entry of readFileSync(file, 'utf8').split(/\n(?=- func:)/)) {
    const head = /^- func: (\w+)(?:\.(\w+))?(\(.*)/.exec(entry);
    if (!head) continue;
    const [, base = '', overload = '', rest = ''] = head;
    if (base.startsWith('_') || /_backward(_|$)/.test(base) || rest.includes('Dimname')) continue;
    const variants = /variants:\s*([^#\n]*)/.exec(entry)?.[1] ?? 'function';
    const own = found.get(base) ?? { functions: false, methods: false, module: '' };
    if (!overload.endsWith('out')) {
      own.functions ||= variants.includes('function');
      own.methods ||= variants.includes('method');
    }
    own.module ||= /python_module:\s*(\w+)/.exec(entry)?.[1] ?? '';
    found.set(base, own);
  }
  return found;
}

const spaces: Record<string, object> = {
  '': torch,
  nn: torch.nn.functional,
  linalg: torch.linalg,
  fft: torch.fft,
  special: torch.special,
  sparse: torch.sparse,
  nested: torch.nested,
};
// Members of Tensor that are written by hand, under the names that they have there.
const byHand: Record<string, string> = {
  numpy_T: 'T',
  matrix_H: 'H',
  set_data: 'data',
  is_leaf: 'isLeaf',
  retains_grad: 'retainsGrad',
  output_nr: 'outputNr',
};
// Properties rather than functions, as the README says.
const onlyMembers = new Set(['size', 'stride']);

describe('the public API', () => {
  test('has every public operator that native_functions.yaml lists, as function and as method', () => {
    const missing: string[] = [];
    const names = publicNames();
    expect(names.size).toBeGreaterThan(900);
    for (const [name, { functions, methods, module }] of names) {
      const prefix = module && module !== 'nn' ? new RegExp(`^${module}_`) : /^$/;
      const fn = camelCase(name.replace(prefix, ''));
      if (functions && !onlyMembers.has(name) && !(fn in spaces[module]!)) missing.push(`function ${module} ${fn}`);
      if (methods && !((byHand[name] ?? camelCase(name)) in torch.Tensor.prototype)) missing.push(`method ${name}`);
    }
    expect(missing).toEqual([]);
  });

  test('has rows only for operators that LibTorch has', () => {
    const bases = new Set(torch.ops.names().map((name) => name.split('.')[0]));
    expect([...rows.values()].map((row) => row.name).filter((name) => !bases.has(name))).toEqual([]);
  });

  test('describes every row without an error', () => {
    for (const row of rows.values())
      expect(binding.describeOperator(row.name, false).overloads.length).toBeGreaterThan(0);
  });

  test('converts every argument type of aten, but for the streams and storages that JavaScript cannot hold', () => {
    const without = binding.unsupportedArguments().filter((name) => name.startsWith('aten::'));
    const kinds = without.map((text) => torch.ops.schema(text.split(' ')[0]!));
    expect(
      kinds.filter(
        (schema) =>
          !/Stream|Storage|Dimname|__torch__|Future|Dict|t\[\]|\(\w+\)\[\]|\[\]\[\]|AnyEnum|Await|\(.*\?\[\]/.test(
            schema,
          ),
      ),
    ).toEqual([]);
  });
});
