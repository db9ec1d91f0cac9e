import { existsSync } from 'node:fs';
import { join } from 'node:path';
import { download, sha256 } from './download.js';
import { getText } from './http.js';
import type { Reporter } from './progress.js';
import { INDEX_URL, WHEEL_PYTHON, type Flavour } from './versions.js';
import { canonical, compareVersions, fitsPlatform, parseWheelName, satisfies, type Requirement } from './wheel.js';

type Env = Readonly<Record<string, string | undefined>>;

/** A wheel that an index offers. */
export interface Offer {
  file: string;
  url: string;
  sha256: string | undefined;
}

const entities: Readonly<Record<string, string>> = { amp: '&', lt: '<', gt: '>', quot: '"', '#39': "'" };

/** The wheels that a page of a simple index (PEP 503) links to. */
export function parseIndexPage(html: string, pageUrl: string): Offer[] {
  const offers: Offer[] = [];
  for (const [tag] of html.matchAll(/<a\s[^>]*>/gi)) {
    if (/\sdata-yanked/i.test(tag)) continue;
    const href = /\shref\s*=\s*["']([^"']+)["']/i.exec(tag)?.[1];
    if (!href) continue;
    const url = new URL(
      href.replace(/&(amp|lt|gt|quot|#39);/g, (_, name: string) => entities[name] ?? ''),
      pageUrl,
    );
    const file = decodeURIComponent(url.pathname.split('/').at(-1) ?? '');
    if (!file.endsWith('.whl')) continue;
    const hash = /^#sha256=([0-9a-f]{64})$/i.exec(url.hash)?.[1];
    url.hash = '';
    offers.push({ file, url: url.href, sha256: hash });
  }
  return offers;
}

/** The best of an index's wheels: the newest that satisfies the requirement here, for the preferred Python. */
export function choose(offers: readonly Offer[], requirement: Requirement): Offer | undefined {
  const preferred = `cp${WHEEL_PYTHON.replace('.', '')}`;
  const rank = (python: string): number => (python === preferred ? 0 : python.startsWith('py') ? 1 : 2);
  return offers
    .map((offer) => ({ offer, wheel: parseWheelName(offer.file) }))
    .flatMap(({ offer, wheel }) => (wheel ? [{ offer, wheel }] : []))
    .filter(
      ({ wheel }) =>
        wheel.name === canonical(requirement.name) &&
        satisfies(wheel.version, requirement.specifier) &&
        fitsPlatform(wheel.platform) &&
        !wheel.abi.endsWith('t'),
    )
    .sort(
      (a, b) =>
        compareVersions(b.wheel.version, a.wheel.version) ||
        rank(a.wheel.python) - rank(b.wheel.python) ||
        a.offer.file.localeCompare(b.offer.file),
    )[0]?.offer;
}

/** The address of a flavour's index. */
export function indexUrl(flavour: Flavour, env: Env = process.env): string {
  return `${(env['FLAMBEAU_INDEX_URL'] || INDEX_URL).replace(/\/+$/, '')}/${flavour}`;
}

/** Downloads wheels straight from a flavour's index, checksums verified; gives their paths in order. */
export async function indexDownload(
  flavour: Flavour,
  requirements: readonly Requirement[],
  folder: string,
  options: { report: Reporter; env?: Env },
): Promise<string[]> {
  const paths: string[] = [];
  for (const requirement of requirements) {
    const page = `${indexUrl(flavour, options.env)}/${canonical(requirement.name)}/`;
    const offer = choose(parseIndexPage(await getText(page, options.env), page), requirement);
    if (!offer) throw new Error(`${page} has no ${requirement.name}${requirement.specifier} for this platform`);
    if (!offer.sha256) throw new Error(`${page} gives no checksum for ${offer.file}`);
    const path = join(folder, offer.file);
    if (!existsSync(path) || (await sha256(path)) !== offer.sha256) {
      await download(offer.url, path, { sha256: offer.sha256, report: options.report, env: options.env });
    }
    paths.push(path);
  }
  return paths;
}
