import { mkdtempSync, readdirSync, readFileSync, truncateSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { describe, expect, test } from 'vitest';
import * as torch from '../../src/index.js';
import { zip } from '../../src/serialization/zip-writer.js';
import { program } from '../native/program.js';

const folder = mkdtempSync(path.join(tmpdir(), 'flambeau-jit-'));
const models = 'test/jit/models';
const linear = readFileSync(`${models}/linear.pt`);

async function failure(source: string | Uint8Array, options?: torch.jit.LoadOptions): Promise<torch.FlambeauError> {
  const caught: unknown[] = [];
  await torch.jit.load(source, options).catch((error: unknown) => caught.push(error));
  try {
    torch.jit.loadSync(source, options);
  } catch (error) {
    caught.push(error);
  }
  expect(caught.length).toBe(2);
  const [first, second] = caught as [Error, Error];
  expect(first.message.replace('loadSync()', 'load()')).toBe(second.message.replace('loadSync()', 'load()'));
  return first as torch.FlambeauError;
}

describe('torch.jit.load', () => {
  test.each([
    ['a checkpoint', 'checkpoint.pt', 'torch.load reads it'],
    ['a checkpoint of before PyTorch 1.6', 'legacy.pt', 'torch.load reads checkpoints'],
    ['an archive of torch.export', 'exported.pt2', 'torch.export.load reads it'],
  ])('names the function that reads %s', async (_, file, text) => {
    for (const source of [`${models}/${file}`, readFileSync(`${models}/${file}`)]) {
      const error = await failure(source);
      expect(error.code).toBe('INVALID_FILE');
      expect(error.message).toContain(text);
    }
  });

  test('says what a file is that holds nothing of it', async () => {
    expect((await failure(Buffer.alloc(0))).message).toContain('it is empty');
    expect((await failure(Buffer.from('hello, world, I am text'))).message).toContain('no zip archive');
    const header = Buffer.from('\x10\0\0\0\0\0\0\0{"a":{}}        ', 'latin1');
    expect((await failure(header)).message).toContain('safetensors');
    const other = Buffer.concat([...zip([{ name: 'archive/readme.txt', data: Buffer.from('hello') }])] as Buffer[]);
    expect((await failure(other)).code).toBe('INVALID_FILE');
  });

  test('names the file that is not there, as Node does', async () => {
    await expect(torch.jit.load(path.join(folder, 'nothing.pt'))).rejects.toMatchObject({ code: 'ENOENT' });
    expect(() => torch.jit.loadSync(folder)).toThrow(/EISDIR/);
  });

  test('refuses wrong arguments', async () => {
    await expect(torch.jit.load(5 as never)).rejects.toThrow(
      "load(): argument 'source' must be path or Buffer, not the number 5",
    );
    await expect(torch.jit.load(linear, { maplocation: 'cpu' } as never)).rejects.toThrow(
      "unknown option 'maplocation'",
    );
    expect(() => torch.jit.loadSync(linear, { mapLocation: 'gpu' })).toThrow(/gpu/);
    expect(() => torch.jit.loadSync(linear, { extraFiles: 'a' as never })).toThrow(/extraFiles/);
    if (!torch.cuda.isAvailable())
      expect((await failure(linear, { mapLocation: 'cuda' })).code).toBe('DEVICE_UNAVAILABLE');
  });

  test('names an operator that is missing, and what to do', async () => {
    const error = await failure(`${models}/boxes.pt`);
    expect(error.code).toBe('UNKNOWN_OPERATOR');
    expect(error.message).toMatch(/torchvision::nms.*torch\.ops\.loadLibrary/);
  });

  test('says so where the file wants a GPU and there is none, and loads it elsewhere', async () => {
    const file = `${models}/gpu.pt`;
    const model = await torch.jit.load(file, { mapLocation: 'cpu' });
    expect(model.forward(torch.ones(1, 2)).item()).toBe(6);
    if (torch.cuda.isAvailable()) return;
    const error = await failure(file);
    expect(error.code).toBe('DEVICE_UNAVAILABLE');
    expect(error.message).toContain("{ mapLocation: 'cpu' }");
  });

  test('refuses a file that is cut off, wherever that is', async () => {
    const file = path.join(folder, 'cut.pt');
    for (const part of [0.01, 0.2, 0.5, 0.9, 0.99]) {
      writeFileSync(file, linear);
      truncateSync(file, Math.floor(linear.length * part));
      expect((await failure(file)).code).toBe('INVALID_FILE');
    }
  });

  test.each([
    ['deep', 'nested too deeply'],
    ['wide', 'nested too deeply'],
    ['debug', 'is damaged'],
  ])('refuses hostile code (%s)', async (name, text) => {
    // In a process of its own, which a crash would end.
    const shown = await program(
      `jit-${name}`,
      `try { torch.jit.loadSync('test/jit/models/${name}.pt') } catch (error) { console.log(error.code, error.message) }`,
    );
    expect(shown).toMatch(/^INVALID_FILE/);
    expect(shown).toContain(text);
  });

  test.each([
    ['tuples in tuples', `)${'\x85'.repeat(400_000)}`],
    ['lists in lists', `${'('.repeat(400_000)}${']'}${'t'.repeat(400_000)}`],
    // The inner list is put away first and made deeper afterwards.
    ['a list that grows later', `]q\x00]h\x00ah\x00]a0`],
  ])('refuses values that are nested too deeply: %s', async (_, body) => {
    const pickle = (text: string): Buffer => Buffer.from(`\x80\x02${text}.`, 'latin1');
    const entries = [
      { name: 'deep/constants.pkl', data: pickle(')') },
      { name: 'deep/data.pkl', data: pickle(body) },
      { name: 'deep/version', data: Buffer.from('3\n') },
    ];
    const error = await failure(Buffer.concat([...zip(entries)] as Buffer[]));
    expect(error.code).toBe('INVALID_FILE');
    expect(error.message).toContain('the values in data.pkl are nested too deeply');
  });

  test('survives files with changed bytes', async () => {
    // In a process of its own, which a crash would end.
    const shown = await program(
      'jit-bytes',
      `
      const { readFileSync } = await import('node:fs');
      let failed = 0, loaded = 0, seed = 1;
      const random = (n) => (seed = (seed * 48271) % 2147483647) % n;
      for (const name of ['linear', 'control_flow', 'reader', 'values']) {
        const file = readFileSync('test/jit/models/' + name + '.pt');
        for (let i = 0; i < 250; i++) {
          const copy = Buffer.from(file);
          for (let k = 0; k <= i % 4; k++) copy[random(copy.length)] = random(256);
          try {
            torch.jit.loadSync(copy);
            loaded++;
          } catch (error) {
            if (!(error instanceof torch.FlambeauError)) throw error;
            failed++;
          }
        }
      }
      console.log(failed > 100, loaded + failed);
    `,
    );
    expect(shown).toBe('true 1000');
  });

  test('reads bytes and paths, and gives the files that it is asked for', async () => {
    for (const source of [`${models}/values.pt`, readFileSync(`${models}/values.pt`)]) {
      const model = await torch.jit.load(source, { extraFiles: ['labels.json', 'nothing.json'] });
      expect(Object.keys(model.extraFiles)).toEqual(['labels.json']);
      expect(model.extraFiles['labels.json']!.toString()).toBe('["cat"]');
    }
    expect(torch.jit.loadSync(linear).extraFiles).toEqual({});
  });

  test('does not look at the bytes once it has begun', async () => {
    const bytes = Buffer.from(linear);
    const loading = torch.jit.load(bytes);
    bytes.fill(0);
    expect((await loading).forward(torch.ones(1, 2)).item()).toBe(6);
  });
});

describe('torch.jit.save', () => {
  const model = torch.jit.loadSync(linear);

  test('refuses what is no module, and leaves nothing behind where it fails', async () => {
    await expect(torch.jit.save(5 as never)).rejects.toThrow("save(): argument 'module' must be ScriptModule");
    await expect(torch.jit.save(model, '')).rejects.toThrow("argument 'path'");
    await expect(torch.jit.save(model, { extraFiles: { a: 1 as never } })).rejects.toThrow('extraFiles.a');
    const before = readdirSync(folder);
    await expect(torch.jit.save(model, path.join(folder, 'no/such/folder.pt'))).rejects.toThrow();
    expect(() => torch.jit.saveSync(model, path.join(folder, 'no/such/folder.pt'))).toThrow();
    expect(readdirSync(folder)).toEqual(before);
  });

  test('writes what load reads: to a path, to bytes, with changed weights and files beside', async () => {
    const changed = torch.jit.loadSync(linear);
    torch.noGrad(() => changed.getAttr<torch.Tensor>('bias').fill_(10));
    const file = path.join(folder, 'saved.pt');
    await torch.jit.save(changed, file, { extraFiles: { note: 'hello', data: new Uint8Array([0, 1]) } });
    const read = await torch.jit.load(file, { extraFiles: ['note', 'data'] });
    expect(read.forward(torch.ones(1, 2)).item()).toBe(15);
    expect(read.extraFiles.note!.toString()).toBe('hello');
    expect([...read.extraFiles.data!]).toEqual([0, 1]);
    torch.jit.saveSync(changed, file);
    expect(torch.jit.loadSync(file).forward(torch.ones(1, 2)).item()).toBe(15);
    const bytes = [await torch.jit.save(changed), torch.jit.saveSync(changed)];
    for (const each of bytes) expect(torch.jit.loadSync(each).forward(torch.ones(1, 2)).item()).toBe(15);
    expect(readdirSync(folder).filter((name) => name.endsWith('.part'))).toEqual([]);
  });
});

describe('the memory of modules', () => {
  test('of what their results keep for gradients is freed too, though nobody counts it', async () => {
    const shown = await program(
      'jit-graphs',
      `
      const layers = Array.from({ length: 12 }, () => new torch.nn.Linear(64, 64));
      const model = torch.jit.trace(new torch.nn.Sequential(...layers), [torch.ones(1, 64)]);
      const x = torch.ones(512, 64);
      const rounds = async (n) => {
        for (let i = 0; i < n; i++) {
          model.forward(x);
          await model.forwardAsync(x);
        }
      };
      await rounds(200);
      const before = process.memoryUsage().rss;
      await rounds(400);
      const grown = (process.memoryUsage().rss - before) / 2 ** 20;
      console.log(grown < 100 ? 'flat' : grown);
    `,
    );
    expect(shown).toBe('flat');
  });

  test('is freed by the collector, in a loop that does not yield', async () => {
    const shown = await program(
      'jit-memory',
      `
      const big = new torch.nn.Linear(1000, 1000);
      const bytes = torch.jit.saveSync(torch.jit.trace(big, [torch.ones(1, 1000)]));
      const x = torch.ones(1, 1000);
      const rounds = (n) => {
        for (let i = 0; i < n; i++) torch.jit.loadSync(bytes).forward(x);
      };
      rounds(50);
      const before = process.memoryUsage().rss;
      rounds(200);
      const grown = (process.memoryUsage().rss - before) / 2 ** 20;
      console.log(grown < 60 ? 'flat' : grown);
    `,
    );
    expect(shown).toBe('flat');
  });
});
