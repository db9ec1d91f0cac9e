import { parseArgs } from 'node:util';
import { FlambeauError } from '../errors.js';
import { verifyAudit } from '../serve/security/audit-file.js';

function anchorOf(text: string): { lines: number; hash: string } {
  const [, lines, hash] = /^(\d{1,15}):([0-9a-f]{64})$/.exec(text) ?? [];
  if (hash === undefined)
    throw new FlambeauError('INVALID_VALUE', `--anchor must be as an earlier verdict shows it, not '${text}'`);
  return { lines: Number(lines), hash };
}

/** `flambeau audit verify`: looks for changes in an audit log. */
export async function audit(args: string[]): Promise<number> {
  const { values, positionals } = parseArgs({
    args,
    allowPositionals: true,
    options: { anchor: { type: 'string' }, json: { type: 'boolean' } },
  });
  const [action, file, ...rest] = positionals;
  if (action !== 'verify' || file === undefined || rest.length > 0) {
    console.error('flambeau audit: verify FILE; flambeau --help tells more');
    return 2;
  }
  const verdict = verifyAudit(file, values.anchor === undefined ? undefined : anchorOf(values.anchor));
  const { ok, lines, hash, problem } = verdict;
  if (values.json) console.log(JSON.stringify(verdict, null, 2));
  else if (ok) console.log(`${file}: ${lines} lines, as they were written\nanchor ${lines}:${hash}`);
  else console.log(`${file}: line ${problem!.line} is not as it was written: ${problem!.reason}`);
  return ok ? 0 : 1;
}
