import { readFileSync, statSync } from 'node:fs';
import { readFile, stat } from 'node:fs/promises';
import path from 'node:path';
import { badSafetensors, parseJson } from './header.js';

// As much as a header may have.
const maxIndex = 100_000_000;

/** Whether a path names an index of several files rather than a file. */
export function isIndex(file: string): boolean {
  return file.endsWith('.index.json');
}

interface Shard {
  file: string;
  names: string[];
}

/** The files of an index, with the tensors that each must have. They lie in the folder of the index, or below it. */
function parseIndex(index: string, text: string): Shard[] {
  const { weight_map: map } = parseJson(text, 'its index');
  if (typeof map !== 'object' || map === null || Array.isArray(map))
    throw badSafetensors('its index has no weight_map');
  const shards = new Map<string, Shard>();
  for (const [name, file] of Object.entries(map as Record<string, unknown>)) {
    if (typeof file !== 'string' || file === '') throw badSafetensors(`its index names no file for '${name}'`);
    // Absolute paths, climbing ones, and those of another system.
    if (
      /^[/\\]|^[a-z]:|\0|\\/i.test(file) ||
      file.split('/').some((part) => part === '..' || part === '.' || part === '')
    )
      throw badSafetensors(`its index names the file '${file.slice(0, 200)}', which is not in its folder`);
    let shard = shards.get(file);
    if (!shard) shards.set(file, (shard = { file: path.join(path.dirname(index), file), names: [] }));
    shard.names.push(name);
  }
  return [...shards.values()];
}

function take<T>(
  result: Record<string, T>,
  { file, names }: Shard,
  part: Record<string, T>,
  namesOf: ((part: T) => Iterable<string>) | undefined,
): void {
  const has = new Set(namesOf ? Object.values(part).flatMap((each) => [...namesOf(each)]) : Object.keys(part));
  for (const name of names) {
    if (!has.has(name))
      throw badSafetensors(`its index says that '${name}' is in ${path.basename(file)}, and it is not`);
  }
  // What the index does not name is not part of the model.
  for (const name of namesOf ? Object.keys(part) : names) result[name] = part[name]!;
}

function checkSize(size: number): void {
  if (size > maxIndex) throw badSafetensors(`its index of ${size} bytes is over the limit of ${maxIndex}`);
}

/** What `open` gives for each file of an index, in one object. */
export async function openShards<T>(
  index: string,
  open: (file: string) => Promise<Record<string, T>>,
  namesOf?: (part: T) => Iterable<string>,
): Promise<Record<string, T>> {
  checkSize((await stat(index)).size);
  const result = Object.create(null) as Record<string, T>;
  for (const shard of parseIndex(index, await readFile(index, 'utf8')))
    take(result, shard, await open(shard.file), namesOf);
  return result;
}

/** {@link openShards}, blocking. */
export function openShardsSync<T>(index: string, open: (file: string) => Record<string, T>): Record<string, T> {
  checkSize(statSync(index).size);
  const result = Object.create(null) as Record<string, T>;
  for (const shard of parseIndex(index, readFileSync(index, 'utf8'))) take(result, shard, open(shard.file), undefined);
  return result;
}
