import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { describe, expect, test } from 'vitest';
import * as torch from '../../src/index.js';
import { run } from '../run.js';
import { bytesOf, readZip, writeZip } from './fixtures.js';

type Json = Record<string, unknown>;

/** The file with its program, or another part of it, changed. */
function changed(name: string, change: (program: Json) => unknown, part = 'models/model.json'): Buffer {
  const entries = [...readZip(bytesOf(name))].map(([file, data]) => {
    if (!file.endsWith(part)) return { name: file, data };
    const json = JSON.parse(data.toString()) as Json;
    return { name: file, data: Buffer.from(JSON.stringify(change(json) ?? json)) };
  });
  return writeZip(entries);
}

/** The code and the text of what loading throws. */
function failure(bytes: Uint8Array): string {
  try {
    torch.export.loadSync(bytes);
  } catch (error) {
    if (error instanceof torch.FlambeauError) return `${error.code}: ${error.message}`;
    throw error;
  }
  return 'loaded';
}

type Program = {
  schema_version: Json;
  graph_module: {
    graph: { nodes: { target: string; inputs: { name: string; arg: Json }[] }[]; tensor_values: Json; inputs: Json[] };
    signature: { input_specs: Json[] };
    module_call_graph: { signature: Json }[];
  };
};
const edit = (name: string, change: (program: Program) => void): string =>
  failure(changed(name, (json) => void change(json as Program)));

describe('torch.export.load', () => {
  test('refuses other arguments with their names', async () => {
    expect(() => torch.export.loadSync(3 as never)).toThrow(
      "argument 'source' must be a path or a Buffer, not the number 3",
    );
    await expect(torch.export.load('x.pt2', null as never)).rejects.toThrow(
      "argument 'options' must be object, not null",
    );
    await expect(torch.export.load('/nowhere/x.pt2')).rejects.toThrow('ENOENT');
  });

  test('refuses files of other kinds, and says whose they are', () => {
    const archive = (name: string): Buffer => writeZip([{ name, data: Buffer.from('x') }]);
    expect(failure(Buffer.alloc(0))).toMatch(/^INVALID_FILE: the archive is damaged/);
    expect(failure(Buffer.from('no zip at all'))).toMatch(/^INVALID_FILE: the archive is damaged/);
    expect(failure(archive('archive/data.pkl'))).toMatch(/^INVALID_FILE: .*a checkpoint: torch.load\(\) reads it/);
    expect(failure(archive('m/constants.pkl'))).toMatch(/^INVALID_FILE: .*TorchScript module: torch.jit.load\(\)/);
    expect(failure(archive('m/readme.txt'))).toMatch(/^INVALID_FILE: .*no program of torch.export/);
    expect(failure(archive('m/archive_format'))).toMatch(/^INVALID_FILE: .*of the format 'x', not 'pt2'/);
    const empty = writeZip([{ name: 'm/archive_format', data: Buffer.from('pt2') }]);
    expect(failure(empty)).toMatch(/^INVALID_FILE: .*holds no program/);
    const compiled = writeZip([
      { name: 'm/archive_format', data: Buffer.from('pt2') },
      { name: 'm/data/aotinductor/model/x.so', data: Buffer.from('') },
    ]);
    expect(failure(compiled)).toMatch(/^INVALID_FILE: .*an AOTInductor package/);
  });

  test('refuses other versions of the schema', () => {
    expect(edit('mlp', ({ schema_version: version }) => (version['major'] = 7))).toMatch(
      /^INVALID_FILE: .*version 7\.\d+ of the schema; versions 8\.x/,
    );
    expect(edit('mlp', ({ schema_version: version }) => (version['minor'] = 9999))).toBe('loaded');
  });

  test('names the place of what is wrong', () => {
    expect(edit('mlp', ({ graph_module: { graph } }) => (graph.nodes = 3 as never))).toBe(
      'INVALID_FILE: export.load(): models/model.json.graph_module.graph.nodes must be an array, not 3',
    );
    expect(edit('mlp', ({ graph_module: { graph } }) => (graph.nodes[1]!.inputs[0]!.arg = { as_mystery: 1 }))).toMatch(
      /nodes\[1\]\.inputs\[0\]\.arg is of the unknown kind 'as_mystery'/,
    );
    expect(
      edit('mlp', ({ graph_module: { graph } }) => (graph.nodes[1]!.inputs[0]!.arg = { as_tensor: { name: 'y' } })),
    ).toMatch(/^INVALID_FILE: .*uses a value 'y' that nothing makes/);
    expect(edit('mlp', ({ graph_module: { graph } }) => (graph.nodes[1]!.inputs[0]!.name = 'other'))).toMatch(
      /^INVALID_FILE: .*node 1 'relu' gives aten::relu.default an argument 'other' that it does not take/,
    );
    expect(edit('mlp', ({ graph_module: { graph } }) => (graph.nodes[1]!.inputs = []))).toMatch(
      /^INVALID_FILE: .*argument 'self' is missing/,
    );
    expect(edit('mlp', ({ graph_module: { graph } }) => (graph.nodes[1]!.inputs[0]!.arg = { as_string: 'x' }))).toMatch(
      /^INVALID_FILE: .*argument 'self' must be Tensor/,
    );
    expect(edit('mlp', ({ graph_module: { graph } }) => (graph.tensor_values = {}))).toMatch(
      /^INVALID_FILE: .*says nothing of the tensor 'x'/,
    );
    expect(edit('mlp', ({ graph_module: module }) => (module.module_call_graph = []))).toMatch(
      /^INVALID_FILE: .*does not say how it is called/,
    );
    expect(
      edit('mlp', ({ graph_module: module }) => (module.module_call_graph[0]!.signature['in_spec'] = '[2, 3]')),
    ).toMatch(/^INVALID_FILE: .*in_spec is of protocol 2/);
    expect(edit('mlp', ({ graph_module: module }) => module.signature.input_specs.pop())).toMatch(
      /^INVALID_FILE: .*takes 0 values, and its in_spec has 1/,
    );
    expect(failure(changed('mlp', () => 'text'))).toMatch(/^INVALID_FILE: .*model.json must be an object, not 'text'/);
  });

  test('names an operator that there is not', () => {
    expect(
      edit('mlp', ({ graph_module: { graph } }) => (graph.nodes[1]!.target = 'torch.ops.mine.relu.default')),
    ).toMatch(/^UNKNOWN_OPERATOR: .*calls mine::relu.default, which this LibTorch does not have.*loadLibrary/);
    expect(
      edit('mlp', ({ graph_module: { graph } }) => (graph.nodes[1]!.target = 'torch.ops.higher_order.flex_attention')),
    ).toMatch(/^UNKNOWN_OPERATOR: .*calls torch.ops.higher_order.flex_attention, which graphs here do not know/);
    expect(edit('mlp', ({ graph_module: { graph } }) => (graph.nodes[1]!.target = 'os.system'))).toMatch(
      /^UNKNOWN_OPERATOR: .*calls os.system/,
    );
  });

  test('refuses weights that do not fit', () => {
    const weights = (change: (entry: Json & { tensor_meta: Json }) => void): string =>
      failure(
        changed(
          'mlp',
          ({ config }) => void change((config as Record<string, never>)['0.weight']!),
          'data/weights/model_weights_config.json',
        ),
      );
    const sizes = (...size: number[]): Json[] => size.map((length) => ({ as_int: length }));
    expect(weights((entry) => (entry.tensor_meta['sizes'] = sizes(8, 5)))).toMatch(
      /^INVALID_FILE: .*'0.weight'.*reaches over 132 bytes of 'weight_0', which has 128/,
    );
    expect(weights((entry) => (entry.tensor_meta['sizes'] = sizes(-8, 4)))).toMatch(/^INVALID_FILE: .*'0.weight'/);
    expect(weights((entry) => (entry.tensor_meta['strides'] = sizes(2 ** 52, 1)))).toMatch(
      /^INVALID_FILE: .*reaches over/,
    );
    expect(weights((entry) => (entry.tensor_meta['dtype'] = 77))).toMatch(/^INVALID_FILE: .*is no dtype: 77/);
    expect(weights((entry) => (entry['path_name'] = '../../etc/passwd'))).toMatch(
      /^INVALID_FILE: .*lies in '..\/..\/etc\/passwd', which is not there/,
    );
    expect(weights((entry) => (entry['use_pickle'] = true))).toMatch(/^UNSUPPORTED: .*an object of Python/);
    const big = [...readZip(bytesOf('mlp'))].map(([name, data]) => {
      const config = name.endsWith('weights_config.json');
      const text = config
        ? data.toString().replace('{"as_int": 8}, {"as_int": 4}', '{"as_int": 1e12}, {"as_int": 4}')
        : '';
      return { name, data: config ? Buffer.from(text) : name.endsWith('weight_0') ? Buffer.alloc(0) : data };
    });
    expect(failure(writeZip(big))).toMatch(/^INVALID_FILE: .*too large to be zeros/);
  });

  test('refuses deep nesting without running out of stack', () => {
    const deep = '{"as_graph": {"name": "g", "graph": '.repeat(100_000);
    const files = [...readZip(bytesOf('mlp'))].map(([name, data]) => ({
      name,
      data: name.endsWith('model.json')
        ? Buffer.from(data.toString().replace('{"as_tensor": {"name": "relu"}}', `${deep}null${'}}'.repeat(100_000)}`))
        : data,
    }));
    expect(failure(writeZip(files))).toMatch(/^INVALID_FILE: /);
    const spec = (text: string): string =>
      edit('mlp', ({ graph_module: module }) => (module.module_call_graph[0]!.signature['in_spec'] = text));
    const tuple = '{"type":"builtins.tuple","context":"null","children_spec":[';
    expect(spec(`[1,${tuple.repeat(50_000)}${']}'.repeat(50_000)}]`)).toMatch(/^INVALID_FILE: .*nested too deeply/);
  });

  test('refuses a file that ends too early', () => {
    const bytes = bytesOf('lstm');
    for (let length = 0; length < bytes.length; length += 97) {
      expect(failure(bytes.subarray(0, length)), `of ${length} bytes`).toMatch(/^INVALID_FILE: /);
    }
  });

  test('refuses or takes a program in which anything is something else', () => {
    let state = 12345;
    const random = (below: number): number => {
      state = (Math.imul(state, 1103515245) + 12345) & 0x7fffffff;
      return Math.floor((state / 0x80000000) * below);
    };
    const odd = [null, -1, 2 ** 60, Infinity, '', 'x', [], {}, true, '9'.repeat(400), { as_int: 1 }, { as_none: true }];
    const mutate = (root: unknown): void => {
      let at = root as Record<string, unknown>;
      for (;;) {
        const keys = Object.keys(at);
        const key = keys[random(keys.length)]!;
        const value = at[key];
        if (typeof value !== 'object' || value === null || Object.keys(value).length === 0 || random(6) === 0) {
          at[key] = odd[random(odd.length)];
          return;
        }
        at = value as Record<string, unknown>;
      }
    };
    const outcomes = new Set<string>();
    for (const name of ['mlp', 'cond', 'dynamic', 'structured', 'kinds', 'map_scan']) {
      for (let i = 0; i < 60; i++) {
        outcomes.add(failure(changed(name, mutate)).replace(/:[\s\S]*/, ''));
      }
    }
    expect(
      [...outcomes].filter((code) => !['loaded', 'INVALID_FILE', 'UNKNOWN_OPERATOR', 'UNSUPPORTED'].includes(code)),
    ).toEqual([]);
    expect(outcomes).toContain('INVALID_FILE');
  });

  test('ends no process where a program that was changed runs', async () => {
    const args = ['scripts/fuzz-load.mjs', '--program', 'test/export/mutate.mjs', '--files', '300', '--seed', '7'];
    const { stdout } = await run(args, { timeout: 110_000 });
    expect(stdout).toMatch(/300 files of seed 7: .*; 0 wrong/);
  });

  test('reads a path, a URL and bytes, at once and in time', async () => {
    const file = path.join(mkdtempSync(path.join(tmpdir(), 'export-')), 'm.pt2');
    writeFileSync(file, bytesOf('mlp'));
    const x = torch.ones(2, 4);
    const expected = torch.export.loadSync(bytesOf('mlp')).forward(x);
    for (const source of [file, new URL(`file://${file}`), new Uint8Array(bytesOf('mlp'))]) {
      expect((await torch.export.load(source)).forward(x).equal(expected)).toBe(true);
      expect(torch.export.loadSync(source).forward(x).equal(expected)).toBe(true);
    }
  });

  test.each(['2.7', '2.8'])('reads the layout of PyTorch %s', (version) => {
    const file = new URL(`files/mlp-${version}.pt2`, import.meta.url);
    const [now, then] = [torch.export.loadSync(bytesOf('mlp')), torch.export.loadSync(file)];
    const x = torch.ones(2, 4);
    expect(then.forward(x).equal(now.forward(x))).toBe(true);
    expect(Array.from(then.parameters(), (parameter) => parameter.requiresGrad)).toEqual([true, true, true, true]);
  });

  test('lays parameters over the file, and never writes to it', async () => {
    const file = path.join(mkdtempSync(path.join(tmpdir(), 'export-')), 'm.pt2');
    writeFileSync(file, bytesOf('mlp'));
    for (const mmap of [true, false]) {
      const program = await torch.export.load(file, { mmap });
      torch.noGrad(() => {
        for (const parameter of program.parameters()) parameter.fill_(2);
      });
      expect(program.forward(torch.ones(1, 4)).tolist()).toEqual([[162, 162, 162]]);
      expect(readFileSync(file).equals(bytesOf('mlp'))).toBe(true);
    }
    const program = torch.export.loadSync(file);
    rmSync(file);
    expect(
      program.forward(torch.ones(1, 4)).equal(torch.export.loadSync(bytesOf('mlp')).forward(torch.ones(1, 4))),
    ).toBe(true);
    expect(() => torch.export.loadSync(bytesOf('mlp'), { mmap: 1 as never })).toThrow(
      "argument 'mmap' must be boolean",
    );
  });

  test('finds a program by its name', () => {
    const other = [...readZip(bytesOf('mlp'))].map(([name, data]) => ({
      name: name.replace(/model(\.json|_weights_config|_constants_config)/, 'other$1'),
      data,
    }));
    const bytes = writeZip(other);
    expect(torch.export.loadSync(bytes).forward(torch.ones(1, 4)).shape).toEqual([1, 3]);
    expect(() => torch.export.loadSync(bytes, { model: 'model' })).toThrow(
      "the file holds no program 'model', but 'other'",
    );
  });
});
