import { execFile } from 'node:child_process';
import { cpSync, existsSync, readdirSync, realpathSync, rmSync, symlinkSync } from 'node:fs';
import { availableParallelism } from 'node:os';
import path from 'node:path';
import { pathToFileURL } from 'node:url';
import { promisify } from 'node:util';
import { describe, expect, test } from 'vitest';
import { cacheFolder, libtorchFolder } from '../../src/libtorch/cache.js';
import { searchLibtorch, type Libtorch } from '../../src/libtorch/find.js';

/** A CUDA build of LibTorch with its headers: the one that is named, or one in the cache. */
function cudaFlavour(): Libtorch | string {
  const named = process.env['FLAMBEAU_CUDA_LIBTORCH'];
  const env = named ? { FLAMBEAU_LIBTORCH: named } : { FLAMBEAU_CACHE: cacheFolder(), FLAMBEAU_FLAVOUR: 'cu130' };
  const { libtorch, candidates } = searchLibtorch({ env });
  if (!libtorch) {
    const looked = named ?? libtorchFolder(cacheFolder());
    if (named) throw new Error(`FLAMBEAU_CUDA_LIBTORCH=${named}: ${candidates[0]?.found}`);
    return `no CUDA build in ${looked}; FLAMBEAU_CUDA_LIBTORCH names one elsewhere`;
  }
  return libtorch.include ? libtorch : `${libtorch.root} has no headers`;
}

const found = cudaFlavour();
/** Runs a program without blocking the test runner; what it says is in the error where it fails. */
async function run(program: string, args: string[], env = {}): Promise<string> {
  const { stdout } = await promisify(execFile)(program, args, { env: { ...process.env, ...env }, maxBuffer: 2 ** 26 });
  return stdout;
}

/** One training step, in a process whose LibTorch is the CUDA build. */
const program = `
const torch = await import(process.argv[1]);
const { nn, optim } = torch;
torch.manualSeed(0);
const model = new nn.Linear(2, 1);
const optimizer = new optim.Adam(model.parameters(), { lr: 0.1 });
const losses = [1, 2].map(() => {
  optimizer.zeroGrad();
  const loss = model.call(torch.ones(4, 2)).square().mean();
  loss.backward();
  optimizer.step();
  return loss.item();
});
let refused = '';
try { torch.ones(1).to('cuda'); } catch (error) { refused = error.code; }
console.log(JSON.stringify({ version: torch.libtorchVersion(), operators: torch.ops.names().length, losses, refused }));`;

const reason = typeof found === 'string' ? found : undefined;

describe(`the CUDA build of LibTorch${reason ? ` (skipped: ${reason})` : ''}`, () => {
  test.skipIf(reason)(
    'builds the addon, which loads on a machine without a GPU and computes on the CPU',
    async () => {
      const { root, lib, version } = found as Libtorch;
      expect(readdirSync(lib)).toContain('libtorch_cuda.so');
      // A package of its own beside the one that is tested, kept so that the next build has less to do.
      const out = path.resolve('build/cuda-flavour', root.replace(/\W+/g, '-'));
      rmSync(path.join(out, 'lib'), { recursive: true, force: true });
      cpSync('lib', path.join(out, 'lib'), { recursive: true });
      if (!existsSync(path.join(out, 'node_modules'))) {
        symlinkSync(realpathSync('node_modules'), path.join(out, 'node_modules'));
      }
      await run('cmake', ['-S', '.', '-B', path.join(out, 'build'), `-DFLAMBEAU_LIBTORCH=${root}`]);
      await run('cmake', [
        '--build',
        path.join(out, 'build'),
        '--parallel',
        String(Math.min(4, availableParallelism())),
      ]);
      const entry = pathToFileURL(path.join(out, 'lib/index.js')).href;
      const env = { FLAMBEAU_LIBTORCH: root, FLAMBEAU_PYTHON: '', CUDA_VISIBLE_DEVICES: '' };
      const said = await run(process.execPath, ['--input-type=module', '-e', program, entry], env);
      const seen = JSON.parse(said) as { version: string; operators: number; losses: number[]; refused: string };
      expect(seen.version).toContain(version);
      expect(seen.operators).toBeGreaterThan(3000);
      expect(seen.losses[1]).toBeLessThan(seen.losses[0]!);
      expect(seen.refused).toBe('DEVICE_UNAVAILABLE');
    },
    900_000,
  );
});
