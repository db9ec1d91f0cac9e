import { spawnSync } from 'node:child_process';
import { existsSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { pathToFileURL } from 'node:url';
import { parseArgs } from 'node:util';
import { cacheFolder } from '../libtorch/cache.js';
import { searchLibtorch, type Libtorch } from '../libtorch/find.js';
import { INSTALL_COMMAND, minorVersion } from '../libtorch/versions.js';
import { findAddon, packageRoot, type Addon } from './addon.js';
import { loadSetup } from './build.js';

/** One thing that was looked at. */
export interface Finding {
  what: string;
  /** False where it keeps Flambeau from working. */
  ok: boolean;
  found: string;
  /** What mends it. */
  mend?: string;
}

/** All that `flambeau doctor` finds. */
export interface Diagnosis {
  ok: boolean;
  findings: Finding[];
}

const OLDEST_NODE = [20, 19];

function node(): Finding {
  const [major = 0, minor = 0] = process.versions.node.split('.').map(Number);
  const ok = major > OLDEST_NODE[0]! || (major === OLDEST_NODE[0] && minor >= OLDEST_NODE[1]!);
  const mend = ok ? undefined : `install Node.js ${OLDEST_NODE.join('.')} or newer`;
  return { what: 'Node.js', ok, found: `${process.versions.node} on ${process.platform} ${process.arch}`, mend };
}

function libtorchFindings(): { findings: Finding[]; libtorch: Libtorch | undefined } {
  const { libtorch, candidates } = searchLibtorch({ all: true });
  const findings = candidates.map(({ source, where, found, libtorch: here }) => ({
    what: `LibTorch (${source})`,
    // A place without one harms only where there is none at all.
    ok: true,
    found: `${found}, ${where}${here && here.root === libtorch?.root ? ' <- used' : ''}`,
  }));
  const named = process.env['FLAMBEAU_LIBTORCH'] ? 'FLAMBEAU_LIBTORCH' : 'FLAMBEAU_PYTHON';
  const mend = process.env[named]
    ? `point ${named} to a LibTorch, or unset it and run: ${INSTALL_COMMAND}`
    : INSTALL_COMMAND;
  const used = libtorch && `${libtorch.version} (${libtorch.flavour})${libtorch.include ? ', with headers' : ''}`;
  findings.push({
    what: 'LibTorch',
    ok: used !== undefined,
    found: used ?? 'none can be used',
    ...(!used && { mend }),
  });
  return { findings, libtorch };
}

function driver(libtorch: Libtorch | undefined): Finding {
  let found = 'no NVIDIA driver';
  try {
    const line = readFileSync('/proc/driver/nvidia/version', 'utf8').split('\n')[0] ?? '';
    found = `NVIDIA driver ${/\s(\d+\.\d+(\.\d+)?)\s/.exec(line)?.[1] ?? '(unknown version)'}`;
  } catch {
    const places = ['/usr/lib/x86_64-linux-gnu', '/usr/lib/aarch64-linux-gnu', '/usr/lib64', '/usr/lib/wsl/lib'];
    const library = process.platform === 'win32' ? 'C:\\Windows\\System32\\nvcuda.dll' : undefined;
    const place = library ?? places.map((dir) => join(dir, 'libcuda.so.1')).find((path) => existsSync(path));
    if (place && existsSync(place)) found = `NVIDIA driver library ${place}`;
  }
  const idle = found.startsWith('NVIDIA') && libtorch?.flavour === 'cpu';
  return { what: 'CUDA', ok: true, found: idle ? `${found}; for the GPU run: npx flambeau install cu130` : found };
}

function addonFinding(addon: Addon | undefined, libtorch: Libtorch | undefined): Finding {
  if (!addon) return { what: 'native addon', ok: false, found: 'none', mend: 'npx flambeau build' };
  const built = addon.libtorch ? `for LibTorch ${addon.libtorch}` : 'for an unknown LibTorch';
  const found = `${addon.origin} ${built}, ${addon.path}`;
  const other = libtorch && addon.libtorch && minorVersion(addon.libtorch) !== minorVersion(libtorch.version);
  if (!other) return { what: 'native addon', ok: true, found };
  return {
    what: 'native addon',
    ok: false,
    found: `${found}; LibTorch is ${libtorch.version}`,
    mend: 'npx flambeau build',
  };
}

async function tools(): Promise<Finding> {
  const missing = (await loadSetup())?.missingTools() ?? ['this package carries no sources to build from'];
  const mend =
    process.platform === 'linux'
      ? "apt-get install cmake g++ (or your system's like)"
      : 'install CMake and a C++ compiler';
  const ok = missing.length === 0;
  return { what: 'to build', ok, found: ok ? 'CMake and a C++ compiler' : missing.join('; '), ...(!ok && { mend }) };
}

/** Imports the package in another process: a crash there is a finding, and no crash here. */
function load(): Finding {
  const entry = pathToFileURL(join(packageRoot, 'lib', 'index.js')).href;
  const script = `await import(${JSON.stringify(entry)})`;
  const run = spawnSync(process.execPath, ['--input-type=module', '-e', script], {
    encoding: 'utf8',
    timeout: 120_000,
  });
  if (run.status === 0) return { what: 'loading', ok: true, found: 'works' };
  const said = /^\w*Error[^:]*: ([^]*?)(\n {4}at |\n\n|$)/m.exec(run.stderr)?.[1] ?? run.stderr.trim().slice(-300);
  const how = run.signal ? `the process died (${run.signal})` : said;
  const mend = /^\s*(?:Mend it with: )?(npx flambeau .*)$/m.exec(said)?.[1];
  return { what: 'loading', ok: false, found: how, mend: mend ?? 'npx flambeau build --force' };
}

/** Looks at all that Flambeau needs. */
export async function diagnose(): Promise<Diagnosis> {
  const { findings: places, libtorch } = libtorchFindings();
  const addon = findAddon();
  const native = addonFinding(addon, libtorch);
  const findings = [node(), { what: 'cache', ok: true, found: cacheFolder() }, ...places, native, driver(libtorch)];
  if (!native.ok) findings.push(await tools());
  if (libtorch && native.ok) findings.push(load());
  return { ok: findings.every(({ ok }) => ok), findings };
}

/** `flambeau doctor`. */
export async function doctor(args: string[]): Promise<number> {
  const { values } = parseArgs({ args, options: { json: { type: 'boolean' } } });
  const diagnosis = await diagnose();
  if (values.json) {
    console.log(JSON.stringify(diagnosis, null, 2));
  } else {
    const width = Math.max(...diagnosis.findings.map(({ what }) => what.length));
    for (const { what, ok, found, mend } of diagnosis.findings) {
      console.log(`${ok ? '  ' : '! '}${what.padEnd(width)}  ${found.replace(/\n/g, `\n${' '.repeat(width + 4)}`)}`);
      if (mend) console.log(`  ${' '.repeat(width)}  -> ${mend}`);
    }
    console.log(diagnosis.ok ? 'All is well.' : 'Something is missing: see the lines that begin with "!".');
  }
  return diagnosis.ok ? 0 : 1;
}
