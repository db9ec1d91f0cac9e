import { readFileSync } from 'node:fs';
import { binding } from '../binding.js';
import { FlambeauError } from '../errors.js';
import type { Reading } from '../serialization/source.js';
import type { Pt2 } from './archive.js';
import { damaged, dictionary, string } from './json.js';

/** What an AOTInductor package says of itself. */
export interface PackageInfo {
  /** The models in it. */
  models: string[];
  /** The model that this tells of. */
  model: string;
  /** What it runs on: `'cpu'`, `'cuda'`. */
  device: string;
  /** The operating system that it was compiled for, as Python names it; nothing where it does not say. */
  platform?: string;
  /** The processor that it was compiled for: `'x86_64'`. */
  machine?: string;
  /** The instructions that it uses beyond the usual ones: `['AVX512']`. */
  cpuIsa: string[];
  /** All that it says, as it says it. */
  metadata: Record<string, string>;
  /** Why it cannot run here; nothing where it can, as far as it says. */
  problems: string[];
}

/** The machine that a package is to run on. */
export interface Host {
  platform: string;
  arch: string;
  /** What the processor can do; nothing where that cannot be told. */
  cpuFlags?: ReadonlySet<string> | undefined;
  /** The accelerator that LibTorch has. */
  accelerator: string | null;
  torchVersion: string;
}

const machines: Record<string, string[]> = {
  x64: ['x86_64', 'amd64'],
  arm64: ['aarch64', 'arm64'],
};
// Names of PyTorch's, and those of the kernel where they differ.
const flags: Record<string, string> = {
  AVX2: 'avx2',
  AVX512: 'avx512f',
  AVX512_VNNI: 'avx512_vnni',
  AVX512_BF16: 'avx512_bf16',
  AMX: 'amx_tile',
  AMX_TILE: 'amx_tile',
  AMX_FP16: 'amx_fp16',
  NEON: 'asimd',
  SVE: 'sve',
  SVE256: 'sve',
};

function cpuFlags(): Set<string> | undefined {
  try {
    const [, found] = /^(?:flags|Features)\s*:\s*(.*)$/m.exec(readFileSync('/proc/cpuinfo', 'utf8')) ?? [];
    return found === undefined ? undefined : new Set(found.split(/\s+/));
  } catch {
    return undefined;
  }
}

/** The machine that this runs on. */
export function thisHost(): Host {
  return {
    platform: process.platform,
    arch: process.arch,
    cpuFlags: cpuFlags(),
    accelerator: binding.acceleratorType(),
    torchVersion: binding.torchVersion(),
  };
}

const minorOf = (version: string): string => /^\d+\.\d+/.exec(version)?.[0] ?? version;

function problemsOf(info: Omit<PackageInfo, 'problems'>, host: Host): string[] {
  const { device, platform, machine, cpuIsa, metadata } = info;
  const problems: string[] = [];
  if (platform && platform !== host.platform)
    problems.push(`it is compiled for ${platform}, and this is ${host.platform}`);
  if (machine && machines[host.arch] && !machines[host.arch]!.includes(machine.toLowerCase())) {
    problems.push(`it is compiled for ${machine}, and this processor is ${host.arch}`);
  }
  const type = device.replace(/:.*/, '');
  if (type !== 'cpu' && type !== host.accelerator)
    problems.push(`it runs on ${device}, which this machine does not have`);
  if (type === 'cpu' && host.cpuFlags) {
    const missing = cpuIsa.filter((name) => flags[name] !== undefined && !host.cpuFlags!.has(flags[name]));
    if (missing.length > 0) problems.push(`it uses ${missing.join(', ')}, which this processor does not have`);
  }
  const version = Object.entries(metadata).find(([key]) => /torch_?version/i.test(key))?.[1];
  if (version && minorOf(version) !== minorOf(host.torchVersion)) {
    problems.push(`it is compiled for LibTorch ${version}, and this is ${host.torchVersion}`);
  }
  return problems;
}

const folder = 'data/aotinductor/';
const libraries: Record<string, string> = { win32: '.dll', darwin: '.so' };

/** Reads what a package says of itself; nothing in it is run. */
export function* readPackageInfo(pt2: Pt2, wanted: string | undefined, host: Host = thisHost()): Reading<PackageInfo> {
  const files = pt2.isEarly ? [] : pt2.names(folder);
  const models = [
    ...new Set(files.filter((file) => file.includes('/')).map((file) => file.slice(0, file.indexOf('/')))),
  ];
  if (models.length === 0) throw damaged('the file', 'is no AOTInductor package: torch.export.load() reads programs');
  const model = wanted ?? (models.includes('model') || models.length > 1 ? 'model' : models[0]!);
  if (!models.includes(model)) {
    throw new FlambeauError(
      'INVALID_VALUE',
      `export.loadPackage(): the file holds no model '${model}', but ${models.map((each) => `'${each}'`).join(', ')}`,
    );
  }
  const own = files.filter((file) => file.startsWith(`${model}/`));
  const described = own.filter((file) => file.endsWith('metadata.json')).sort();
  const [first] = described.filter((file) => file.includes('wrapper')).concat(described);
  if (first === undefined) throw damaged('the file', `says nothing of what model '${model}' runs on`);
  const metadata = Object.fromEntries(dictionary(string)(yield* pt2.json(folder + first), first));
  const told = (key: string): string | undefined => metadata[key] || undefined;
  const info: Omit<PackageInfo, 'problems'> = {
    models,
    model,
    device: told('AOTI_DEVICE_KEY') ?? 'cpu',
    cpuIsa: (told('AOTI_CPU_ISA') ?? '').split(/[\s,]+/).filter((name) => name !== '' && name !== 'INVALID_VEC_ISA'),
    metadata,
  };
  const [platform, machine] = [told('AOTI_PLATFORM'), told('AOTI_MACHINE')];
  if (platform) info.platform = platform;
  if (machine) info.machine = machine;
  const problems = problemsOf(info, host);
  const library = libraries[host.platform] ?? '.so';
  if (!own.some((file) => file.endsWith(library) || file.endsWith('.pyd'))) {
    problems.push(`it holds no compiled code (${library}), and would have to be compiled here`);
  }
  return { ...info, problems };
}
