import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { existsSync, readdirSync, readFileSync, writeFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { pathToFileURL } from 'node:url';
import { setFlagsFromString } from 'node:v8';
import { runInNewContext } from 'node:vm';
import { describe, expect, onTestFinished, test } from 'vitest';
import * as torch from '../../../src/index.js';
import { Registry, type RegistryOptions } from '../../../src/serve/registry/registry.js';
import { readSnapshot, writeSnapshot } from '../../../src/serve/registry/snapshot.js';
import { ModelStore } from '../../../src/serve/store/store.js';
import type { Servable } from '../../../src/serve/types.js';
import { programs, rejection, request, temporaryFolder, Times, type Log } from '../servable.js';

// Tensors that nobody holds are freed when they are collected.
setFlagsFromString('--expose-gc');
const collect = runInNewContext('gc') as () => void;

const rows = 2;
const one = (): torch.Tensor => torch.ones(rows, 2);

interface Setting {
  store: ModelStore;
  registry: Registry;
  log: Log;
  snapshot: string;
  warnings: Error[];
  /** Another registry over the same store and snapshot. */
  again(): Promise<Registry>;
}

/** A store with versions of `m` that multiply by their own number. */
async function setting(versions: number, options: Partial<RegistryOptions> = {}): Promise<Setting> {
  const folder = temporaryFolder(onTestFinished);
  const store = await ModelStore.open(join(folder, 'store'), { create: true });
  for (let i = 1; i <= versions; i++) await store.add({ name: 'm', model: new Times(i), examples: [{ x: one() }] });
  const { load, log } = programs();
  const snapshot = join(folder, 'state.json');
  const warnings: Error[] = [];
  const make = async (): Promise<Registry> => {
    const all = { store, load, snapshot, warn: (error: Error) => void warnings.push(error), ...options };
    const registry = await Registry.open(all);
    onTestFinished(() => registry.close());
    return registry;
  };
  return { store, registry: await make(), log, snapshot, warnings, again: make };
}

async function factor(servable: Servable): Promise<number> {
  const { outputs } = await servable.infer(request(one()));
  return (outputs[0]!.data as torch.Tensor).select(0, 0).select(0, 0).item() as number;
}

const states = (registry: Registry): string[] =>
  registry.list().map(({ version, state, isDefault }) => `${version} ${state}${isDefault ? ' default' : ''}`);

describe('Registry', () => {
  test('tells apart what the store lacks and what is not loaded', async () => {
    const { registry } = await setting(1);
    const get = async (name: string, version?: string): Promise<Servable> =>
      Promise.resolve().then(() => registry.get(name, version));
    expect(await rejection(get('m'))).toMatchObject({ code: 'NOT_READY' });
    expect(await rejection(get('m', '1'))).toMatchObject({ code: 'NOT_READY' });
    expect(await rejection(get('m', '2'))).toMatchObject({ code: 'UNKNOWN_MODEL' });
    expect(await rejection(get('other'))).toMatchObject({ code: 'UNKNOWN_MODEL' });
    expect(await rejection(get('../m'))).toMatchObject({ code: 'UNKNOWN_MODEL' });
    await registry.load('m');
    expect(await rejection(get('m', '2'))).toMatchObject({ code: 'UNKNOWN_MODEL' });
  });

  test('refuses what cannot be changed, and changes nothing', async () => {
    const { registry, snapshot } = await setting(1);
    expect(await rejection(registry.load('n'))).toMatchObject({ code: 'UNKNOWN_MODEL' });
    expect(await rejection(registry.load('..'))).toMatchObject({ code: 'INVALID_VALUE' });
    expect(await rejection(registry.load('m', { version: '2' }))).toMatchObject({ code: 'UNKNOWN_MODEL' });
    expect(await rejection(registry.load('m', { instances: 0 }))).toMatchObject({ code: 'INVALID_VALUE' });
    expect((await rejection(registry.load('m', { batchnig: 1 } as never))).message).toContain('batchnig');
    expect(await rejection(registry.unload('m'))).toMatchObject({ code: 'NOT_READY' });
    expect(await rejection(registry.unload('n'))).toMatchObject({ code: 'UNKNOWN_MODEL' });
    expect(await rejection(registry.scale('m', 2))).toMatchObject({ code: 'NOT_READY' });
    expect(await rejection(registry.setDefault('m', '1'))).toMatchObject({ code: 'NOT_READY' });
    expect(states(registry)).toEqual(['1 UNAVAILABLE']);
    expect(existsSync(snapshot)).toBe(false);
  });

  test('leaves the old version serving where a new one fails to load', async () => {
    const { registry, store, snapshot, log } = await setting(2);
    await registry.load('m', { version: '1' });
    const before = readFileSync(snapshot, 'utf8');
    const file = (await store.read('m', '2')).file;
    writeFileSync(file, 'damaged');
    expect(await rejection(registry.load('m'))).toMatchObject({ code: 'CHECKSUM_MISMATCH' });
    expect(states(registry)).toEqual(['1 READY default', '2 UNAVAILABLE']);
    expect(registry.list()[1]!.reason).toContain('model.pt2 has 7 bytes');
    expect(readFileSync(snapshot, 'utf8')).toBe(before);
    expect(log.loads).toEqual(['m/1']);
    expect(await factor(registry.get('m'))).toBe(1);
  });

  test('closes what fails in its warm-up', async () => {
    const { load, log } = programs();
    const failing: RegistryOptions['load'] = async (source, options) => {
      const servable = await load(source, options);
      return source.info.version === '1'
        ? servable
        : { ...servable, infer: () => Promise.reject(new Error('too hot')) };
    };
    const { registry } = await setting(2, { load: failing });
    await registry.load('m', { version: '1' });
    const error = await rejection(registry.load('m', { version: '2' }));
    expect(error).toMatchObject({ code: 'INVALID_FILE', message: 'the warm-up by example 0 failed: too hot' });
    expect(log.closed).toEqual(['m/2']);
    expect(await factor(registry.get('m'))).toBe(1);
  });

  test('changes nothing where its snapshot cannot be written', async () => {
    const { load, log } = programs();
    const broken = await Registry.open({
      store: (await setting(1)).store,
      load,
      snapshot: join(temporaryFolder(onTestFinished), 'missing', 'state.json'),
    });
    expect((await rejection(broken.load('m'))).message).toContain('ENOENT');
    expect(broken.isReady('m')).toBe(false);
    expect(log.closed).toEqual(['m/1']);
    expect(states(broken)).toEqual(['1 UNAVAILABLE']);
  });

  test('warms up with every size that a batch may have', async () => {
    const { registry, log, store } = await setting(0);
    await store.add({ name: 'mlp', model: 'test/export/files/mlp.pt2', examples: [{ x: torch.ones(3, 4) }] });
    await registry.load('mlp', { batching: { maxBatchRows: 16, sizes: [1, 2, 8, 16] } });
    expect(log.rows).toEqual([1, 2, 8, 16]);
    expect(registry.get('mlp').info.batching!.sizes).toEqual([1, 2, 8, 16]);
    await registry.unload('mlp');
    await registry.load('mlp');
    expect(log.rows.slice(4)).toEqual([3]);
  });

  test('keeps named versions side by side, with one default', async () => {
    const { registry, log } = await setting(3);
    await registry.load('m', { version: '1' });
    await registry.load('m', { version: '3' });
    expect(states(registry)).toEqual(['1 READY default', '2 UNAVAILABLE', '3 READY']);
    expect([await factor(registry.get('m')), await factor(registry.get('m', '3'))]).toEqual([1, 3]);
    await registry.setDefault('m', '3');
    expect(await factor(registry.get('m'))).toBe(3);
    await registry.unload('m', '3');
    expect(states(registry)).toEqual(['1 READY default', '2 UNAVAILABLE', '3 UNAVAILABLE']);
    expect(log.closed).toEqual(['m/3']);
    await registry.load('m');
    expect(states(registry)).toEqual(['1 UNAVAILABLE', '2 UNAVAILABLE', '3 READY default']);
    await registry.unload('m');
    expect(registry.isReady('m')).toBe(false);
    expect(registry.isReady()).toBe(true);
  });

  test('loses no request while versions are swapped', async () => {
    const { registry, log } = await setting(2);
    await registry.load('m', { version: '1' });
    const seen = new Map<number, number>();
    let goesOn = true;
    const client = async (): Promise<void> => {
      while (goesOn) {
        // Held over a turn of the loop, as a protocol holds it that reads a body.
        const held = registry.get('m');
        await new Promise(setImmediate);
        const answer = await factor(held);
        seen.set(answer, (seen.get(answer) ?? 0) + 1);
      }
    };
    const clients = Promise.all(Array.from({ length: 8 }, client));
    for (let i = 0; i < 10; i++) {
      await registry.load('m');
      await registry.load('m');
      await registry.load('m', { version: '1' });
      await registry.setDefault('m', '1');
      await registry.unload('m', '2');
    }
    goesOn = false;
    await clients;
    expect([...seen.keys()].sort()).toEqual([1, 2]);
    expect(log.loads.length - log.closed.length).toBe(1);
  });

  test('changes one model after the other, however many ask', async () => {
    const { registry, log } = await setting(2);
    const outcomes = await Promise.allSettled([
      registry.load('m', { version: '1' }),
      registry.load('m', { version: '2' }),
      registry.setDefault('m', '2'),
      registry.unload('m', '1'),
      registry.scale('m', 3),
      registry.unload('m'),
      registry.load('m'),
    ]);
    expect(outcomes.map(({ status }) => status)).toEqual(Array(7).fill('fulfilled'));
    expect(log.loads).toEqual(['m/1', 'm/2', 'm/2']);
    expect(log.closed).toEqual(['m/1', 'm/2']);
    expect(states(registry)).toEqual(['1 UNAVAILABLE', '2 READY default']);
  });

  test('has the same loaded again after a restart', async () => {
    const { registry, again } = await setting(3);
    await registry.load('m', { version: '1' });
    await registry.load('m', { version: '3', instances: 2, batching: { maxBatchRows: rows, sizes: [rows] } });
    await registry.setDefault('m', '3');
    await registry.scale('m', 5);
    await registry.close();
    const next = await again();
    expect(next.isReady()).toBe(false);
    expect(states(next)).toEqual(['1 LOADING', '2 UNAVAILABLE', '3 LOADING default']);
    await next.restore();
    expect(next.isReady()).toBe(true);
    expect(states(next)).toEqual(['1 READY', '2 UNAVAILABLE', '3 READY default']);
    expect(await factor(next.get('m'))).toBe(3);
    const { timing } = await next.get('m').infer(request(one()));
    expect(timing.batchRows).toBe(5);
  });

  test('is not ready where a model of the snapshot does not load', async () => {
    const { registry, store, again, warnings } = await setting(2);
    await registry.load('m', { version: '1' });
    await registry.load('m', { version: '2' });
    await registry.close();
    writeFileSync((await store.read('m', '2')).file, 'damaged');
    const next = await again();
    await next.restore();
    expect(next.isReady()).toBe(false);
    expect(states(next)).toEqual(['1 READY default', '2 UNAVAILABLE']);
    expect(warnings[0]!.message).toMatch(/'m' of version 2 does not load: .*model.pt2 has 7 bytes/);
    await next.unload('m', '2');
    expect(next.isReady()).toBe(true);
  });

  test('puts a torn or foreign snapshot aside, and says so', async () => {
    const { registry, snapshot, again, warnings } = await setting(1);
    await registry.load('m');
    const text = readFileSync(snapshot, 'utf8');
    const foreign = [
      text.slice(0, -20),
      '{"a": 1}',
      '',
      text.replace('"1"', '"2"'),
      text.replace(/sha256": "./, '$&0'),
    ];
    for (const [i, content] of foreign.entries()) {
      writeFileSync(snapshot, content);
      const next = await again();
      await next.restore();
      expect(next.list().every(({ state }) => state === 'UNAVAILABLE')).toBe(true);
      expect(warnings[i]!.message).toMatch(/state\.json' cannot be used, and is now '.*\.refused-/);
      const aside = readdirSync(dirname(snapshot)).filter((name) => name.includes('.refused-'));
      expect(aside).toHaveLength(i + 1);
    }
  });

  test('holds no tensors of what it has unloaded', async () => {
    const { registry, store } = await setting(0);
    await store.add({ name: 'mlp', model: 'test/export/files/mlp.pt2', examples: [{ x: torch.ones(3, 4) }] });
    const x = torch.ones(1, 4);
    const round = async (): Promise<void> => {
      await registry.load('mlp');
      const { outputs } = await registry.get('mlp').infer(request(x));
      (outputs[0]!.data as torch.Tensor).dispose();
      await registry.unload('mlp');
    };
    await round();
    const counted = async (): Promise<ReturnType<typeof torch.memoryStats>> => {
      for (let i = 0; i < 4; i++) {
        collect();
        await new Promise(setImmediate);
      }
      return torch.memoryStats();
    };
    const before = await counted();
    for (let i = 0; i < 200; i++) await round();
    const after = await counted();
    expect(after.tensors).toBeLessThanOrEqual(before.tensors);
    expect(after.bytes).toBeLessThanOrEqual(before.bytes);
  });

  test('has a whole snapshot whenever it is killed', async () => {
    const folder = temporaryFolder(onTestFinished);
    const file = join(folder, 'state.json');
    const source = pathToFileURL(join(import.meta.dirname, '../../../lib/serve/registry/snapshot.js')).href;
    const program = `
      const { writeSnapshot } = await import(${JSON.stringify(source)});
      for (let i = 1; ; i++) {
        const versions = Object.fromEntries(Array.from({ length: 500 }, (_, k) => [String(k + 1), { instances: i }]));
        await writeSnapshot(${JSON.stringify(file)}, { m: { defaultVersion: '1', versions } });
        process.stdout.write(i + '\\n');
      }`;
    let last = 0;
    for (let round = 0; round < 5; round++) {
      const child = spawn(process.execPath, ['--input-type=module', '-e', program], {
        stdio: ['ignore', 'pipe', 'inherit'],
      });
      let written = 0;
      child.stdout.on('data', (chunk: Buffer) => {
        written = Number(chunk.toString().trim().split('\n').at(-1));
        if (written > 3 + round) child.kill('SIGKILL');
      });
      await once(child, 'close');
      const { state, refused } = await readSnapshot(file);
      expect(refused).toBeUndefined();
      const { instances } = state!['m']!.versions['1']!;
      expect(Object.keys(state!['m']!.versions)).toHaveLength(500);
      expect(instances).toBeGreaterThanOrEqual(written);
      last += instances!;
    }
    expect(last).toBeGreaterThan(0);
    await writeSnapshot(file, {});
    expect((await readSnapshot(file)).state).toEqual({});
  });
});
