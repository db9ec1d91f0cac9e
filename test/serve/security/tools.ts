import { execFileSync } from 'node:child_process';
import { readFileSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import { onTestFinished } from 'vitest';
import { grpc } from '../../../src/serve/grpc/listener.js';
import { openSecurity, type Security, type SecurityOptions } from '../../../src/serve/security/security.js';
import { makeToken, writeTokens, type Grant, type TokenRecord } from '../../../src/serve/security/tokens.js';
import { createServer, type Server, type ServerOptions } from '../../../src/serve/server.js';
import { echo, modelsOf } from '../models.js';
import { temporaryFolder } from '../servable.js';

/** What a test has of a server that is kept safe. */
export interface Guarded {
  folder: string;
  security: Security;
  server: Server;
  url: string;
  management: string;
  grpcAddress: string;
  warnings: string[];
  /** The lines of the audit log, once all is closed or written. */
  lines(): Record<string, unknown>[];
}

export const allVerbs = ['infer', 'read', 'manage', 'metrics'] as const;

/** A file of tokens, and the secrets of them. */
export function tokenFile(folder: string, ...grants: Partial<Grant>[]): { file: string; secrets: string[] } {
  const made = grants.map((grant) => makeToken({ verbs: allVerbs, models: ['*'], ...grant }));
  const file = path.join(folder, 'tokens.json');
  keep(
    file,
    made.map(({ record }) => record),
  );
  return { file, secrets: made.map(({ secret }) => secret) };
}

export const keep = (file: string, tokens: readonly TokenRecord[]): void =>
  writeFileSync(file, writeTokens(tokens), { mode: 0o600 });

/** A server with inference, management and gRPC. */
export async function guarded(
  options: (folder: string) => SecurityOptions,
  more: Partial<ServerOptions> = {},
): Promise<Guarded> {
  const folder = temporaryFolder(onTestFinished);
  const warnings: string[] = [];
  const audit = path.join(folder, 'audit.jsonl');
  const security = await openSecurity({ audit, warn: (text) => warnings.push(text), ...options(folder) });
  const server = createServer({
    models: modelsOf([echo('FP32'), echo('INT8')]),
    management: {},
    listeners: [grpc({ manage: true })],
    security,
    ...more,
  });
  await server.listen();
  onTestFinished(async () => {
    await server.close();
    await security.close();
  });
  const { management, grpc: rpc } = server.addresses;
  return {
    folder,
    security,
    server,
    url: server.url,
    management: `${server.url.split(':')[0]}://127.0.0.1:${management!.port}`,
    grpcAddress: `127.0.0.1:${rpc!.port}`,
    warnings,
    lines: () =>
      readFileSync(audit, 'utf8')
        .split('\n')
        .slice(0, -1)
        .map((line) => JSON.parse(line) as Record<string, unknown>),
  };
}

/** A certificate of its own authority for this machine. */
export function certificate(folder: string, name: string): { cert: string; key: string } {
  const [cert, key] = [path.join(folder, `${name}.crt`), path.join(folder, `${name}.key`)];
  const subject = ['-subj', `/CN=${name}`, '-addext', 'subjectAltName=DNS:localhost,IP:127.0.0.1'];
  const args = ['req', '-x509', '-newkey', 'rsa:2048', '-nodes', '-days', '2', ...subject];
  execFileSync('openssl', [...args, '-keyout', key, '-out', cert], { stdio: 'ignore' });
  return { cert, key };
}
