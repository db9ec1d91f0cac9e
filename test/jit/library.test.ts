import { execFileSync, spawnSync } from 'node:child_process';
import { existsSync, mkdtempSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { describe, expect, test } from 'vitest';
import * as torch from '../../src/index.js';
import { findLibtorch } from '../../src/libtorch/find.js';

const source = `
#include <ATen/ATen.h>
#include <torch/library.h>
TORCH_LIBRARY(flambeau_jit, m) {
  m.def("scaled(Tensor x, float by) -> Tensor");
}
TORCH_LIBRARY_IMPL(flambeau_jit, CPU, m) {
  m.impl("scaled", [](const at::Tensor& x, double by) { return x.mul(by); });
}
`;

const { include, lib } = findLibtorch();
const compiler = [process.env.CXX, 'c++', 'g++', 'clang++'].find(
  (name) => name !== undefined && spawnSync(name, ['--version']).status === 0,
);
const there =
  process.platform !== 'win32' &&
  compiler !== undefined &&
  include !== undefined &&
  existsSync(path.join(include, 'torch/library.h'));

describe.skipIf(!there)(
  `a module with a custom operator${there ? '' : ' (skipped: nothing to compile it with)'}`,
  () => {
    const load = (): torch.jit.ScriptModule => torch.jit.loadSync('test/jit/models/scaled.pt');

    test('loads once its library is loaded, and says so before', () => {
      expect(load).toThrow(
        expect.objectContaining({ code: 'UNKNOWN_OPERATOR', message: expect.stringContaining('flambeau_jit::scaled') }),
      );
      const folder = mkdtempSync(path.join(tmpdir(), 'flambeau-'));
      const [from, to] = [path.join(folder, 'custom.cc'), path.join(folder, 'custom.so')];
      writeFileSync(from, source);
      const flags = ['-std=c++20', '-O0', '-shared', '-fPIC', '-w', `-I${include}`];
      execFileSync(compiler!, [
        ...flags,
        `-I${include}/torch/csrc/api/include`,
        from,
        '-o',
        to,
        `-L${lib}`,
        '-lc10',
        '-ltorch_cpu',
      ]);
      torch.ops.loadLibrary(to);
      expect(load().forward(torch.ones(2)).sum().item()).toBe(6);
    }, 240_000);

    test('is traced with it', () => {
      const { scaled } = torch.ops['flambeau_jit'] as torch.RawNamespace;
      const model = torch.jit.trace((x: torch.Tensor) => scaled!(x.add(1), 2), [torch.ones(2)]);
      expect(model.graph()).toContain('flambeau_jit::scaled');
      expect(model.forward(torch.zeros(3)).sum().item()).toBe(6);
    });
  },
);
