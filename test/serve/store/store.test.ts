import { existsSync, mkdirSync, readdirSync, readFileSync, renameSync, symlinkSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, onTestFinished, test } from 'vitest';
import * as torch from '../../../src/index.js';
import { ModelStore } from '../../../src/serve/store/store.js';
import { rejection, temporaryFolder, Times } from '../servable.js';

const open = (): Promise<ModelStore> => ModelStore.open(temporaryFolder(onTestFinished));
const examples = [{ x: torch.tensor([[1, 2]], { dtype: 'float32' }) }];

describe('ModelStore', () => {
  test('opens folders only', async () => {
    const folder = temporaryFolder(onTestFinished);
    writeFileSync(join(folder, 'file'), '');
    expect(await rejection(ModelStore.open(join(folder, 'missing')))).toMatchObject({
      code: 'INVALID_VALUE',
      message: expect.stringContaining('is not there') as string,
    });
    expect((await rejection(ModelStore.open(join(folder, 'file')))).message).toContain('is no folder');
    expect((await rejection(ModelStore.open(7 as never))).message).toContain("argument 'dir' must be a path");
    expect((await ModelStore.open(join(folder, 'new'), { create: true })).list()).toEqual([]);
  });

  test('takes no names that leave the store', async () => {
    const store = await open();
    await store.add({ name: 'm', model: new Times(2), examples });
    for (const name of ['..', '.', '../m', 'm/1', '', '.hidden', 'a\\b', 'a\0', '/etc', 'm'.repeat(129)]) {
      const { code } = await rejection(store.add({ name, model: new Times(2), examples }));
      expect(code).toBe('INVALID_VALUE');
      expect(await rejection(store.read(name, '1'))).toMatchObject({ code: 'UNKNOWN_MODEL' });
      expect(store.versions(name)).toEqual([]);
    }
    for (const version of ['../1', '0', '01', '1.0', '-1', '', '1/../1']) {
      expect(await rejection(store.read('m', version))).toMatchObject({ code: 'UNKNOWN_MODEL' });
      expect(await rejection(store.add({ name: 'm', version, model: new Times(2), examples }))).toMatchObject({
        code: 'INVALID_VALUE',
      });
    }
    expect(store.list()).toEqual([{ name: 'm', version: '1' }]);
  });

  test('reads nothing through links', async () => {
    const [store, other] = [await open(), await open()];
    await other.add({ name: 'm', model: new Times(2), examples });
    symlinkSync(join(other.folder, 'm'), join(store.folder, 'm'));
    expect(store.list()).toEqual([]);
    expect(await rejection(store.read('m', '1'))).toMatchObject({ code: 'UNKNOWN_MODEL' });
    mkdirSync(join(store.folder, 'n'));
    symlinkSync(join(other.folder, 'm', '1'), join(store.folder, 'n', '1'));
    expect(await rejection(store.read('n', '1'))).toMatchObject({ code: 'UNKNOWN_MODEL' });
    const file = join(other.folder, 'm', '1', 'model.pt2');
    renameSync(file, join(other.folder, 'elsewhere'));
    symlinkSync(join(other.folder, 'elsewhere'), file);
    expect((await rejection(other.read('m'))).message).toBe('m/1/model.pt2 is a link');
  });

  test('refuses files that are not those that were added', async () => {
    const store = await open();
    const { files } = await store.add({ name: 'm', model: new Times(2), examples });
    const file = join(store.folder, 'm', '1', 'model.pt2');
    const bytes = readFileSync(file);
    bytes[bytes.length >> 1]! ^= 1;
    writeFileSync(file, bytes);
    expect(await rejection(store.read('m'))).toMatchObject({
      code: 'CHECKSUM_MISMATCH',
      message: expect.stringContaining(files['model.pt2']!.sha256) as string,
    });
    writeFileSync(file, bytes.subarray(1));
    expect((await rejection(store.read('m'))).message).toContain(`has ${bytes.length - 1} bytes`);
    renameSync(file, `${file}.gone`);
    expect((await rejection(store.read('m'))).message).toBe('m/1/model.pt2 is missing');
  });

  test('refuses manifests that are wrong, and says where', async () => {
    const store = await open();
    await store.add({ name: 'm', model: new Times(2), examples });
    const file = join(store.folder, 'm', '1', 'model.json');
    const right = JSON.parse(readFileSync(file, 'utf8')) as Record<string, unknown>;
    const wrong: [unknown, string][] = [
      [{ ...right, version: '2' }, 'is of another version: m/2'],
      [{ ...right, file: '../../secret' }, 'file: must be the name of a file'],
      [{ ...right, file: 'other.pt2' }, 'file: is not among the files'],
      [{ ...right, platfrom: 'x' }, 'platfrom'],
      [{ ...right, inputs: [{ name: 'x', datatype: 'FP33', shape: [1] }] }, 'inputs.0.datatype'],
      [{ ...right, batching: { maxBatchRows: 0 } }, 'batching.maxBatchRows'],
      [[], 'expected object'],
    ];
    for (const [manifest, message] of wrong) {
      writeFileSync(file, JSON.stringify(manifest));
      expect(await rejection(store.read('m'))).toMatchObject({
        code: 'INVALID_FILE',
        message: expect.stringContaining(message) as string,
      });
    }
    writeFileSync(file, '{"format": 1');
    expect((await rejection(store.read('m'))).message).toContain('m/1/model.json is no JSON');
  });

  test('leaves no trace of an archive that fails', async () => {
    const store = await open();
    const broken = join(temporaryFolder(onTestFinished), 'model.pt2');
    writeFileSync(broken, 'not a zip');
    expect(await rejection(store.add({ name: 'm', model: broken }))).toMatchObject({ code: 'INVALID_FILE' });
    const missing = { name: 'm', model: join(store.folder, 'nothing.pt2') };
    expect((await rejection(store.add(missing))).message).toContain('ENOENT');
    expect((await rejection(store.add({ name: 'm', model: new Times(2) }))).message).toContain("'examples' is missing");
    const twice = { name: 'm', model: new Times(2), examples, outputs: [] };
    expect((await rejection(store.add(twice))).message).toContain("argument 'outputs' names 0, the model has 1");
    const batching = { maxBatchRows: 8 };
    expect((await rejection(store.add({ name: 'm', model: new Times(2), examples, batching }))).message).toContain(
      "the first size of 'x' is 1",
    );
    expect(readdirSync(store.folder)).toEqual([]);
  });

  test('numbers versions, and never writes over one', async () => {
    const store = await open();
    const add = (version?: string): Promise<{ version: string }> =>
      store.add({ name: 'm', model: new Times(2), examples, ...(version !== undefined && { version }) });
    expect((await add()).version).toBe('1');
    expect((await add('9')).version).toBe('9');
    const before = readFileSync(join(store.folder, 'm', '9', 'model.json'), 'utf8');
    expect(await rejection(add('9'))).toMatchObject({ code: 'CONFLICT', status: 409 });
    expect(readFileSync(join(store.folder, 'm', '9', 'model.json'), 'utf8')).toBe(before);
    const many = await Promise.all([add(), add(), add(), add()]);
    expect(many.map(({ version }) => version).sort()).toEqual(['10', '11', '12', '13']);
    expect(store.versions('m')).toEqual(['1', '9', '10', '11', '12', '13']);
    expect((await store.read('m')).info.version).toBe('13');
    expect(readdirSync(store.folder)).toEqual(['m']);
  });

  test('exports modules, which answer as before', async () => {
    const store = await open();
    const module = new torch.nn.Linear(2, 3);
    await store.add({ name: 'm', model: module, examples, instances: 3, device: 'cpu', maxQueueRows: 9 });
    const { info, file, options, examples: kept } = await store.read('m', '1');
    expect(info).toEqual({
      name: 'm',
      version: '1',
      platform: 'pytorch_export',
      inputs: [{ name: 'x', datatype: 'FP32', shape: [1, 2] }],
      outputs: [{ name: 'output', datatype: 'FP32', shape: [1, 3] }],
    });
    expect(options).toEqual({ version: '1', instances: 3, device: 'cpu', maxQueueRows: 9 });
    const x = kept![0]![0]!.data as torch.Tensor;
    expect(x.equal(examples[0]!.x)).toBe(true);
    const program = await torch.export.load(file);
    expect(program.forward(x).equal(module.call(x))).toBe(true);
    expect(module.weight.shape).toEqual([3, 2]);
  });

  test('lets a program of fixed sizes take batches of that size', async () => {
    const store = await open();
    const batching = { maxBatchRows: 4 };
    await store.add({ name: 'm', model: new Times(2), examples: [{ x: torch.ones(4, 2) }], batching });
    const { info } = await store.read('m');
    expect(info.inputs[0]!.shape).toEqual([-1, 2]);
    expect(info.batching).toEqual({ maxBatchRows: 4, sizes: [4] });
  });

  test('reads names, dtypes and free sizes out of a .pt2 of Python', async () => {
    const store = await open();
    await store.add({ name: 'mlp', model: 'test/export/files/mlp.pt2', batching: { maxBatchRows: 16 } });
    const { info } = await store.read('mlp');
    expect(info).toMatchObject({
      platform: 'pytorch_export',
      inputs: [{ name: 'x', datatype: 'FP32', shape: [-1, 4] }],
      outputs: [{ datatype: 'FP32', shape: [-1, 3] }],
      batching: { maxBatchRows: 16 },
    });
  });

  test('sees on examples what a TorchScript module takes and gives', async () => {
    const store = await open();
    const folder = temporaryFolder(onTestFinished);
    const traced = torch.jit.trace(
      (a: torch.Tensor, b: torch.Tensor) => a.matmul(b),
      [torch.ones(2, 3), torch.ones(3, 4)],
    );
    const file = join(folder, 'product.pt');
    await torch.jit.save(traced, file);
    expect((await rejection(store.add({ name: 'p', model: file }))).message).toContain("argument 'inputs' is missing");
    const [a, b] = ['first', 'second'];
    await store.add({
      name: 'p',
      model: file,
      examples: [
        { [a]: torch.ones(2, 3), [b]: torch.ones(3, 4) },
        { [a]: torch.ones(5, 3), [b]: torch.ones(3, 4) },
      ],
    });
    const { info, examples: kept } = await store.read('p');
    expect(info).toMatchObject({
      platform: 'pytorch_torchscript',
      inputs: [
        { name: 'first', datatype: 'FP32', shape: [-1, 3] },
        { name: 'second', datatype: 'FP32', shape: [3, 4] },
      ],
      outputs: [{ name: 'output', datatype: 'FP32', shape: [-1, 4] }],
    });
    expect(kept!.map(([first]) => first!.shape)).toEqual([
      [2, 3],
      [5, 3],
    ]);
  });

  test('keeps a handler with the files beside it', async () => {
    const store = await open();
    const folder = temporaryFolder(onTestFinished);
    const [handler, labels] = [join(folder, 'anything.mjs'), join(folder, 'labels.txt')];
    writeFileSync(handler, 'export const run = (x) => x;');
    writeFileSync(labels, 'cat\ndog\n');
    const inputs = [{ name: 'text', datatype: 'BYTES' as const, shape: [1] }];
    expect((await rejection(store.add({ name: 'h', model: handler }))).message).toContain('a handler does not say it');
    await store.add({ name: 'h', model: handler, files: [labels], inputs, outputs: inputs });
    const { file, info, manifest } = await store.read('h');
    expect(info.platform).toBe('flambeau_handler');
    expect(readFileSync(file, 'utf8')).toContain('export const run');
    expect(existsSync(join(file, '..', 'labels.txt'))).toBe(true);
    expect(manifest.files['labels.txt']!.bytes).toBe(8);
  });
});
