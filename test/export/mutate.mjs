// node test/export/mutate.mjs <seed> <first> <end> <log>: for scripts/fuzz-load.mjs, which says what it prints. Loads and
// runs programs whose graphs were changed at random: other arguments, operators and results where they have their place.
/* global structuredClone */
import { openSync, readFileSync, writeSync } from 'node:fs';
import path from 'node:path';
import { gunzipSync } from 'node:zlib';
import * as torch from '../../lib/index.js';
import { withArchiveSync } from '../../lib/serialization/mapped.js';
import { collectSync } from '../../lib/serialization/target.js';
import { zip } from '../../lib/serialization/zip-writer.js';

const [seed, first, end] = process.argv.slice(2, 5).map(Number);
const log = openSync(process.argv[5], 'w');
const folder = path.join(import.meta.dirname, 'files');
const recorded = JSON.parse(readFileSync(path.join(folder, 'recorded.json'), 'utf8'));
const whole = ['mlp', 'lstm', 'cond'];
const names = [
  'kinds',
  'structured',
  'dynamic',
  'map_scan',
  'modes',
  'values',
  'counter',
  'norm',
  'vit',
  'bert',
  ...whole,
];

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

function filesOf(name) {
  const bytes = whole.includes(name)
    ? readFileSync(path.join(folder, `${name}.pt2`))
    : gunzipSync(readFileSync(path.join(folder, `${name}.pt2.gz`)));
  return withArchiveSync(bytes, false, function* (archive) {
    const files = [];
    for (const file of archive.records.keys()) files.push({ name: file, data: yield* archive.bytes(file) });
    return files;
  });
}
const seeds = Object.fromEntries(names.map((name) => [name, filesOf(name)]));

const odd = [
  { as_int: 3 },
  { as_int: -1 },
  { as_int: 0 },
  { as_int: 2 ** 40 },
  { as_float: 0.5 },
  { as_bool: true },
  { as_none: true },
  { as_ints: [] },
  { as_ints: [-1, 2 ** 33] },
  { as_floats: [1.5] },
  { as_string: 'x' },
  { as_scalar_type: 5 },
  { as_scalar_type: 12 },
  { as_tensors: [] },
  { as_sym_int: { as_name: 'x' } },
  { as_device: { type: 'meta', index: null } },
];

function change({ nodes, tensor_values: values }) {
  const all = [...nodes.flatMap(({ inputs }) => inputs.map(({ arg }) => arg)), ...odd];
  for (let count = 1 + below(3); count > 0; count--) {
    const node = pick(nodes);
    if (!node) return;
    const kind = below(10);
    if (kind < 6 && node.inputs.length > 0) pick(node.inputs).arg = structuredClone(pick(all));
    else if (kind < 7) node.target = pick(nodes).target;
    else if (kind < 8) node.inputs = structuredClone(pick(nodes).inputs);
    else if (kind < 9) node.outputs.push(structuredClone(pick(node.outputs) ?? { as_none: true }));
    else values[pick(Object.keys(values))] = structuredClone(values[pick(Object.keys(values))]);
  }
}

function build(value) {
  if (Array.isArray(value)) return value.map(build);
  if (typeof value !== 'object' || value === null) return value;
  if (value.$randn) return torch.randn(value.$randn[0]);
  if (value.$randint) return torch.randint(...value.$randint);
  if (value.$tensor) return torch.tensor(value.$tensor[0]);
  return Object.fromEntries(Object.entries(value).map(([key, part]) => [key, build(part)]));
}

const allowed = ['INVALID_FILE', 'UNKNOWN_OPERATOR', 'UNSUPPORTED'];
const outcomes = {};
process.on('warning', () => {});
for (let n = first; n < end; n++) {
  state = (seed * 1_000_003 + n) | 0;
  const name = pick(names);
  writeSync(log, `${n} ${name}\n`.padEnd(80), 0);
  const entries = seeds[name].map((entry) => {
    if (!entry.name.endsWith('/models/model.json')) return entry;
    const program = JSON.parse(entry.data.toString());
    change(program.graph_module.graph);
    return { name: entry.name, data: Buffer.from(JSON.stringify(program)) };
  });
  let outcome = 'ran';
  try {
    const program = torch.export.loadSync(collectSync(zip(entries)));
    String(program);
    outcome = 'loaded';
    const { args, kwargs } = recorded[name].calls[0];
    torch.scope(() => torch.noGrad(() => void program.forward(...build(args), build(kwargs))));
    outcome = 'ran';
  } catch (error) {
    const code = error instanceof torch.FlambeauError ? error.code : 'no FlambeauError';
    const isRight = code !== 'no FlambeauError' && (outcome === 'loaded' || allowed.includes(code));
    if (!isRight) console.log(`wrong: file ${n} of seed ${seed}, ${name}: ${error?.stack ?? error}`);
    outcome = code;
  }
  outcomes[outcome] = (outcomes[outcome] ?? 0) + 1;
}
console.log(JSON.stringify(outcomes));
