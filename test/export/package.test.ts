import { mkdtempSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { beforeAll, describe, expect, test } from 'vitest';
import * as torch from '../../src/index.js';
import { openPt2 } from '../../src/export/archive.js';
import { readPackageInfo, thisHost, type Host, type PackageInfo } from '../../src/export/package-info.js';
import { withArchiveSync } from '../../src/serialization/mapped.js';
import { python, runPython, withPython } from '../python.js';
import { bytesOf, writeZip } from './fixtures.js';

const folder = mkdtempSync(path.join(tmpdir(), 'package-'));
// As PyTorch 2.13 wrote it.
const written = {
  AOTI_DEVICE_KEY: 'cpu',
  AOTI_PLATFORM: 'linux',
  AOTI_MACHINE: 'x86_64',
  AOTI_CPU_ISA: 'AVX512 AVX512_VNNI',
  AOTI_COMPUTE_CAPABILITY: '',
};

function packed(metadata: object, models = ['model'], library = 'c1.wrapper.so'): Buffer {
  const files = models.flatMap((model) => [
    { name: `m/data/aotinductor/${model}/c1.wrapper_metadata.json`, data: Buffer.from(JSON.stringify(metadata)) },
    { name: `m/data/aotinductor/${model}/${library}`, data: Buffer.from('no code') },
  ]);
  return writeZip([...files, { name: 'm/archive_format', data: Buffer.from('pt2') }]);
}

const host: Host = {
  platform: 'linux',
  arch: 'x64',
  cpuFlags: new Set(['avx2', 'avx512f', 'avx512_vnni']),
  accelerator: null,
  torchVersion: '2.13.0',
};
const described = (bytes: Buffer, model?: string, on: Host = host): PackageInfo =>
  withArchiveSync(bytes, false, function* (zip) {
    return yield* readPackageInfo(yield* openPt2(zip), model, on);
  });
const problems = (metadata: object, other: Partial<Host> = {}): string[] =>
  described(packed({ ...written, ...metadata }), undefined, { ...host, ...other }).problems;

describe('torch.export.inspectPackage', () => {
  test('refuses what is no package', async () => {
    const file = path.join(folder, 'program.pt2');
    writeFileSync(file, bytesOf('mlp'));
    await expect(torch.export.inspectPackage(3 as never)).rejects.toThrow("argument 'path' must be string");
    await expect(torch.export.inspectPackage(file)).rejects.toThrow('is no AOTInductor package: torch.export.load()');
    expect(() => described(packed({ AOTI_DEVICE_KEY: 3 }))).toThrow("['AOTI_DEVICE_KEY'] must be a string");
    expect(() => described(packed(written, ['a', 'b']), 'c')).toThrow("no model 'c', but 'a', 'b'");
  });

  test('says what the package needs', () => {
    expect(described(packed(written))).toEqual({
      models: ['model'],
      model: 'model',
      device: 'cpu',
      platform: 'linux',
      machine: 'x86_64',
      cpuIsa: ['AVX512', 'AVX512_VNNI'],
      metadata: written,
      problems: [],
    });
    expect(described(packed(written, ['one'])).model).toBe('one');
  });

  test('says why it does not run here', () => {
    expect(problems({}, { platform: 'darwin' })).toEqual(['it is compiled for linux, and this is darwin']);
    expect(problems({}, { arch: 'arm64' })).toEqual(['it is compiled for x86_64, and this processor is arm64']);
    expect(problems({}, { cpuFlags: new Set(['avx2', 'avx512f']) })).toEqual([
      'it uses AVX512_VNNI, which this processor does not have',
    ]);
    expect(problems({}, { cpuFlags: undefined })).toEqual([]);
    expect(problems({ AOTI_DEVICE_KEY: 'cuda' })).toEqual(['it runs on cuda, which this machine does not have']);
    expect(problems({ AOTI_DEVICE_KEY: 'cuda' }, { accelerator: 'cuda' })).toEqual([]);
    expect(problems({ AOTI_TORCH_VERSION: '2.12.1' })).toEqual([
      'it is compiled for LibTorch 2.12.1, and this is 2.13.0',
    ]);
    expect(problems({ AOTI_TORCH_VERSION: '2.13.1' })).toEqual([]);
    expect(described(packed(written, ['model'], 'c1.cpp')).problems).toEqual([
      'it holds no compiled code (.so), and would have to be compiled here',
    ]);
  });
});

describe('torch.export.loadPackage', () => {
  test('loads nothing that is not said to be trusted', async () => {
    const file = path.join(folder, 'untrusted.pt2');
    writeFileSync(file, packed(written));
    await expect(torch.export.loadPackage(file)).rejects.toThrow('{ trusted: true }');
    expect(() => torch.export.loadPackageSync(file, { trusted: 1 as never })).toThrow('{ trusted: true }');
    await expect(torch.export.loadPackage(file, { trusted: true, runners: 0 })).rejects.toThrow("argument 'runners'");
    await expect(torch.export.loadPackage(file, { trusted: true, deviceIndex: 1.5 })).rejects.toThrow(
      "argument 'deviceIndex'",
    );
  });

  test('loads nothing that does not run here', async () => {
    const file = path.join(folder, 'foreign.pt2');
    writeFileSync(file, packed({ ...written, AOTI_PLATFORM: 'beos' }));
    await expect(torch.export.loadPackage(file, { trusted: true })).rejects.toThrow(
      expect.objectContaining({
        code: 'DEVICE_UNAVAILABLE',
        message: expect.stringContaining('it is compiled for beos') as string,
      }),
    );
  });

  test('throws where the code is none', async () => {
    const file = path.join(folder, 'broken.pt2');
    const here = thisHost();
    const own = { AOTI_DEVICE_KEY: 'cpu', AOTI_PLATFORM: here.platform, AOTI_CPU_ISA: '' };
    writeFileSync(file, packed(own));
    await expect(torch.export.loadPackage(file, { trusted: true })).rejects.toThrow(torch.FlambeauError);
    expect(() => torch.export.loadPackageSync(file, { trusted: true })).toThrow(torch.FlambeauError);
  });
});

describe.skipIf(!python)(`CompiledModel ${withPython}`, () => {
  const file = path.join(folder, 'compiled.pt2');
  let model: torch.export.CompiledModel<{ y: torch.Tensor; twice: torch.Tensor }>;

  beforeAll(async () => {
    const program = `
import sys, torch
class Model(torch.nn.Module):
    def __init__(self):
        super().__init__()
        self.linear = torch.nn.Linear(4, 3)
        torch.nn.init.constant_(self.linear.weight, 0.5)
        torch.nn.init.constant_(self.linear.bias, 1.0)
    def forward(self, x, *, shift):
        y = self.linear(x) + shift
        return {"y": y, "twice": y * 2}
batch = torch.export.Dim("batch", max=32)
program = torch.export.export(Model(), (torch.randn(2, 4),), {"shift": torch.randn(3)}, dynamic_shapes={"x": {0: batch}, "shift": None})
torch._inductor.aoti_compile_and_package(program, package_path=sys.argv[1])
`;
    runPython(program, file);
    model = await torch.export.loadPackage(file, { trusted: true, runners: 2 });
  }, 300_000);

  test('runs, with named arguments and results', () => {
    const { y, twice } = model.run(torch.ones(2, 4), { shift: torch.tensor([0, 1, 2.5]) });
    expect(y.tolist()).toEqual([
      [3, 4, 5.5],
      [3, 4, 5.5],
    ]);
    expect(twice.equal(y.mul(2))).toBe(true);
    const again = torch.export.loadPackageSync<{ y: torch.Tensor }>(file, { trusted: true });
    expect(again.run(torch.ones(1, 4), { shift: torch.zeros(3) }).y.tolist()).toEqual([[3, 3, 3]]);
  });

  test('refuses what it was not compiled for', async () => {
    const shift = torch.zeros(3);
    const refused: [unknown[], string][] = [
      [[], 'takes 2 tensors, not 0'],
      [[torch.ones(2, 5), { shift }], "argument 'args[0]' must have size 1 of 4, not 5"],
      [[torch.ones(2), { shift }], "argument 'args[0]' must have 2 dimensions, not 1"],
      [[torch.ones(33, 4), { shift }], "argument 'args[0]' must have size 0 s77 between 0 and 32, not 33"],
      [[torch.ones(2, 4).double(), { shift }], "argument 'args[0]' must be of float32, not float64"],
      [[torch.ones(4, 2).t(), { shift }], "argument 'args[0]' must have stride 0 of 4, not 1"],
      [[torch.ones(2, 4), { other: shift }], "unknown argument 'other'"],
      [[torch.ones(2, 4), { shift: [1] }], "argument 'shift' must be Tensor, not array"],
    ];
    for (const [args, message] of refused) {
      expect(() => model.run(...args)).toThrow(message);
      await expect(model.runAsync(...args)).rejects.toThrow(message);
    }
  });

  test('runs off the event loop, several at once', async () => {
    const shift = torch.zeros(3);
    const inputs = Array.from({ length: 16 }, (_, i) => torch.full([1 + (i % 4), 4], i + 0.5));
    const results = await Promise.all(inputs.map((x) => model.runAsync(x, { shift })));
    results.forEach(({ y }, i) => expect(y.equal(model.run(inputs[i]!, { shift }).y)).toBe(true));
    await expect(model.runAsync(inputs[0]!, { shift, signal: AbortSignal.abort() })).rejects.toThrow(
      expect.objectContaining({ name: 'AbortError' }),
    );
  });

  test('takes other parameters by name', () => {
    const other = torch.export.loadPackageSync<{ y: torch.Tensor }>(file, { trusted: true });
    expect(other.constants).toContain('linear.weight');
    expect(() => other.loadConstants({ weight: torch.ones(3, 4) })).toThrow("has no constant 'weight'");
    other.loadConstants({ 'linear.weight': torch.zeros(3, 4) });
    expect(other.run(torch.ones(1, 4), { shift: torch.zeros(3) }).y.tolist()).toEqual([[1, 1, 1]]);
    expect(model.run(torch.ones(1, 4), { shift: torch.zeros(3) }).y.tolist()).toEqual([[3, 3, 3]]);
  });

  test('cannot be recorded', () => {
    const run = (x: torch.Tensor): torch.Tensor => model.run(x, { shift: torch.zeros(3) }).y;
    expect(() => torch.capture(run, [torch.ones(1, 4)])).toThrow('cannot be recorded');
  });

  test('is gone once it is disposed', () => {
    const other = torch.export.loadPackageSync(file, { trusted: true });
    other.dispose();
    expect(() => other.run(torch.ones(1, 4))).toThrow(torch.DisposedError);
  });
});
