// node test/serialization/mutate.mjs <seed> <first> <end> <log>: loads files that were changed at random, each by its own
// seed, so that `<seed> <n> <n + 1>` repeats file n alone. The log always holds the file that is under way. Anything
// but a value or a FlambeauError of a known code is printed.
import { mkdtempSync, openSync, readdirSync, readFileSync, writeFileSync, writeSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import * as torch from '../../lib/index.js';
import { collectSync } from '../../lib/serialization/target.js';
import { readFromSync } from '../../lib/serialization/source.js';
import { recordBytes } from '../../lib/serialization/memory.js';
import { readDirectory } from '../../lib/serialization/zip-reader.js';
import { zip } from '../../lib/serialization/zip-writer.js';

const [seed, first, end] = process.argv.slice(2, 5).map(Number);
const log = openSync(process.argv[5], 'w');
const here = import.meta.dirname;
const seeds = ['python', 'safetensors/python', 'numpy/python'].flatMap((folder) =>
  readdirSync(path.join(here, folder))
    .filter((name) => /\.(pt|safetensors|npy|npz)$/.test(name))
    .map((name) => ({ name, bytes: readFileSync(path.join(here, folder, name)) })),
);
const file = path.join(mkdtempSync(path.join(tmpdir(), 'flambeau-')), 'file');

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

// Opcodes, sizes and texts that mean something to one of the readers.
const words = [
  ...'(.02BCGIJKLMNQRTUVX]abcdehjlqrstu}\x80\x81\x85\x86\x87\x88\x89\x8a\x8b\x8c\x8f\x90\x93\x94\x95',
  'ccollections\nOrderedDict\n)R',
  'ctorch._utils\n_rebuild_tensor_v2\n',
  'ctorch._utils\n_rebuild_qtensor\n',
  'ctorch._utils\n_rebuild_sparse_tensor\n',
  'ctorch._utils\n_rebuild_nested_tensor\n',
  'ctorch.storage\nUntypedStorage\n',
  'ctorch\nLongStorage\n',
  'cos\nsystem\n',
  'h\x00',
  'h\x05',
  'q\x00',
  'K\x00',
  'K\xff',
  'J\xff\xff\xff\xff',
  'J\xff\xff\xff\x7f',
  '\x8a\x08\xff\xff\xff\xff\xff\xff\xff\x7f',
  'N',
  '"shape":[',
  '999999999999',
  '-1',
  '"data_offsets":[0,0]',
  '\0\0\0\0',
  '\xff\xff\xff\xff',
].map((text) => Buffer.from(text, 'latin1'));
const numbers = [0, 1, 7, 8, 0x7f, 0x80, 0xff, 0xffff, 0x10000, 0x7fffffff, 0x80000000, 0xffffffff];

function change(bytes) {
  const at = below(bytes.length + 1);
  const around = (middle, skip = 0) => Buffer.concat([bytes.subarray(0, at), middle, bytes.subarray(at + skip)]);
  switch (below(8)) {
    case 0:
    case 1: {
      const copy = Buffer.from(bytes);
      if (at < copy.length) copy[at] ^= 1 << below(8);
      return copy;
    }
    case 2: {
      const number = Buffer.alloc(pick([1, 2, 4, 8]));
      number.writeUIntLE(pick(numbers) % 2 ** (8 * Math.min(6, number.length)), 0, Math.min(6, number.length));
      return around(number, number.length);
    }
    case 3:
      return bytes.subarray(0, at);
    case 4:
      return around(Buffer.alloc(0), 1 + below(16));
    case 5:
      return around(bytes.subarray(below(bytes.length), below(bytes.length)));
    case 6:
      return around(pick(words));
    default: {
      const word = pick(words);
      return around(word, word.length);
    }
  }
}

function changeOften(bytes) {
  let result = bytes;
  for (let i = 1 + below(4); i > 0; i--) result = change(result);
  return result;
}

/** An archive with its files changed and their checksums right, so that what reads the files is reached. */
function changeInside(bytes) {
  const entries = [];
  readFromSync(bytes, function* (source) {
    for (const record of (yield* readDirectory(source)).values())
      if (record.method === 0) entries.push({ name: record.name, data: yield* recordBytes(source, record) });
  });
  const target = entries.find(({ name }) => name.endsWith('.pkl')) ?? pick(entries);
  const chosen = random() < 0.8 ? target : pick(entries);
  if (chosen) chosen.data = changeOften(chosen.data);
  return collectSync(zip(entries));
}

/** Uses what was loaded: a wrong place in memory shows. */
function use(value, seen = new Set()) {
  if (typeof value !== 'object' || value === null || seen.has(value)) return;
  seen.add(value);
  if (value instanceof torch.Tensor) {
    String(value);
    if (value.device === 'meta') return;
    const dense = value.layout === 'strided' && !/^qu?int/.test(value.dtype);
    if (dense && value.numel() < 1e6) value.clone().toTypedArray();
    return;
  }
  if (value instanceof Uint8Array) return;
  for (const item of value instanceof Map ? [...value].flat() : value instanceof Set ? value : Object.values(value))
    use(item, seen);
}

function loadIt(name, bytes, way) {
  if (way === 'mmap') writeFileSync(file, bytes);
  const source = way === 'mmap' ? file : bytes;
  const options = way === 'mmap' ? { mmap: true } : {};
  if (name.endsWith('.pt')) return torch.loadSync(source, { ...options, mapLocation: 'cpu' });
  if (name.endsWith('.npy')) return torch.numpy.loadNpySync(source, options);
  if (name.endsWith('.npz')) return torch.numpy.loadNpzSync(source, { ...options, maxBytes: 1 << 24 });
  return way === 'mmap' ? torch.safetensors.loadFileSync(source, options) : torch.safetensors.load(source);
}

const bound = 1 << 29;
const outcomes = {};
let before = process.memoryUsage().rss;
process.on('warning', () => {});
for (let n = first; n < end; n++) {
  state = (seed * 1_000_003 + n) | 0;
  const { name, bytes: original } = pick(seeds);
  const isArchive = /\.(pt|npz)$/.test(name) && !name.startsWith('legacy-');
  const bytes = isArchive && random() < 0.75 ? changeInside(original) : changeOften(original);
  const way = random() < 0.3 ? 'mmap' : 'bytes';
  writeSync(log, `${n} ${name} ${way}\n`.padEnd(80), 0);
  let outcome = 'loaded';
  let loaded;
  try {
    loaded = loadIt(name, bytes, way);
  } catch (error) {
    outcome = error instanceof torch.FlambeauError ? error.code : 'no FlambeauError';
    if (outcome !== 'INVALID_FILE')
      console.log(`wrong: file ${n} of seed ${seed}, ${name}, ${way}: ${error?.stack ?? error}`);
  }
  try {
    torch.scope(() => use(loaded));
  } catch (error) {
    if (!(error instanceof torch.FlambeauError))
      console.log(`wrong: use of file ${n} of seed ${seed}, ${name}, ${way}: ${error?.stack ?? error}`);
  }
  outcomes[outcome] = (outcomes[outcome] ?? 0) + 1;
  if (n % 50 !== 0) continue;
  const { rss } = process.memoryUsage();
  if (rss - before > bound) console.log(`wrong: near file ${n} of seed ${seed}: ${rss - before} bytes more`);
  before = Math.max(before, rss);
}
console.log(JSON.stringify(outcomes));
