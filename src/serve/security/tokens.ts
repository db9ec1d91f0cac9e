import { createHash, randomBytes, timingSafeEqual } from 'node:crypto';
import { z } from 'zod';
import { FlambeauError } from '../../errors.js';
import type { Verb } from '../context.js';
import { problems } from '../store/manifest.js';
import { globMatches } from './glob.js';

const verbs = ['infer', 'read', 'manage', 'metrics'] as const satisfies readonly Verb[];

const time = z.string().refine((text) => !Number.isNaN(Date.parse(text)), 'is no time');
const record = z.strictObject({
  id: z.string().regex(/^[0-9a-f]{16}$/),
  name: z.string().max(128).optional(),
  sha256: z.string().regex(/^[0-9a-f]{64}$/),
  verbs: z.array(z.enum(verbs)).min(1),
  models: z.array(z.string().min(1).max(128)).min(1),
  created: time,
  expires: time.optional(),
});
const schema = z.strictObject({
  format: z.literal('flambeau-tokens'),
  revision: z.literal(1),
  tokens: z.array(record).max(100_000),
});

/** What a file keeps of a token: never the token itself. */
export type TokenRecord = z.infer<typeof record>;

/** What a token may. */
export interface Grant {
  /** For lists, and for the people who read them. */
  name?: string | undefined;
  verbs: readonly Verb[];
  /** Names of models, with `*` for any text. */
  models: readonly string[];
  expires?: Date | undefined;
}

const digest = (text: string): Buffer => createHash('sha256').update(text).digest();
// Written so that scanners for secrets know it: a prefix, an id that logs may show, and 256 random bits.
const shape = /^flb_([0-9a-f]{16})_[\w-]{43}$/;
const nobody = Buffer.alloc(32);

/** Makes a token: the secret, which is shown once, and what is kept of it. */
export function makeToken(grant: Grant): { secret: string; record: TokenRecord } {
  const id = randomBytes(8).toString('hex');
  const secret = `flb_${id}_${randomBytes(32).toString('base64url')}`;
  const { name, expires } = grant;
  const kept = {
    id,
    ...(name !== undefined && { name }),
    sha256: digest(secret).toString('hex'),
    verbs: [...grant.verbs],
    models: [...grant.models],
    created: new Date().toISOString(),
    ...(expires && { expires: expires.toISOString() }),
  };
  const result = record.safeParse(kept);
  if (!result.success) throw new FlambeauError('INVALID_VALUE', `the token is wrong: ${problems(result.error)}`);
  return { secret, record: result.data };
}

/** The text of a file of tokens. */
export function writeTokens(tokens: readonly TokenRecord[]): string {
  return `${JSON.stringify({ format: 'flambeau-tokens', revision: 1, tokens }, null, 2)}\n`;
}

/**
 * Reads the text of a file of tokens.
 *
 * @throws FlambeauError `INVALID_FILE`
 */
export function parseTokens(text: string): TokenRecord[] {
  let json: unknown;
  try {
    json = JSON.parse(text);
  } catch (cause) {
    // What JSON.parse says would quote the file.
    throw new FlambeauError('INVALID_FILE', 'it is no JSON, or not whole', { cause });
  }
  const result = schema.safeParse(json);
  if (!result.success) throw new FlambeauError('INVALID_FILE', problems(result.error));
  const { tokens } = result.data;
  const ids = new Set(tokens.map(({ id }) => id));
  if (ids.size < tokens.length) throw new FlambeauError('INVALID_FILE', 'two tokens have the same id');
  return tokens;
}

/** The tokens of a file, to look callers up. */
export class Tokens {
  private readonly byId: ReadonlyMap<string, { record: TokenRecord; hash: Buffer; until: number }>;

  constructor(tokens: readonly TokenRecord[]) {
    const row = (each: TokenRecord) => ({
      record: each,
      hash: Buffer.from(each.sha256, 'hex'),
      until: each.expires === undefined ? Infinity : Date.parse(each.expires),
    });
    this.byId = new Map(tokens.map((each) => [each.id, row(each)]));
  }

  /** The token of a header `Authorization: Bearer ...`, where it is one and has not expired. */
  find(authorization: string, now = Date.now()): TokenRecord | undefined {
    const [, secret = ''] = /^Bearer +(\S+) *$/i.exec(authorization) ?? [];
    const [, id = ''] = shape.exec(secret) ?? [];
    const known = this.byId.get(id);
    // The work is the same whether the id is known or not.
    const same = timingSafeEqual(digest(secret), known?.hash ?? nobody);
    return same && known && now < known.until ? known.record : undefined;
  }
}

/** Whether a token may do something. What is about no model in particular may show all, and needs all. */
export function permits({ verbs: own, models }: TokenRecord, verb: Verb, model?: string): boolean {
  if (!own.includes(verb)) return false;
  return models.some((pattern) => (model === undefined ? pattern === '*' : globMatches(pattern, model)));
}

/** Whether a word is a verb. */
export const isVerb = (word: string): word is Verb => (verbs as readonly string[]).includes(word);
