// The process that the models run in. It is started by `supervisor.ts`, which says what to do over the socket of fd 3.
import { Socket, type OnReadOpts, type SocketConstructorOpts } from 'node:net';
import { binding } from '../../binding.js';
import { collectGarbage } from '../../collector.js';
import { FlambeauError } from '../../errors.js';
import { Tensor } from '../../tensor.js';
import { giveBack } from '../codec/binary.js';
import { loadServable } from '../models/load.js';
import { periodOf } from '../models/run-limit.js';
import type { NamedTensor, Servable } from '../types.js';
import { FrameReader, writeFrame } from './frames.js';
import { decodeTensors, encodeError, encodeTensors, readRequest, type Reply, type Request } from './messages.js';

type Of<Type extends Request['type']> = Extract<Request, { type: Type }>;

const models = new Map<number, Servable>();
/** What looks how long the batches of a model run. */
const watches = new Map<number, NodeJS.Timeout>();
const running = new Map<number, AbortController>();

const reader = new FrameReader((text, body) => {
  let request: Request;
  try {
    request = readRequest(text);
  } catch (error) {
    refuse(text, error);
    return;
  }
  void handle(request, body);
});
const options: SocketConstructorOpts & { onread: OnReadOpts } = {
  fd: 3,
  onread: {
    buffer: () => reader.space(),
    callback: (bytes, space) => {
      reader.took(bytes, space);
      return true;
    },
  },
};
const socket = new Socket(options);

const reply = (message: Reply, parts?: readonly Uint8Array[], written?: () => void): void =>
  writeFrame(socket, message, parts, written);

/** Answers what cannot be read: a parameter of 1e999, say, which JSON cannot carry on. */
function refuse(text: string, cause: unknown): void {
  const { id } = JSON.parse(text) as { id?: unknown };
  if (typeof id !== 'number') throw cause;
  const message = 'the request has a value that cannot be handed on to the process of the models';
  reply({ type: 'failed', id, error: encodeError(new FlambeauError('INVALID_VALUE', message)) });
}

function dispose(tensors: readonly NamedTensor[]): void {
  for (const { data } of tensors) if (data instanceof Tensor) data.dispose();
}

/** Tells when a batch runs for too long; the server ends this process then. */
function watch(model: number, servable: Servable, maxRunMs: number): void {
  const look = (): void => {
    const ms = servable.longestRunMs?.() ?? 0;
    if (ms > maxRunMs) reply({ type: 'hung', model, ms });
  };
  watches.set(model, setInterval(look, periodOf(maxRunMs)));
}

async function load({ model, info, file, options }: Of<'load'>): Promise<void> {
  try {
    const servable = await loadServable({ info, file }, options);
    models.set(model, servable);
    if (options.maxRunMs !== undefined) watch(model, servable, options.maxRunMs);
    reply({ type: 'loaded', model });
  } catch (error) {
    reply({ type: 'loaded', model, error: encodeError(error) });
  }
}

async function infer({ id, model, leftMs, inputs, ...request }: Of<'infer'>, body: Buffer): Promise<void> {
  const tensors: NamedTensor[] = [];
  const outputs: NamedTensor[] = [];
  const abort = new AbortController();
  running.set(id, abort);
  try {
    const servable = models.get(model);
    if (!servable) throw new FlambeauError('NOT_READY', 'the model is not loaded');
    tensors.push(...decodeTensors(inputs, body));
    const result = await servable.infer({
      ...request,
      inputs: tensors,
      ...(leftMs !== undefined && { deadline: performance.now() + leftMs }),
      signal: abort.signal,
    });
    outputs.push(...result.outputs);
    const { heads, parts } = await encodeTensors(outputs);
    reply({ type: 'answer', id, outputs: heads, timing: result.timing }, parts, () => parts.forEach(giveBack));
  } catch (error) {
    reply({ type: 'failed', id, error: encodeError(error) });
  } finally {
    running.delete(id);
    dispose(tensors);
    dispose(outputs);
  }
}

async function describe({ id, model }: Of<'describe'>): Promise<void> {
  try {
    const value = await models.get(model)?.describe?.();
    // As it goes over the wire: what JSON cannot say is left out.
    const text = JSON.stringify(value) as string | undefined;
    reply({ type: 'described', id, ...(text !== undefined && { value: JSON.parse(text) as never }) });
  } catch (error) {
    reply({ type: 'described', id, error: encodeError(error) });
  }
}

async function close({ model }: Of<'close'>): Promise<void> {
  const servable = models.get(model);
  models.delete(model);
  let error: unknown;
  try {
    await servable?.close();
  } catch (thrown) {
    error = thrown;
  }
  clearInterval(watches.get(model));
  watches.delete(model);
  // What is left of it in JavaScript holds weights, and this process may not allocate enough to collect soon.
  setImmediate(() => {
    collectGarbage();
    reply({ type: 'closed', model, ...(error !== undefined && { error: encodeError(error) }) });
  });
}

function handle(request: Request, body: Buffer): void | Promise<void> {
  switch (request.type) {
    case 'load':
      return load(request);
    case 'infer':
      return infer(request, body);
    case 'cancel':
      return running.get(request.id)?.abort();
    case 'scale':
      return models.get(request.model)?.scale(request.instances);
    case 'close':
      return close(request);
    case 'describe':
      return describe(request);
    case 'ping':
      return reply({ type: 'pong' });
  }
}

// Signals to the whole group are for the server, which ends this process when it is done with it.
for (const signal of ['SIGINT', 'SIGTERM', 'SIGHUP'] as const) process.on(signal, () => undefined);
// Where the server is gone, nobody waits for an answer.
socket.on('end', () => process.exit(0)).on('error', () => process.exit(1));
socket.resume();

const threads = Number(process.argv[2]);
if (threads > 0) binding.setNumThreads(threads);
reply({ type: 'ready' });
