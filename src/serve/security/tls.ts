import { createPrivateKey, X509Certificate } from 'node:crypto';
import { readFileSync } from 'node:fs';
import { createSecureContext } from 'node:tls';
import { FlambeauError } from '../../errors.js';
import type { TlsFiles } from '../grpc/server.js';

/** Where a certificate lies, in PEM. */
export interface TlsPaths {
  /** The certificate, and those that lead to its authority. */
  cert: string;
  /** Its private key. */
  key: string;
  /** Whose certificates callers must have; without it they need none. */
  ca?: string;
}

/** A certificate that may change while connections use it. */
export interface TlsSource {
  /** The one to use now. */
  read(): TlsFiles;
  /** Calls back when there is a new one, until what it gives is called. */
  subscribe(changed: () => void): () => void;
}

function load({ cert, key, ca }: TlsPaths): TlsFiles {
  const files = { cert: readFileSync(cert), key: readFileSync(key), ...(ca !== undefined && { ca: readFileSync(ca) }) };
  try {
    createSecureContext(files);
    if (!new X509Certificate(files.cert).checkPrivateKey(createPrivateKey(files.key)))
      throw new Error('the key is of another certificate');
    if (files.ca) new X509Certificate(files.ca);
  } catch (cause) {
    throw new FlambeauError('INVALID_FILE', `the certificate '${cert}' cannot be used: ${(cause as Error).message}`, {
      cause,
    });
  }
  return files;
}

/** A certificate of files, which keeps the last good one. */
export class Certificate implements TlsSource {
  private readonly listeners = new Set<() => void>();
  private files: TlsFiles;

  constructor(private readonly paths: TlsPaths) {
    this.files = load(paths);
  }

  read(): TlsFiles {
    return this.files;
  }

  subscribe(changed: () => void): () => void {
    this.listeners.add(changed);
    return () => this.listeners.delete(changed);
  }

  /** Reads the files again. Throws where they cannot be used, and changes nothing then. */
  reload(): void {
    this.files = load(this.paths);
    for (const changed of this.listeners) changed();
  }
}
