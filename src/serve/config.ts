import { readFileSync } from 'node:fs';
import path from 'node:path';
import { z } from 'zod';
import { FlambeauError } from '../errors.js';
import { defaultLimits } from './http/limits.js';
import { logLevels } from './log.js';
import { isModelName, isVersion, loadSettings } from './store/manifest.js';

const milliseconds = z.int().min(0).max(86_400_000);
const place = { host: z.string().min(1).optional(), port: z.int().min(0).max(65_535) };
const limits = z.strictObject(
  Object.fromEntries(Object.keys(defaultLimits).map((name) => [name, z.int().min(1).optional()])) as Record<
    keyof typeof defaultLimits,
    z.ZodOptional<z.ZodInt>
  >,
);
const http = z.strictObject({ ...place, limits: limits.optional() });
const listeners = ['http', 'grpc', 'management', 'metrics'] as const;

const rate = z.strictObject({ perSecond: z.number().positive(), burst: z.number().min(1).optional() }).optional();

/** The options of `openSecurity` that a file of settings may have. */
const security = z.strictObject({
  tokens: z.string().min(1).optional(),
  tls: z.strictObject({ key: z.string().min(1), cert: z.string().min(1), ca: z.string().min(1).optional() }).optional(),
  audit: z.string().min(1).optional(),
  rates: z.strictObject({ token: rate, address: rate, failures: rate }).optional(),
  allowInsecure: z.array(z.enum(listeners)).optional(),
});

const schema = z.strictObject({
  store: z.string().min(1),
  models: z
    .array(
      z.strictObject({
        name: z.string().refine(isModelName, 'is no name of a model'),
        version: z.string().refine(isVersion, 'is no version').optional(),
        ...loadSettings,
      }),
    )
    .optional(),
  snapshot: z.string().min(1).optional(),
  http: http.optional(),
  grpc: z
    .strictObject({
      ...place,
      maxReceiveBytes: z.int().min(1).optional(),
      maxStreams: z.int().min(1).optional(),
      maxConnectionAgeMs: milliseconds.optional(),
    })
    .optional(),
  // `allow`: where models may be fetched from; nowhere, unless given.
  management: http.extend({ allow: z.array(z.string().min(1)).optional() }).optional(),
  metrics: z.strictObject(place).optional(),
  threads: z.int().min(1).max(1024).optional(),
  instances: z.int().min(1).max(1024).optional(),
  drain: z.strictObject({ preDrainMs: milliseconds.optional(), drainTimeoutMs: milliseconds.optional() }).optional(),
  log: z.strictObject({ level: z.enum(logLevels).optional(), file: z.string().min(1).optional() }).optional(),
  security: security.optional(),
  isolation: z.enum(['none', 'process']).optional(),
  unresponsiveMs: z.int().min(10).max(86_400_000).optional(),
});

/** What `flambeau serve` is told. */
export type Config = Omit<z.infer<typeof schema>, 'http' | 'snapshot'> & {
  http: z.infer<typeof http> | false;
  /** The file that keeps what is loaded; `false` for none. */
  snapshot: string | false;
};

/** Settings that are not checked yet. */
type Raw = Record<string, unknown>;

/** How a flag, and the variable of its name, becomes a setting: where it goes, and what it is. */
interface Flag {
  at: readonly string[];
  kind: 'text' | 'whole' | 'list';
}

const flag = (at: string, kind: Flag['kind'] = 'text'): Flag => ({ at: at.split('.'), kind });

/** The flags of `flambeau serve`. */
export const flags: Readonly<Record<string, Flag>> = {
  store: flag('store'),
  model: flag('models', 'list'),
  snapshot: flag('snapshot'),
  http: flag('http'),
  grpc: flag('grpc'),
  management: flag('management'),
  metrics: flag('metrics'),
  threads: flag('threads', 'whole'),
  instances: flag('instances', 'whole'),
  'pre-drain': flag('drain.preDrainMs', 'whole'),
  'drain-timeout': flag('drain.drainTimeoutMs', 'whole'),
  'log-level': flag('log.level'),
  'log-file': flag('log.file'),
  tokens: flag('security.tokens'),
  'tls-key': flag('security.tls.key'),
  'tls-cert': flag('security.tls.cert'),
  'tls-ca': flag('security.tls.ca'),
  audit: flag('security.audit'),
  'allow-insecure': flag('security.allowInsecure', 'list'),
  isolation: flag('isolation'),
  unresponsive: flag('unresponsiveMs', 'whole'),
};

/** The name that is most like another one, where one is. */
export function nearest(name: string, names: readonly string[]): string | undefined {
  const distance = (a: string, b: string): number => {
    let row = Array.from({ length: b.length + 1 }, (_, i) => i);
    for (let i = 1; i <= a.length; i++) {
      const next = [i];
      for (let j = 1; j <= b.length; j++)
        next.push(Math.min(row[j]! + 1, next[j - 1]! + 1, row[j - 1]! + (a[i - 1] === b[j - 1] ? 0 : 1)));
      row = next;
    }
    return row[b.length]!;
  };
  const [best] = names
    .map((each) => ({ each, far: distance(name.toLowerCase(), each.toLowerCase()) }))
    .sort((a, b) => a.far - b.far);
  return best && best.far <= Math.max(2, best.each.length / 3) ? best.each : undefined;
}

const wrong = (message: string): FlambeauError => new FlambeauError('INVALID_VALUE', message);

/** `HOST:PORT`, `[::1]:PORT` or `PORT`. */
function parsePlace(text: string, where: string): Raw {
  const [, host, port] = /^(?:(.+):)?(\d{1,5})$/.exec(text) ?? [];
  if (port === undefined || Number(port) > 65_535)
    throw wrong(`${where} must be HOST:PORT, as 127.0.0.1:8080, not '${text}'`);
  return { ...(host !== undefined && { host: host.replace(/^\[(.*)\]$/, '$1') }), port: Number(port) };
}

/** `NAME` or `NAME:VERSION`. */
function parseModel(text: string): Raw {
  const [name, version, ...rest] = text.split(':');
  if (rest.length > 0 || version === '') throw wrong(`a model must be NAME or NAME:VERSION, not '${text}'`);
  return { name, ...(version !== undefined && { version }) };
}

/** The keys that a schema knows at a place. */
function keysAt(at: z.core.JSONSchema.BaseSchema | undefined, where: readonly PropertyKey[]): string[] {
  if (!at) return [];
  const [first, ...rest] = where;
  if (first === undefined) return Object.keys(at.properties ?? {});
  const next = typeof first === 'number' ? at.items : at.properties?.[String(first)];
  return keysAt(next as z.core.JSONSchema.BaseSchema | undefined, rest);
}

function problem(issue: z.core.$ZodIssue): string {
  const where = (more: readonly PropertyKey[] = []): string => [...issue.path, ...more].map(String).join('.');
  if (issue.code !== 'unrecognized_keys') return `${where() || 'it'}: ${issue.message}`;
  const known = keysAt(z.toJSONSchema(schema, { unrepresentable: 'any' }), issue.path);
  const [key = ''] = issue.keys;
  const near = nearest(key, known);
  const hint = near === undefined ? `there are ${known.join(', ')}` : `did you mean ${where([near])}?`;
  return `there is no setting ${where([key])}; ${hint}`;
}

/** What is written short, at length. */
function expand(raw: Raw): Raw {
  const given = { ...raw };
  for (const name of [...listeners, 'snapshot']) if (given[name] === 'off') given[name] = false;
  for (const name of listeners) {
    const value = given[name];
    if (typeof value === 'string') given[name] = parsePlace(value, name);
  }
  if (Array.isArray(given.models))
    given.models = given.models.map((each: unknown) => (typeof each === 'string' ? parseModel(each) : each));
  return given;
}

/**
 * Checks settings.
 *
 * @param from - where they are from, for messages
 * @throws `INVALID_VALUE`, which names what is misspelt and what was meant
 */
export function parseConfig(raw: Raw, from: string): Config {
  const given = expand(raw);
  const off = (name: string): boolean => given[name] === false;
  const result = schema.safeParse({
    ...given,
    ...Object.fromEntries([...listeners, 'snapshot'].filter(off).map((name) => [name, undefined])),
  });
  if (!result.success) {
    const { issues } = result.error;
    if (issues.some(({ path, code }) => path[0] === 'store' && code === 'invalid_type' && given.store === undefined))
      throw wrong(`${from}: a store is needed: --store DIR, or FLAMBEAU_STORE, or "store" in a file`);
    // A misspelling explains what is missing.
    const order = [...issues].sort(
      (a, b) => Number(b.code === 'unrecognized_keys') - Number(a.code === 'unrecognized_keys'),
    );
    throw wrong(`${from}: ${order.slice(0, 3).map(problem).join('; ')}`);
  }
  const { store, http = { port: 8080 }, snapshot = path.join(store, '.serving.json'), ...rest } = result.data;
  return { ...rest, store, http: off('http') ? false : http, snapshot: off('snapshot') ? false : snapshot };
}

const isObject = (value: unknown): value is Raw => typeof value === 'object' && value !== null && !Array.isArray(value);

/** The second over the first, object by object. */
function merge(under: Raw, over: Raw): Raw {
  const merged = { ...under };
  for (const [key, value] of Object.entries(over)) {
    const before = merged[key];
    merged[key] = isObject(before) && isObject(value) ? merge(before, value) : value;
  }
  return merged;
}

function put(into: Raw, { at, kind }: Flag, name: string, given: string | readonly string[]): void {
  let value: unknown = given;
  if (kind === 'whole') {
    if (!/^\d{1,9}$/.test(String(given))) throw wrong(`${name} must be a whole number, not '${String(given)}'`);
    value = Number(given);
  } else if (kind === 'list' && typeof given === 'string') value = given.split(',').filter((each) => each !== '');
  const last = at.at(-1)!;
  let object = into;
  for (const key of at.slice(0, -1)) object = (object[key] ??= {}) as Raw;
  object[last] = value;
}

/** Reads a file of settings. Paths in it are as they are. */
function readFile(file: string): Raw {
  let json: unknown;
  try {
    json = JSON.parse(readFileSync(file, 'utf8'));
  } catch (cause) {
    const why = (cause as Error).message;
    throw new FlambeauError('INVALID_FILE', `the settings in '${file}' cannot be read: ${why}`, { cause });
  }
  if (!isObject(json)) throw new FlambeauError('INVALID_FILE', `'${file}' must hold a JSON object`);
  return json;
}

/**
 * Puts together what a file, the environment (`FLAMBEAU_STORE`, `FLAMBEAU_LOG_LEVEL`; lists with commas) and flags say:
 * flags go before the environment, and that before the file.
 */
export function readConfig(
  given: Readonly<Record<string, string | readonly string[] | undefined>>,
  env: Readonly<Record<string, string | undefined>>,
  file: string | undefined,
): Config {
  const fromEnv: Raw = {};
  const fromFlags: Raw = {};
  for (const [name, each] of Object.entries(flags)) {
    const variable = `FLAMBEAU_${name.toUpperCase().replaceAll('-', '_')}`;
    // A variable that is there and empty is how containers leave one out.
    if (env[variable]) put(fromEnv, each, variable, env[variable]);
    const value = given[name];
    if (value !== undefined) put(fromFlags, each, `--${name}`, value);
  }
  const under = file === undefined ? {} : readFile(file);
  // A misspelling is of the file only where the file alone shows it.
  if (file !== undefined) parseConfig({ store: '.', ...under }, file);
  return parseConfig([under, fromEnv, fromFlags].map(expand).reduce(merge), 'settings');
}
