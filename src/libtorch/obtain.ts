import { mkdtempSync } from 'node:fs';
import { join } from 'node:path';
import { FlambeauError } from '../errors.js';
import { indexDownload } from './index-page.js';
import { findPip, pipDownload, type PipCommand } from './pip.js';
import type { Reporter } from './progress.js';
import { readFromWheel } from './unpack.js';
import type { Flavour } from './versions.js';
import { nvidiaRequirements, toolkitRequirement, type Requirement } from './wheel.js';

type Env = Readonly<Record<string, string | undefined>>;

/** What a torch wheel is, by what lies in it. */
export interface TorchWheel {
  path: string;
  /** `2.14.1+cu130`. */
  build: string;
  /** `13.0`, or undefined for a build without CUDA. */
  cuda: string | undefined;
  metadata: string;
}

/** Where wheels come from and go to. */
export interface Shop {
  flavour: Flavour;
  pip: PipCommand | undefined;
  /** A folder that is removed when the installation ends, however it ends. */
  temporary: string;
  /** A folder that keeps unfinished downloads for the next attempt. */
  downloads: string;
  report: Reporter;
  env: Env;
}

/** Opens the shop: looks for pip. */
export function openShop(shop: Omit<Shop, 'pip'>): Shop {
  return { ...shop, pip: findPip(shop.env) };
}

type Attempt = [label: string, fetch: () => Promise<string[]>];

function byPip(shop: Shop, requirements: readonly Requirement[]): Attempt[] {
  const { pip } = shop;
  if (!pip) return [];
  const names = requirements.map(({ name, specifier }) => name + specifier).join(', ');
  // A folder of its own: wheels of an attempt that gave the wrong flavour must not be taken for this one's.
  const fetch = (): Promise<string[]> =>
    pipDownload(pip, requirements, mkdtempSync(join(shop.temporary, 'pip-')), { env: shop.env, show: true });
  return [[`pip (${pip.join(' ')}) for ${names}`, fetch]];
}

function byIndex(shop: Shop, requirements: readonly Requirement[]): Attempt[] {
  return [["PyTorch's index", () => indexDownload(shop.flavour, requirements, shop.downloads, shop)]];
}

async function firstOf<T>(
  attempts: readonly Attempt[],
  what: string,
  shop: Shop,
  accept: (paths: string[]) => Promise<T | string>,
): Promise<T> {
  const failures: string[] = [];
  for (const [label, fetch] of attempts) {
    try {
      shop.report.line(`Fetching ${what} by ${label}`);
      const outcome = await accept(await fetch());
      if (typeof outcome !== 'string') return outcome;
      failures.push(`  ${label}: ${outcome}`);
    } catch (error) {
      if (error instanceof FlambeauError && error.code === 'CHECKSUM_MISMATCH') throw error;
      failures.push(`  ${label}: ${(error as Error).message}`);
    }
  }
  if (!shop.pip) failures.push('  pip: none was found (python3 -m pip, python -m pip, pip3, pip)');
  throw new FlambeauError('INSTALL_FAILED', `${what} could not be fetched:\n${failures.join('\n')}`);
}

/** Looks into a torch wheel. */
export async function inspectWheel(path: string): Promise<TorchWheel> {
  const version = await readFromWheel(path, /^torch\/version\.py$/);
  const build = /__version__\s*=\s*['"]([^'"]+)/.exec(version ?? '')?.[1];
  if (!build) throw new Error(`${path} has no torch/version.py that tells its version`);
  const cuda = /^cuda[^=]*=\s*['"]([\d.]+)/m.exec(version ?? '')?.[1];
  const metadata = (await readFromWheel(path, /^torch-[^/]*\.dist-info\/METADATA$/)) ?? '';
  return { path, build, cuda, metadata };
}

/**
 * Fetches torch's wheel of a version. For `cpu`, a build without CUDA is looked for everywhere before a CUDA build
 * is taken for its CPU half.
 */
export function obtainTorch(shop: Shop, version: string): Promise<TorchWheel> {
  const plain = [{ name: 'torch', specifier: `==${version}` }];
  const local = [{ name: 'torch', specifier: `==${version}+${shop.flavour}` }];
  // Only Linux and Windows have several builds of a version.
  const several = process.platform !== 'darwin';
  const attempts =
    shop.flavour !== 'cpu'
      ? [...byPip(shop, plain), ...byPip(shop, local), ...byIndex(shop, plain)]
      : [...(several ? byPip(shop, local) : []), ...(several ? byIndex(shop, plain) : []), ...byPip(shop, plain)];
  if (!several) attempts.push(...byIndex(shop, plain));
  return firstOf(attempts, `torch ${version} (${shop.flavour})`, shop, async ([path]) => {
    const wheel = await inspectWheel(path!);
    const fits = shop.flavour === 'cpu' || `cu${wheel.cuda?.replace('.', '')}` === shop.flavour;
    return fits ? wheel : `gave ${wheel.build}`;
  });
}

/** Fetches the NVIDIA wheels that a CUDA build needs; of them only the two that its CPU half needs, if so asked. */
export async function obtainNvidia(shop: Shop, torch: TorchWheel, cpuHalf: boolean): Promise<string[]> {
  if (!torch.cuda || process.platform !== 'linux') return [];
  const from = (wanted: readonly Requirement[]): Attempt[] => [
    ...byPip(shop, wanted),
    ...byIndex(cpuHalf ? { ...shop, flavour: `cu${torch.cuda!.replace('.', '')}` as Flavour } : shop, wanted),
  ];
  const toolkit = toolkitRequirement(torch.metadata);
  let pins: string | undefined;
  if (toolkit) {
    try {
      const paths = await firstOf(from([toolkit]), 'the list of CUDA libraries', shop, (found) =>
        Promise.resolve(found),
      );
      pins = await readFromWheel(paths[0]!, /\.dist-info\/METADATA$/);
    } catch {
      shop.report.line('The list of CUDA libraries cannot be had: taking the newest of each.');
    }
  }
  const all = nvidiaRequirements(torch.metadata, torch.cuda, pins);
  const wanted = cpuHalf ? all.filter(({ name }) => /^nvidia-cuda-(runtime|cupti)/.test(name)) : all;
  if (wanted.length === 0) return [];
  return await firstOf(from(wanted), `${wanted.length} NVIDIA libraries`, shop, (found) => Promise.resolve(found));
}
