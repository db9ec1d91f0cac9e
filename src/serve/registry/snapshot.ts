import { createHash, randomBytes } from 'node:crypto';
import { readFile, rename } from 'node:fs/promises';
import { z } from 'zod';
import { FlambeauError } from '../../errors.js';
import { replaceFile } from '../store/files.js';
import { isModelName, isVersion, loadSettings, problems, trim } from '../store/manifest.js';
import type { LoadOptions } from '../types.js';

/** What is to be loaded of one model. */
export interface Wanted {
  /** Where requests without a version go. */
  defaultVersion: string;
  /** How each version is loaded. */
  versions: Record<string, Omit<LoadOptions, 'version'>>;
}

/** What a registry has loaded, or means to. */
export type State = Record<string, Wanted>;

const format = 'flambeau-registry';

const state = z.record(
  z.string().refine(isModelName, 'is no name of a model'),
  z
    .strictObject({
      defaultVersion: z.string().refine(isVersion, 'is no version'),
      versions: z.record(z.string().refine(isVersion, 'is no version'), z.strictObject(loadSettings)),
    })
    .refine(({ defaultVersion, versions }) => Object.hasOwn(versions, defaultVersion), {
      path: ['defaultVersion'],
      message: 'is not among the versions',
    }),
);
const schema = z.strictObject({ format: z.literal(format), revision: z.literal(1), sha256: z.string(), state });

const digest = (value: unknown): string => createHash('sha256').update(JSON.stringify(value)).digest('hex');

/** The file of a snapshot; `undefined` where there is none, or it was refused. */
export interface Restored {
  state?: State;
  /** Why the file that was there is not used, and where it lies now. */
  refused?: FlambeauError;
}

/**
 * Writes a snapshot: after a crash at any moment there is the old one or the new one, whole.
 */
export async function writeSnapshot(file: string, value: State): Promise<void> {
  const text = `${JSON.stringify({ format, revision: 1, sha256: digest(value), state: value }, null, 2)}\n`;
  await replaceFile(file, text);
}

function parse(text: string): State {
  const json: unknown = JSON.parse(text);
  if ((json as { format?: unknown } | null)?.format !== format) throw new Error('it is not of a registry');
  const result = schema.safeParse(json);
  if (!result.success) throw new Error(problems(result.error));
  // The digest is of the text as it was written, so of what was parsed and not of what the schema made of it.
  if (digest((json as { state: unknown }).state) !== result.data.sha256)
    throw new Error('its sha256 is of another state');
  return Object.fromEntries(
    Object.entries(result.data.state).map(([name, { defaultVersion, versions }]) => [
      name,
      {
        defaultVersion,
        versions: Object.fromEntries(
          Object.entries(versions).map(([version, options]) => [version, trim(options) as LoadOptions]),
        ),
      },
    ]),
  );
}

/** Reads a snapshot. One that is torn or of something else is put aside, under a name that the error tells. */
export async function readSnapshot(file: string): Promise<Restored> {
  let text: string;
  try {
    text = await readFile(file, 'utf8');
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code === 'ENOENT') return {};
    throw error;
  }
  try {
    return { state: parse(text) };
  } catch (cause) {
    const aside = `${file}.refused-${Date.now()}-${randomBytes(2).toString('hex')}`;
    await rename(file, aside);
    const message = `the snapshot '${file}' cannot be used, and is now '${aside}': ${(cause as Error).message}`;
    return { refused: new FlambeauError('INVALID_FILE', message, { cause }) };
  }
}
