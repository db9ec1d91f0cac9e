import { z } from 'zod';
import { describe, FlambeauError } from '../../errors.js';
import { datatypes, type Datatype } from '../datatypes.js';
import type { ModelInfo } from '../types.js';

/** The kinds of models, as `platform` names them. */
export const platforms = [
  'pytorch_torchscript',
  'pytorch_export',
  'pytorch_aoti',
  'flambeau_graph',
  'flambeau_handler',
] as const;

/** A kind of model. */
export type Platform = (typeof platforms)[number];

const modelName = /^[A-Za-z0-9][A-Za-z0-9._-]{0,127}$/;
const versionNumber = /^[1-9]\d{0,14}$/;
// One name, never a path; not hidden, and of no device that Windows knows.
const fileName = /^[A-Za-z0-9_][A-Za-z0-9._-]{0,127}$/;

/** Whether it can be the name of a model: letters, digits, `.`, `_` and `-`. */
export const isModelName = (value: unknown): value is string => typeof value === 'string' && modelName.test(value);
/** Whether it can be a version: digits, without a leading zero. */
export const isVersion = (value: unknown): value is string => typeof value === 'string' && versionNumber.test(value);
/** Whether it can be the name of a file in a version's folder. */
export const isFileName = (value: unknown): value is string =>
  typeof value === 'string' && fileName.test(value) && value !== manifestFile;

/** The file that describes a version. */
export const manifestFile = 'model.json';

/** Refuses what cannot be the name of a model. */
export function checkName(func: string, name: unknown): asserts name is string {
  if (isModelName(name)) return;
  throw new FlambeauError(
    'INVALID_VALUE',
    `${func}(): argument 'name' must be letters, digits, '.', '_' and '-', not ${describe(name)}`,
  );
}

/** Refuses what cannot be a version. */
export function checkVersion(func: string, version: unknown): asserts version is string {
  if (isVersion(version)) return;
  throw new FlambeauError(
    'INVALID_VALUE',
    `${func}(): argument 'version' must be digits without a leading zero, not ${describe(version)}`,
  );
}

const rows = z
  .int()
  .min(1)
  .max(1 << 20);
const spec = z.strictObject({
  name: z.string().min(1).max(256),
  datatype: z.enum(Object.keys(datatypes) as [Datatype, ...Datatype[]]),
  shape: z.array(z.int().min(-1)).max(64),
});
const specs = z
  .array(spec)
  .max(1024)
  .refine((list) => new Set(list.map(({ name }) => name)).size === list.length, 'names one tensor twice');

/** How requests are put together, in a manifest, in a snapshot and in what the management takes. */
export const batchingSchema = z.strictObject({
  maxBatchRows: rows,
  maxQueueDelayMs: z.number().min(0).max(60_000).optional(),
  sizes: z
    .array(rows)
    .min(1)
    .refine((sizes) => sizes.every((size, i) => i === 0 || size > sizes[i - 1]!), 'must grow')
    .optional(),
});

/** The same of {@link LoadOptions}, without the version. */
export const loadSettings = {
  batching: batchingSchema.optional(),
  instances: z.int().min(1).max(1024).optional(),
  maxQueueRows: z.int().min(1).optional(),
  maxRunMs: z
    .int()
    .min(1)
    .max(2 ** 31 - 1)
    .optional(),
  device: z
    .string()
    .regex(/^[a-z]+(:\d{1,3})?$/, 'must be a device, as cpu and cuda:0')
    .optional(),
};

const schema = z
  .strictObject({
    format: z.literal(1),
    name: z.string().regex(modelName),
    version: z.string().regex(versionNumber),
    platform: z.enum(platforms),
    file: z.string().refine(isFileName, 'must be the name of a file'),
    files: z.record(
      z.string().refine(isFileName, 'must be the name of a file'),
      z.strictObject({ sha256: z.string().regex(/^[0-9a-f]{64}$/), bytes: z.int().min(0) }),
    ),
    inputs: specs,
    outputs: specs,
    ...loadSettings,
    examples: z.string().optional(),
    created: z.iso.datetime(),
    flambeau: z.string(),
  })
  .refine(({ file, files }) => Object.hasOwn(files, file), { path: ['file'], message: 'is not among the files' })
  .refine(({ examples, files }) => examples === undefined || Object.hasOwn(files, examples), {
    path: ['examples'],
    message: 'is not among the files',
  });

/** What a store says of one version: the text of its `model.json`. */
export type Manifest = z.infer<typeof schema>;

/** The first things that a schema finds wrong, in a line. */
export function problems(error: z.ZodError): string {
  const lines = error.issues.map(({ path, message }) => (path.length > 0 ? `${path.join('.')}: ${message}` : message));
  return lines.slice(0, 3).join('; ');
}

/**
 * Reads a manifest.
 *
 * @param where - the version that it must be of
 * @throws `INVALID_FILE`
 */
export function parseManifest(text: string, where: { name: string; version: string }): Manifest {
  const place = `${where.name}/${where.version}/${manifestFile}`;
  let json: unknown;
  try {
    json = JSON.parse(text);
  } catch (cause) {
    throw new FlambeauError('INVALID_FILE', `${place} is no JSON: ${(cause as Error).message}`, { cause });
  }
  const result = schema.safeParse(json);
  if (!result.success) throw new FlambeauError('INVALID_FILE', `${place} is wrong: ${problems(result.error)}`);
  const { name, version } = result.data;
  if (name !== where.name || version !== where.version) {
    throw new FlambeauError('INVALID_FILE', `${place} is of another version: ${name}/${version}`);
  }
  return result.data;
}

/** Checks a manifest that is to be written. */
export function checkManifest(manifest: Manifest): Manifest {
  const result = schema.safeParse(manifest);
  if (!result.success)
    throw new FlambeauError('INVALID_VALUE', `the archive would be wrong: ${problems(result.error)}`);
  return result.data;
}

/** What the protocols show of a manifest. */
export function infoOf({ name, version, platform, inputs, outputs, batching }: Manifest): ModelInfo {
  return { name, version, platform, inputs, outputs, ...(batching && { batching: trim(batching) }) };
}

/** Without the fields that are not given. */
export function trim<T extends object>(value: T): { [K in keyof T]: Exclude<T[K], undefined> } {
  return Object.fromEntries(Object.entries(value).filter(([, field]) => field !== undefined)) as never;
}
