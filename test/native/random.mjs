// node test/native/random.mjs <set> <seed> <first> <end> [log]: calls of raw operators with random arguments, of those
// that have a public row (set `public`) or of the others (set `raw`). Each call has its own seed, so that
// `<set> <seed> <n> <n + 1>` repeats call n alone. The log always holds the call that is under way.
import { openSync, readFileSync, writeSync } from 'node:fs';
import * as torch from '../../lib/index.js';
import { rows } from '../../lib/ops/op.js';

const set = process.argv[2];
const [seed, first, end] = process.argv.slice(3, 6).map(Number);
const log = process.argv[6] ? openSync(process.argv[6], 'w') : undefined;
const aside = readFileSync(new URL('random-aside.txt', import.meta.url), 'utf8')
  .split('\n')
  .filter((line) => line && !line.startsWith('#'))
  .map((line) => line.split(' ')[0]);

// mulberry32
let state = 0;
function random() {
  state = (state + 0x6d2b79f5) | 0;
  let t = Math.imul(state ^ (state >>> 15), 1 | state);
  t = (t + Math.imul(t ^ (t >>> 7), 61 | t)) ^ t;
  return ((t ^ (t >>> 14)) >>> 0) / 2 ** 32;
}
const below = (n) => Math.floor(random() * n);
const pick = (list) => list[below(list.length)];
const many = (make, most = 4) => Array.from({ length: below(most + 1) }, make);

const dtypes = [
  'float32',
  'float32',
  'float32',
  'float64',
  'int64',
  'int64',
  'int32',
  'uint8',
  'bool',
  'float16',
  'bfloat16',
  'complex64',
];
const shapes = [
  [],
  [0],
  [1],
  [3],
  [2, 3],
  [3, 3],
  [3, 2],
  [0, 3],
  [2, 3, 4],
  [1, 2, 4, 4],
  [2, 2, 4, 4],
  [1, 1, 3, 3, 3],
  [5, 5],
];

// The tensors of one call mostly agree, or few calls would get past the first check.
let usual = { shape: [], dtype: 'float32' };

function dense() {
  const shape = random() < 0.6 ? usual.shape : pick(shapes);
  const dtype = random() < 0.8 ? usual.dtype : pick(dtypes);
  // Now and then far out, for what is taken for an index.
  const far = random() < 0.05 ? pick([1e6, -1e6, 1e9, 2 ** 40]) : 1;
  const x = torch.ops.aten.randint
    .low(pick([-2, 0, 0]), pick([2, 5]), shape)
    .mul(far)
    .to(dtype);
  switch (below(12)) {
    case 0:
      return x.dim() > 1 ? x.transpose(0, 1) : x;
    case 1:
      return x.dim() > 0 ? x.unsqueeze(0).expand(2, ...x.shape) : x;
    case 2:
      return x.isFloatingPoint() ? x.detach().requiresGrad_() : x;
    case 3:
      return x.dim() > 0 ? x.slice(0, 1) : x;
    default:
      return x;
  }
}

function tensor() {
  switch (below(24)) {
    case 0:
      return torch.ones(2, 3).toSparse();
    case 1:
      return torch.eye(3).toSparseCsr();
    case 2:
      return torch.ops.aten.quantize_per_tensor(torch.ones(2, 3), 0.1, 2, pick(['quint8', 'qint8', 'qint32']));
    case 3:
      return torch.zeros(pick(shapes), { device: 'meta' });
    case 4:
      return torch.tensor(pick([0.5, 1, NaN, -1, Infinity]));
    case 5:
      return torch.ops.aten.to_mkldnn(torch.ones(2, 3));
    case 6:
      return torch.eye(4).toSparseBsr([2, 2]);
    default:
      return dense();
  }
}

const integer = () =>
  random() < 0.08 ? pick([2 ** 62, -(2 ** 63), 2 ** 40, -7, 100]) : pick([0, 0, 0, 1, 1, 1, 1, 2, 2, 3, 4, -1, -1, -2]);
const float = () => pick([0, 1, 0.5, -1, NaN, Infinity, 1e308, 1e-5]);
const strings = [
  'mean',
  'sum',
  'none',
  'reflect',
  'constant',
  'bilinear',
  'cpu',
  '',
  'floor',
  'ij',
  'ii->i',
  'ij,jk->ik',
  'amax',
  'prod',
  'gelu',
  'tanh',
  'left',
  'fro',
  'nuc',
  'reduced',
];
const odd = [
  null,
  undefined,
  {},
  [],
  '',
  Symbol.iterator,
  () => 1,
  2n ** 63n,
  [[]],
  [null],
  { dim: 1 },
  NaN,
  -1,
  true,
  [[1], [2]],
];

// A value of the schema's type, most of the time.
function value(type) {
  if (random() < 0.02) return pick(odd);
  if (type.endsWith('?')) return random() < 0.5 ? null : value(type.slice(0, -1));
  const list = /^(.*?)\[(\d*)\]$/.exec(type);
  if (list)
    return list[2] && random() < 0.7
      ? Array.from({ length: Number(list[2]) }, () => value(list[1]))
      : many(() => value(list[1]));
  switch (type.replace(/\(.*\)/, '')) {
    case 'Tensor':
      return tensor();
    case 'SymInt':
    case 'int':
      return integer();
    case 'Scalar':
      return pick([integer, float, () => random() < 0.5, () => new torch.Complex(1, -1)])();
    case 'float':
      return float();
    case 'bool':
      return random() < 0.5;
    case 'str':
      return pick(strings);
    case 'ScalarType':
      return pick(dtypes);
    case 'Layout':
      return pick(['strided', 'sparse_coo', 'sparse_csr', 'sparse_bsc']);
    case 'Device':
      return pick(['cpu', 'cpu', 'meta', 'cuda:0']);
    case 'MemoryFormat':
      return pick(['contiguous_format', 'preserve_format', 'channels_last']);
    case 'Generator':
      return new torch.Generator();
    default:
      return pick(odd);
  }
}

// The arguments of a schema: [name, type, whether it is named only].
function parse(schema) {
  const text = schema.slice(schema.indexOf('(') + 1, schema.lastIndexOf(') ->'));
  const parts = [];
  let depth = 0;
  let part = '';
  for (const letter of text) {
    if ('([{'.includes(letter)) depth++;
    if (')]}'.includes(letter)) depth--;
    if (letter === ',' && depth === 0) {
      parts.push(part.trim());
      part = '';
    } else part += letter;
  }
  if (part.trim()) parts.push(part.trim());
  const star = parts.indexOf('*');
  return parts
    .filter((text) => text !== '*')
    .map((text, i) => {
      const space = text.lastIndexOf(' ', text.includes('=') ? text.indexOf('=') : undefined);
      const [name, fallback] = text.slice(space + 1).split('=');
      return { name, type: text.slice(0, space), named: star >= 0 && i >= star, optional: fallback !== undefined };
    });
}

const published = new Set([...rows.values()].map((row) => row.name));
const names = torch.ops.names().filter((name) => {
  const base = name.split('.')[0];
  if (published.has(base) !== (set === 'public')) return false;
  return !aside.some((a) => (a.endsWith('*') ? base.startsWith(a.slice(0, -1)) : base === a));
});
const schemas = new Map();
let returned = 0;
let thrown = 0;
for (let n = first; n < end; n++) {
  state = (seed * 2654435761 + n * 40503) | 0;
  const name = pick(names);
  usual = { shape: pick(shapes), dtype: pick(dtypes) };
  if (!schemas.has(name)) schemas.set(name, parse(torch.ops.schema(name.includes('.') ? name : `${name}.default`)));
  const args = [];
  const options = {};
  let shown = '';
  torch.scope(() => {
    try {
      let open = true;
      for (const a of schemas.get(name)) {
        if (a.optional && random() < 0.5) {
          open = false;
          continue;
        }
        if (a.named || !open) options[a.name] = value(a.type);
        else args.push(value(a.type));
      }
      if (Object.keys(options).length > 0) args.push(options);
    } catch {
      return;
    }
    if (log !== undefined) {
      shown = `${n} ${name} ${describe(args)}`.slice(0, 4000).padEnd(4000);
      writeSync(log, shown, 0);
    }
    try {
      const [space, base] = name.split('.')[0].split('::');
      const result = torch.ops[space][base][name.split('.')[1] ?? 'default'](...args);
      // Reading the result shows memory that a wrong one points at.
      for (const x of Array.isArray(result) ? result : [result])
        if (x instanceof torch.Tensor && x.numel() < 1e6) String(x);
      returned++;
    } catch {
      thrown++;
    }
  });
}
console.log(JSON.stringify({ returned, thrown }));

function describe(x) {
  if (x instanceof torch.Tensor) return `<${x.dtype} [${x.shape}] ${x.layout} ${x.device}>`;
  if (Array.isArray(x)) return `[${x.map(describe).join(', ')}]`;
  if (typeof x === 'object' && x !== null && Object.getPrototypeOf(x) === Object.prototype)
    return `{${Object.entries(x)
      .map(([k, v]) => `${k}: ${describe(v)}`)
      .join(', ')}}`;
  return typeof x === 'bigint' ? `${x}n` : String(x);
}
