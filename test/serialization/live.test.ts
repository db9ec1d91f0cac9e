import { spawnSync } from 'node:child_process';
import { mkdtempSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { beforeAll, describe, expect, test } from 'vitest';
import * as torch from '../../src/index.js';
import { describe as say } from './describe.js';

const folder = mkdtempSync(path.join(tmpdir(), 'flambeau-'));
const fileOf = (name: string): string => path.join(folder, `${name}.pt`);
const script = path.resolve('scripts/record/checkpoint_live.py');
const python = [process.env.PYTHON, 'python3', 'python'].find((name) => {
  if (!name) return false;
  const { status, stdout } = spawnSync(name, ['-c', 'import torch; print(torch.__version__)'], { encoding: 'utf8' });
  return status === 0 && /^2\.1[1-9]/.test(stdout);
});

const base = torch.arange(12, { dtype: 'float32' }).view(3, 4);
const matrix = torch.tensor([
  [0, 1.5],
  [2.5, 0],
]);
const state = new torch.nn.Linear(2, 3).stateDict();
Object.defineProperty(state, '_metadata', { value: { '': { version: 1 } }, enumerable: false });
const values: Record<string, torch.Saveable> = {
  views: {
    base,
    row: base.at(1),
    transposed: base.t(),
    step: base.at('...', torch.slice(1, null, 2)),
    scalar: torch.tensor(2.5),
    empty: torch.empty([0, 3]),
    conj: torch.tensor([new torch.Complex(1, 2)]).conj(),
    learned: torch.ones(2, { requiresGrad: true }),
  },
  dtypes: Object.fromEntries(
    (['bfloat16', 'float8_e4m3fn', 'uint16', 'uint64', 'bool', 'complex64', 'int8'] as const).map((dtype) => [
      dtype,
      torch.tensor([1, 0, 1], { dtype: 'float32' }).to(dtype),
    ]),
  ),
  plain: {
    ints: [0, 255, -1, 2 ** 31, -(2 ** 40), 2n ** 60n, -(2n ** 70n)],
    floats: [0.5, -0, 1e300],
    text: 'häß中😀',
    half: '\ud83d',
    bytes: Buffer.from([0, 255]),
    complex: new torch.Complex(1.5, -2),
    tuple: Object.freeze([1, Object.freeze([2])]) as torch.Saveable,
    set: new Set([1, 2]),
    map: new Map<torch.Saveable, torch.Saveable>([
      [1, 'one'],
      [null, true],
    ]),
    none: null,
  },
  sparse: { coo: matrix.toSparse(), csr: matrix.toSparseCsr(), csc: matrix.toSparseCsc() },
  nested: { it: torch.ops.aten._nested_tensor_from_tensor_list!([torch.ones(1), torch.ones(2)]) as torch.Tensor },
  quantized: {
    tensor: torch.quantizePerTensor(matrix, 0.5, 3, 'quint8'),
    channel: torch.quantizePerChannel(matrix, torch.tensor([0.5, 0.25]), torch.tensor([0, 1]), 0, 'qint8'),
  },
  state,
};

interface Seen {
  value: unknown;
  mapped: unknown;
  metadata: unknown;
}

describe.skipIf(!python)(python ? 'Python reads what save wrote' : 'Python reads what save wrote (no torch)', () => {
  const names = Object.keys(values);
  const seen: Record<string, Seen> = {};

  beforeAll(async () => {
    for (const name of names) await torch.save(values[name]!, fileOf(name));
    const { status, stdout, stderr } = spawnSync(python!, [script, ...names.map(fileOf)], {
      encoding: 'utf8',
      env: { ...process.env, TORCH_SERIALIZATION_DEBUG: '1' },
    });
    if (status !== 0) throw new Error(stderr);
    (JSON.parse(stdout) as Seen[]).forEach((found, i) => (seen[names[i]!] = found));
  }, 300_000);

  test.each(names)('%s, read and mapped', (name) => {
    const wanted = say(values[name]);
    expect(seen[name]!.value).toEqual(wanted);
    expect(seen[name]!.mapped).toEqual(wanted);
  });

  test.each(names)('%s, and writes it again', async (name) => {
    expect(say(await torch.load(`${fileOf(name)}.again`))).toEqual(say(await torch.load(fileOf(name))));
  });

  test('the metadata of a state', () => {
    expect(seen.state!.metadata).toEqual(say({ '': { version: 1 } }));
  });
});
