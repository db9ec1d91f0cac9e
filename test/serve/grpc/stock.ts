import * as grpc from '@grpc/grpc-js';
import { loadSync } from '@grpc/proto-loader';
import path from 'node:path';

/** What a stock client does with a method: any message, any answer. */
export interface Stock {
  [method: string]: (...args: unknown[]) => unknown;
  close(): void;
}

type Constructor = new (address: string, credentials: grpc.ChannelCredentials, options?: object) => Stock;

/** A client that knows nothing but the published proto. */
export function stock(address: string, credentials = grpc.credentials.createInsecure(), options = {}): Stock {
  const proto = loadSync(path.resolve('src/serve/grpc/inference.proto'), {
    keepCase: true,
    longs: String,
    defaults: true,
  });
  const loaded = grpc.loadPackageDefinition(proto) as unknown as { inference: { GRPCInferenceService: Constructor } };
  return new loaded.inference.GRPCInferenceService(address, credentials, options);
}

/** A client of `grpc.health.v1`. */
export function stockHealth(address: string): Stock {
  const proto = loadSync('health/v1/health.proto', {
    keepCase: true,
    enums: String,
    defaults: true,
    includeDirs: ['node_modules/grpc-health-check/proto'],
  });
  const loaded = grpc.loadPackageDefinition(proto) as unknown as { grpc: { health: { v1: { Health: Constructor } } } };
  return new loaded.grpc.health.v1.Health(address, grpc.credentials.createInsecure());
}

/** One call of a method with one answer. */
export function call<Answer>(
  client: Stock,
  method: string,
  request: object,
  { metadata = {}, ...options }: { metadata?: Record<string, string>; deadline?: number } = {},
): Promise<Answer> {
  const sent = new grpc.Metadata();
  for (const [key, value] of Object.entries(metadata)) sent.set(key, value);
  return new Promise((resolve, reject) =>
    client[method]!(request, sent, options, (error: unknown, answer: Answer) =>
      error ? reject(error) : resolve(answer),
    ),
  );
}

/** The bytes of numbers. */
export const floats = (...values: number[]): Buffer => Buffer.from(Float32Array.from(values).buffer);
