import { CUDA_TOOLKIT } from './versions.js';

/** A package and the versions that will do: `{ name: 'torch', specifier: '==2.13.0' }`. */
export interface Requirement {
  name: string;
  specifier: string;
}

/** What a wheel's file name says. */
export interface WheelName {
  name: string;
  version: string;
  python: string;
  abi: string;
  platform: string;
}

/** Names compare without regard to case, `-`, `_` and `.`. */
export function canonical(name: string): string {
  return name.toLowerCase().replace(/[-_.]+/g, '-');
}

/** Reads a wheel's file name, or gives undefined if it is none. */
export function parseWheelName(file: string): WheelName | undefined {
  const match = /^([^-]+)-([^-]+)(?:-\d[^-]*)?-([^-]+)-([^-]+)-([^-]+)\.whl$/.exec(file);
  if (!match) return undefined;
  const [, name, version, python, abi, platform] = match as unknown as [string, string, string, string, string, string];
  return { name: canonical(name), version, python, abi, platform };
}

/** True if a wheel's libraries run on this platform. */
export function fitsPlatform(tag: string, platform: string = process.platform, arch: string = process.arch): boolean {
  const machine = { x64: 'x86_64', arm64: platform === 'linux' ? 'aarch64' : 'arm64' }[arch] ?? arch;
  return tag.split('.').some((one) => {
    if (one === 'any') return true;
    if (platform === 'linux') return /^(many)?linux/.test(one) && one.endsWith(`_${machine}`);
    if (platform === 'darwin') return one.startsWith('macosx') && new RegExp(`_(${machine}|universal2)$`).test(one);
    return platform === 'win32' && one === (arch === 'arm64' ? 'win_arm64' : 'win_amd64');
  });
}

function release(version: string): number[] {
  return (version.split('+')[0] ?? '').split('.').map((part) => Number.parseInt(part, 10) || 0);
}

/** Orders versions by their numbers. */
export function compareVersions(a: string, b: string): number {
  const [left, right] = [release(a), release(b)];
  for (let i = 0; i < Math.max(left.length, right.length); i++) {
    const difference = (left[i] ?? 0) - (right[i] ?? 0);
    if (difference) return difference;
  }
  return 0;
}

function satisfiesOne(version: string, clause: string): boolean {
  const match = /^(==|>=|<=|!=|~=|<|>)\s*(\S+)$/.exec(clause.trim());
  if (!match) return false;
  const [, operator, wanted] = match as unknown as [string, string, string];
  if (wanted.endsWith('.*')) {
    const prefix = release(wanted.slice(0, -2));
    const equal = prefix.every((part, i) => part === (release(version)[i] ?? 0));
    return operator === '==' ? equal : operator === '!=' && !equal;
  }
  const order = compareVersions(version, wanted);
  const local = wanted.split('+')[1];
  if (operator === '==') return order === 0 && (local === undefined || local === version.split('+')[1]);
  if (operator === '!=') return order !== 0;
  if (operator === '>=') return order >= 0;
  if (operator === '<=') return order <= 0;
  if (operator === '<') return order < 0;
  if (operator === '>') return order > 0;
  return order >= 0 && satisfiesOne(version, `==${release(wanted).slice(0, -1).join('.')}.*`);
}

/** True if a version satisfies a specifier such as `<14,>=13.0.88`; an empty one takes everything but pre-releases. */
export function satisfies(version: string, specifier: string): boolean {
  if (/\d(a|b|rc)\d|\.dev/.test(version) && !specifier.includes(version)) return false;
  return specifier
    .split(',')
    .filter((clause) => clause.trim())
    .every((clause) => satisfiesOne(version, clause));
}

interface Dependency extends Requirement {
  extras: string[];
  marker: string;
}

function dependencies(metadata: string): Dependency[] {
  const pattern = /^Requires-Dist:\s*([\w.-]+)\s*(?:\[([^\]]*)\])?\s*\(?([^;)]*)\)?\s*(?:;(.*))?$/;
  return metadata.split(/\r?\n/).flatMap((line) => {
    const match = pattern.exec(line);
    if (!match) return [];
    const [, name = '', extras = '', specifier = '', marker = ''] = match;
    const list = extras.split(',').map((extra) => extra.trim());
    return [{ name: canonical(name), extras: list, specifier: specifier.replace(/\s+/g, ''), marker }];
  });
}

const machines: Readonly<Record<string, string>> = { x64: 'x86_64', arm64: 'aarch64' };

function isMeant({ marker }: Dependency): boolean {
  return !marker.includes('platform_machine') || marker.includes(machines[process.arch] ?? process.arch);
}

/** The wheel that pins the versions of NVIDIA's others, if this torch names one. */
export function toolkitRequirement(torchMetadata: string): Requirement | undefined {
  const toolkit = dependencies(torchMetadata).find(({ name }) => name === 'cuda-toolkit');
  return toolkit && { name: toolkit.name, specifier: toolkit.specifier };
}

/**
 * The NVIDIA wheels that a torch wheel needs, as its own metadata names them.
 * `toolkitMetadata` is that of the `cuda-toolkit` wheel; without it, versions are held to the CUDA version only.
 */
export function nvidiaRequirements(torchMetadata: string, cuda: string, toolkitMetadata?: string): Requirement[] {
  const found = new Map<string, Requirement>();
  const torch = dependencies(torchMetadata).filter(isMeant);
  for (const { name, specifier } of torch) if (name.startsWith('nvidia-')) found.set(name, { name, specifier });
  const pins = toolkitMetadata === undefined ? undefined : dependencies(toolkitMetadata).filter(isMeant);
  for (const extra of torch.find(({ name }) => name === 'cuda-toolkit')?.extras ?? []) {
    const [name, carriesCudaVersion] = CUDA_TOOLKIT[extra] ?? [];
    const own = new RegExp(`extra\\s*==\\s*['"]${extra}['"]`);
    for (const pin of pins?.filter(({ marker }) => own.test(marker)) ?? []) {
      if (pin.name.startsWith('nvidia-')) found.set(pin.name, { name: pin.name, specifier: pin.specifier });
    }
    if (name && !found.has(name)) found.set(name, { name, specifier: carriesCudaVersion ? `==${cuda}.*` : '' });
  }
  return [...found.values()];
}
