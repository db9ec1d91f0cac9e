import { parseArgs } from 'node:util';
import { FlambeauError } from '../errors.js';
import { readTokenFile, updateTokenFile } from '../serve/security/token-file.js';
import { isVerb, makeToken, type TokenRecord } from '../serve/security/tokens.js';

const units: Readonly<Record<string, number>> = { m: 60_000, h: 3_600_000, d: 86_400_000 };

/** `90d`, `12h`, `30m`, a date, or `never`. */
function timeOf(option: string, text: string): Date | undefined {
  if (text === 'never') return undefined;
  const [, count, unit] = /^(\d{1,6})([mhd])$/.exec(text) ?? [];
  const at = new Date(count === undefined ? text : Date.now() + Number(count) * units[unit!]!);
  if (!Number.isNaN(at.getTime()) && (count !== undefined || /^\d{4}-\d\d-\d\d/.test(text))) return at;
  throw new FlambeauError('INVALID_VALUE', `--${option} must be as 90d, 12h, 30m, 2030-01-31 or never, not '${text}'`);
}

const words = (text: string): string[] => text.split(',').map((word) => word.trim());

function find(tokens: readonly TokenRecord[], id: string): TokenRecord {
  const found = tokens.find((token) => token.id === id);
  if (!found) throw new FlambeauError('NOT_FOUND', `the file has no token with the id '${id}'`);
  return found;
}

/** The secret alone goes to the standard output, so that a script can take it. */
function show(secret: string, { id, expires }: TokenRecord): void {
  console.log(secret);
  console.error(`Token ${id}${expires === undefined ? '' : `, until ${expires}`}. It is shown this once: keep it now.`);
}

function list(tokens: readonly TokenRecord[]): void {
  const rows = tokens.map(({ id, name = '-', verbs, models, expires }) => {
    const over = expires !== undefined && Date.parse(expires) <= Date.now();
    return [id, name, verbs.join(','), models.join(','), expires ?? 'never', over ? 'expired' : ''];
  });
  const all = [['id', 'name', 'verbs', 'models', 'expires', ''], ...rows];
  const widths = all[0]!.map((_, i) => Math.max(...all.map((row) => row[i]!.length)));
  for (const row of all)
    console.log(
      row
        .map((cell, i) => cell.padEnd(widths[i]!))
        .join('  ')
        .trimEnd(),
    );
}

/** `flambeau token`: makes, shows, replaces and takes back tokens of a server. */
export async function token(args: string[]): Promise<number> {
  const { values, positionals } = parseArgs({
    args,
    allowPositionals: true,
    options: {
      file: { type: 'string' },
      name: { type: 'string' },
      verbs: { type: 'string' },
      models: { type: 'string' },
      expires: { type: 'string' },
      grace: { type: 'string' },
      json: { type: 'boolean' },
    },
  });
  const [action, id, ...rest] = positionals;
  const { file } = values;
  const needsId = action === 'revoke' || action === 'rotate';
  const known = needsId || action === 'create' || action === 'list';
  if (!known || file === undefined || (id !== undefined) !== needsId || rest.length > 0) {
    console.error(
      'flambeau token: create|list --file FILE, or revoke|rotate --file FILE ID; flambeau --help tells more',
    );
    return 2;
  }
  if (action === 'list') {
    const tokens = readTokenFile(file);
    if (values.json)
      console.log(
        JSON.stringify(
          tokens.map(({ sha256: _, ...shown }) => shown),
          null,
          2,
        ),
      );
    else list(tokens);
    return 0;
  }
  if (action === 'revoke') {
    await updateTokenFile(file, (tokens) => {
      find(tokens, id!);
      return { tokens: tokens.filter((each) => each.id !== id), result: undefined };
    });
    console.error(`Token ${id} is taken back.`);
    return 0;
  }
  const expires = timeOf('expires', values.expires ?? '90d');
  if (action === 'create') {
    const verbs = words(values.verbs ?? 'infer');
    const odd = verbs.find((verb) => !isVerb(verb));
    if (odd !== undefined)
      throw new FlambeauError('INVALID_VALUE', `--verbs takes infer, read, manage and metrics, not '${odd}'`);
    const models = words(values.models ?? '*');
    const made = makeToken({ name: values.name, verbs: verbs.filter(isVerb), models, expires });
    await updateTokenFile(file, (tokens) => ({ tokens: [...tokens, made.record], result: undefined }));
    show(made.secret, made.record);
    return 0;
  }
  const until = timeOf('grace', values.grace ?? '1h');
  if (!until) throw new FlambeauError('INVALID_VALUE', '--grace must end');
  const made = await updateTokenFile(file, (tokens) => {
    const old = find(tokens, id!);
    const replacement = makeToken({ ...old, expires });
    const last = Math.min(until.getTime(), old.expires === undefined ? Infinity : Date.parse(old.expires));
    const ending = { ...old, expires: new Date(last).toISOString() };
    return {
      tokens: [...tokens.map((each) => (each === old ? ending : each)), replacement.record],
      result: replacement,
    };
  });
  show(made.secret, made.record);
  return 0;
}
