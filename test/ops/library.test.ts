import { execFileSync, spawnSync } from 'node:child_process';
import { existsSync, mkdtempSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { beforeAll, describe, expect, test } from 'vitest';
import * as torch from '../../src/index.js';
import { findLibtorch } from '../../src/libtorch/find.js';

// A library of custom operators as a user writes one: plain C++ against LibTorch's headers.
const source = `
#include <torch/library.h>
#include <torch/csrc/autograd/custom_function.h>
#include <ATen/ATen.h>

namespace {
at::Tensor scaled(const at::Tensor& x, double by) {
  TORCH_CHECK_VALUE(by != 0, "by must not be zero");
  return x.mul(by);
}
at::Tensor throws(const at::Tensor&, std::string what) { throw std::runtime_error(what); }
std::tuple<at::Tensor, int64_t> both(at::TensorList list, c10::OptionalArrayRef<int64_t> dims) {
  return {at::stack(list), dims ? static_cast<int64_t>(dims->size()) : -1};
}
struct Sine : torch::autograd::Function<Sine> {
  static at::Tensor forward(torch::autograd::AutogradContext* ctx, at::Tensor x) {
    ctx->save_for_backward({x});
    return x.sin();
  }
  static torch::autograd::variable_list backward(torch::autograd::AutogradContext* ctx, torch::autograd::variable_list grads) {
    if (grads[0].numel() > 5) throw std::runtime_error("too long to go backward");
    return {grads[0].mul(ctx->get_saved_variables()[0].cos()).mul(10)};
  }
};
}  // namespace

TORCH_LIBRARY(flambeau_test, m) {
  m.def("scaled(Tensor x, *, float by=2) -> Tensor");
  m.def("throws(Tensor x, str what) -> Tensor");
  m.def("both(Tensor[] list, int[]? dims=None) -> (Tensor stacked, int count)");
  m.def("sine(Tensor x) -> Tensor");
  m.def("nothing(Tensor x) -> Tensor");
}
TORCH_LIBRARY_IMPL(flambeau_test, CompositeImplicitAutograd, m) {
  m.impl("scaled", scaled);
  m.impl("both", both);
  m.impl("sine", [](const at::Tensor& x) { return Sine::apply(x); });
}
TORCH_LIBRARY_IMPL(flambeau_test, CPU, m) { m.impl("throws", throws); }
`;

const { include, lib } = findLibtorch();
const compiler = [process.env.CXX, 'c++', 'g++', 'clang++'].find(
  (name) => name !== undefined && spawnSync(name, ['--version']).status === 0,
);
const missing =
  process.platform === 'win32'
    ? 'torch.ops.loadLibrary is not there on Windows'
    : compiler === undefined
      ? 'there is no C++ compiler'
      : include === undefined || !existsSync(path.join(include, 'torch/library.h'))
        ? "LibTorch's headers are not installed"
        : undefined;

describe('torch.ops.loadLibrary', () => {
  test('says what does not load', () => {
    expect(() => torch.ops.loadLibrary('/nowhere/lib.so')).toThrow(
      expect.objectContaining({ code: 'LIBRARY_LOAD_FAILED', message: expect.stringContaining('/nowhere/lib.so') }),
    );
    expect(() => torch.ops.loadLibrary(5 as never)).toThrow("argument 'path' must be string");
  });
});

describe.skipIf(missing !== undefined)(
  `a library of custom operators${missing ? ` (skipped: ${missing})` : ''}`,
  () => {
    const ops = torch.ops['flambeau_test'] as torch.RawNamespace;

    beforeAll(() => {
      const folder = mkdtempSync(path.join(tmpdir(), 'flambeau-'));
      const from = path.join(folder, 'custom.cc');
      const to = path.join(folder, 'custom.so');
      writeFileSync(from, source);
      expect(() => ops['scaled']!(torch.ones(1))).toThrow(expect.objectContaining({ code: 'UNKNOWN_OPERATOR' }));
      const flags = [
        '-std=c++20',
        '-O0',
        '-shared',
        '-fPIC',
        '-w',
        `-I${include}`,
        `-I${include}/torch/csrc/api/include`,
      ];
      execFileSync(compiler!, [...flags, from, '-o', to, `-L${lib}`, '-lc10', '-ltorch_cpu']);
      torch.ops.loadLibrary(to);
    }, 240_000);

    test('is listed with its schemas', () => {
      expect(torch.ops.names().filter((name) => name.startsWith('flambeau_test::'))).toEqual(
        ['both', 'nothing', 'scaled', 'sine', 'throws'].map((name) => `flambeau_test::${name}`),
      );
      expect(torch.ops.schema('flambeau_test::scaled')).toBe(
        'flambeau_test::scaled(Tensor x, *, float by=2.) -> Tensor',
      );
    });

    test('is called with arguments by its schemas', () => {
      expect(String(ops['scaled']!(torch.ones(2)))).toBe('tensor([2., 2.])');
      expect(String(ops['scaled']!.default!(torch.ones(2), { by: 0.5 }))).toBe('tensor([0.5000, 0.5000])');
      const both = ops['both']!([torch.ones(1), torch.zeros(1)], [0, 1]) as { stacked: torch.Tensor; count: number };
      expect([both.stacked.shape, both.count]).toEqual([[2, 1], 2]);
      expect((ops['both']!([torch.ones(1)]) as { count: number }).count).toBe(-1);
      expect(() => ops['scaled']!('text')).toThrow(/argument 'x' \(position 1\) must be Tensor/);
      expect(() => ops['scaled']!(torch.ones(1), { bye: 1 })).toThrow("did you mean 'by'?");
    });

    test('runs on the threads of the addon', async () => {
      expect(String(await ops['scaled']!.callAsync(torch.ones(2)))).toBe('tensor([2., 2.])');
      await expect(ops['throws']!.callAsync(torch.ones(2), 'later')).rejects.toThrow('later');
    });

    test('takes part in autograd, composed or with a backward of its own', () => {
      const x = torch.zeros(2, { requiresGrad: true });
      (ops['scaled']!(x, { by: 3 }) as torch.Tensor).sum().backward();
      expect(x.grad!.tolist()).toEqual([3, 3]);
      x.grad = null;
      (ops['sine']!(x) as torch.Tensor).sum().backward();
      expect(x.grad!.tolist()).toEqual([10, 10]);
    });

    test('brings its errors to the caller: of a check, of any exception, of its backward, of a missing kernel', () => {
      expect(() => ops['scaled']!(torch.ones(1), { by: 0 })).toThrow(
        expect.objectContaining({ code: 'INVALID_VALUE', message: 'by must not be zero' }),
      );
      expect(() => ops['throws']!(torch.ones(1), 'as it was')).toThrow(
        expect.objectContaining({ code: 'TORCH', message: 'as it was' }),
      );
      const long = (ops['sine']!(torch.ones(6, { requiresGrad: true })) as torch.Tensor).sum();
      expect(() => long.backward()).toThrow('too long to go backward');
      expect(() => ops['nothing']!(torch.ones(1))).toThrow(expect.objectContaining({ code: 'NOT_IMPLEMENTED' }));
    });
  },
);
