import { FlambeauError } from '../../errors.js';
import type { Caller, Context, Outcome, Verb } from '../context.js';
import { HttpError } from '../http/errors.js';
import { AuditLog } from './audit.js';
import { checkBind } from './bind.js';
import { addressKey, RateLimiter, type Rate } from './rate.js';
import { Refusals } from './refusals.js';
import { Certificate, type TlsPaths, type TlsSource } from './tls.js';
import { readTokenFile } from './token-file.js';
import { permits, Tokens, type TokenRecord } from './tokens.js';
import { watchFiles } from './watch.js';

/** Options of {@link openSecurity}. */
export interface SecurityOptions {
  /** The file of tokens, as `flambeau token` writes it. Without it, no caller needs one. */
  tokens?: string;
  /** The file of the audit log; it is made where there is none. Without it, nothing is noted. */
  audit?: string;
  /** The certificate of all listeners. Without it, they do not speak TLS. */
  tls?: TlsPaths;
  /** How many requests may come. */
  rates?: Rates;
  /** The listeners that others may reach without tokens or TLS, by name: `http`, `management`, `grpc`, `metrics`. */
  allowInsecure?: readonly string[];
  /** How often files are looked at for changes, in milliseconds: 1000. */
  watchMs?: number;
  /** Told of what a person should know, as of a file that cannot be used; a warning of the process, unless given. */
  warn?: (message: string) => void;
}

/** How many requests may come; where nothing is said, as many as like to, but for failures. */
export interface Rates {
  /** From each token. */
  token?: Rate;
  /** From each address; behind a balancer all have the same. */
  address?: Rate;
  /** Without a valid token from each address: 1 a second, 20 at once. Valid tokens from there are not held up. */
  failures?: Rate;
}

/** What a server asks before it does something, and tells afterwards. It is made by {@link openSecurity}. */
export interface Security {
  /** Whether callers must have tokens. */
  readonly authenticates: boolean;
  /** The listeners that may do without tokens or TLS. */
  readonly allowInsecure: readonly string[];
  /** The certificate of all listeners. */
  readonly tls?: TlsSource;
  /** Throws where a caller may not. */
  authorize: Context['authorize'];
  /** Throws where a caller may do something to no model, and tells to which. */
  admit: NonNullable<Context['admit']>;
  /** Writes into the audit log what belongs there. */
  record(outcome: Outcome): void;
  /**
   * Throws where a listener may not be at an address.
   *
   * @param secure - whether it speaks TLS; as `tls` says, unless given
   */
  checkListener(name: string, host: string, secure?: boolean): void;
  /** Reads tokens and certificate again, at once. What cannot be used is warned of, and the last good one stays. */
  reload(): void;
  /** Ends to watch files, and closes the audit log. */
  close(): Promise<void>;
}

const refusals: ReadonlySet<string> = new Set(['UNAUTHENTICATED', 'FORBIDDEN', 'RATE_LIMITED']);

const unauthenticated = (message: string, challenge: string): HttpError =>
  new HttpError(401, 'UNAUTHENTICATED', message, { 'www-authenticate': challenge });

function limited(seconds: number): HttpError {
  const wait = Math.max(1, Math.ceil(seconds));
  const message = `too many requests; the next one may come in ${wait} s`;
  return new HttpError(429, 'RATE_LIMITED', message, { 'retry-after': String(wait) });
}

/**
 * Opens what keeps a server safe: tokens, certificate, audit log and rates.
 *
 * @throws FlambeauError `INVALID_FILE` where a file cannot be used; the error of the file system where there is none
 * @example
 * const security = await serve.openSecurity({ rates: { address: { perSecond: 100 } } })
 * security.authenticates // false
 * let message
 * try { security.checkListener('http', '0.0.0.0') } catch (error) { message = error.message }
 * message.includes('without tokens and TLS') // true
 * await security.close()
 */
export async function openSecurity(options: SecurityOptions = {}): Promise<Security> {
  const { tokens: tokenFile, audit: auditFile, rates = {}, allowInsecure = [], watchMs = 1000 } = options;
  const warn = options.warn ?? ((message) => process.emitWarning(message, { type: 'FlambeauSecurity' }));
  let tokens = tokenFile === undefined ? undefined : new Tokens(readTokenFile(tokenFile));
  const certificate = options.tls && new Certificate(options.tls);
  const perToken = rates.token && new RateLimiter(rates.token);
  const perAddress = rates.address && new RateLimiter(rates.address);
  const failures = new RateLimiter(rates.failures ?? { perSecond: 1, burst: 20 });
  const audit =
    auditFile === undefined
      ? undefined
      : AuditLog.open(auditFile, (error) =>
          warn(`the audit log cannot be written; management is refused until a restart: ${error.message}`),
        );
  // The ids of the tokens of requests that are under way, for their lines.
  const holders = new WeakMap<Caller, string>();
  // Requests that were counted already, and ask again for the model that they turned out to be about.
  const admitted = new WeakSet<Caller>();
  const counted = new Refusals((entry) => audit?.append(entry));

  const about = ({ protocol, remote, requestId }: Caller) => ({ protocol, remote, request: requestId });

  function identify(known: Tokens, caller: Caller): TokenRecord {
    const token = caller.authorization === undefined ? undefined : known.find(caller.authorization);
    if (token) {
      holders.set(caller, token.id);
      return token;
    }
    const wait = failures.take(addressKey(caller.remote));
    if (wait > 0) throw limited(wait);
    if (caller.authorization === undefined) throw unauthenticated('a token is needed', 'Bearer');
    throw unauthenticated('the token is not valid, or not any more', 'Bearer error="invalid_token"');
  }

  /** Counts a request, and gives its token, where one is needed. */
  function enter(caller: Caller): TokenRecord | undefined {
    const slow = perAddress?.take(addressKey(caller.remote)) ?? 0;
    if (slow > 0) throw limited(slow);
    const token = tokens && identify(tokens, caller);
    const wait = (token && perToken?.take(token.id)) ?? 0;
    if (wait > 0) throw limited(wait);
    return token;
  }

  const forbidden = (verb: Verb, what: string): FlambeauError =>
    new FlambeauError('FORBIDDEN', `the token does not allow '${verb}' for ${what}`);

  function admit(caller: Caller, verb: Verb): (model: string) => boolean {
    const token = enter(caller);
    if (token && !token.verbs.includes(verb)) throw forbidden(verb, 'any model');
    admitted.add(caller);
    return (model) => !token || permits(token, verb, model);
  }

  function authorize(caller: Caller, verb: Verb, model?: string): void {
    const token = admitted.delete(caller) ? tokens && identify(tokens, caller) : enter(caller);
    if (token && !permits(token, verb, model))
      throw forbidden(verb, model === undefined ? 'all models' : `the model '${model.slice(0, 200)}'`);
    if (verb !== 'manage' || !audit) return;
    // Before it is done: what nobody could note must not happen.
    audit.append({ event: 'asked', ...about(caller), token: token?.id, verb, model }, true);
    if (!audit.works) throw new FlambeauError('INTERNAL', 'the audit log cannot be written');
  }

  function record({ caller, route, verb, model, version, code, status }: Outcome): void {
    if (!audit) return;
    const facts = { ...about(caller), token: holders.get(caller), route, verb, model, version, code, status };
    if (code === 'RATE_LIMITED') counted.add({ event: 'refused', ...facts }, facts.token ?? addressKey(caller.remote));
    else if (refusals.has(code)) audit.append({ event: 'refused', ...facts });
    else if (verb === 'manage') audit.append({ event: 'managed', ...facts });
  }

  function reload(): void {
    const attempt = (what: string, work: () => void): void => {
      try {
        work();
        audit?.append({ event: 'reloaded', what });
      } catch (error) {
        warn(`the ${what} stays as it was: ${(error as Error).message}`);
      }
    };
    if (tokenFile !== undefined) attempt('set of tokens', () => (tokens = new Tokens(readTokenFile(tokenFile))));
    if (certificate) attempt('certificate', () => certificate.reload());
  }

  const { cert, key, ca } = options.tls ?? {};
  const files = [tokenFile, cert, key, ca].filter((file) => file !== undefined);
  const unwatch = files.length > 0 ? await watchFiles(files, watchMs, reload) : (): void => undefined;
  return {
    authenticates: tokens !== undefined,
    allowInsecure,
    ...(certificate && { tls: certificate }),
    authorize,
    admit,
    record,
    checkListener: (name, host, secure = certificate !== undefined) =>
      checkBind(name, host, { authenticated: tokens !== undefined, secure, allowInsecure }),
    reload,
    async close() {
      unwatch();
      counted.close();
      await audit?.close();
    },
  };
}
