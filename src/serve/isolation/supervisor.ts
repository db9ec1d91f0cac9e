import { FlambeauError } from '../../errors.js';
import { isTensor } from '../../ops/call.js';
import { giveBack } from '../codec/binary.js';
import { warmUp } from '../registry/warm-up.js';
import type { InferRequest, InferResult, LoadOptions } from '../types.js';
import { decodeError, decodeTensors, encodeTensors, type Reply } from './messages.js';
import { Model, type Source } from './model.js';
import { Pending } from './pending.js';
import { Worker, type WorkerOptions } from './worker.js';

/** So many ends within this time, and requests are refused until a process is up again. */
const loop = { deaths: 5, withinMs: 60_000 };
/** How long the next start waits after that many ends in the same time: not at all after the first. */
const backoffMs = (deaths: number): number => (deaths <= 1 ? 0 : Math.min(100 * 2 ** (deaths - 2), 10_000));

interface Loading {
  /** How many processes have ended while they loaded it. */
  deaths: number;
  /** Whether it was loaded before. */
  again: boolean;
  done: (error?: Error) => void;
}

/** What it is told with. */
export interface SupervisorOptions extends WorkerOptions {
  warn: (error: Error) => void;
}

/**
 * Keeps one process that runs all models. When it ends, another one loads them again, and what it had to answer is run
 * once more: one request after the other before all else, so that one which ends processes takes no other with it.
 */
export class Supervisor {
  /** Whether there is a process that has all models. */
  isUp = false;
  /** How often a process ended by itself, and how often one was ended that did not go on. */
  readonly ended = { crash: 0, hang: 0 };
  private worker: Worker | undefined;
  /** Whether the process is told of models as they come. */
  private listens = false;
  private closing = false;
  private closed: Promise<void> | undefined;
  private restart: NodeJS.Timeout | undefined;
  /** When processes ended, those of the last minute. */
  private ends: number[] = [];
  private lastEnd = '';
  private nextId = 1;
  private readonly models = new Map<number, Model>();
  private readonly loading = new Map<number, Loading>();
  private readonly unloading = new Map<number, (error?: Error) => void>();
  private readonly inFlight = new Map<number, Pending>();
  /** Those whose process ended: they run alone. */
  private suspects: Pending[] = [];
  private alone: Pending | undefined;
  private waiting: Pending[] = [];
  private onReady: ((error?: Error) => void) | undefined;

  constructor(private readonly options: SupervisorOptions) {}

  get pid(): number | undefined {
    return this.worker?.pid;
  }

  /** Starts the first process; throws where it does not come up. */
  async start(): Promise<void> {
    const ready = new Promise<void>((resolve, reject) => {
      this.onReady = (error) => (error ? reject(error) : resolve());
    });
    await this.launch();
    await ready;
  }

  private async launch(): Promise<void> {
    const listener = {
      reply: (reply: Reply, body: Buffer): void => this.onReply(worker, reply, body),
      gone: (how: string, hung: boolean): void => this.onGone(worker, how, hung),
    };
    const worker = await Worker.start(this.options, listener);
    this.worker = worker;
    if (this.closing) worker.kill();
  }

  /** Starts the next process; what keeps it from that is the end of one, too. */
  private relaunch(): void {
    this.launch().catch((error: Error) => this.onEnd(undefined, `it did not start: ${error.message}`));
  }

  /** Loads a model, in this process and in all that follow. */
  async load(source: Source, options: LoadOptions): Promise<Model> {
    if (this.closing) throw new FlambeauError('NOT_READY', 'the server is shutting down');
    const model = new Model(this.nextId++, source, options, this);
    this.models.set(model.id, model);
    try {
      await new Promise<void>((resolve, reject) => {
        this.loading.set(model.id, { deaths: 0, again: false, done: (error) => (error ? reject(error) : resolve()) });
        if (this.listens) this.sendLoad(model);
      });
    } catch (error) {
      this.models.delete(model.id);
      await model.close();
      throw error;
    }
    return model;
  }

  private sendLoad(model: Model): void {
    const { id, info, file, options } = model;
    this.worker!.send({ type: 'load', model: id, info, file, options });
  }

  infer(model: Model, request: InferRequest): Promise<InferResult> {
    if (this.closing) throw new FlambeauError('NOT_READY', 'the server is shutting down');
    if (model.broken) throw model.broken;
    if (!this.isUp && this.ends.length >= loop.deaths) throw this.looping();
    const pending = new Pending(
      this.nextId++,
      model,
      request,
      (settled) => {
        this.inFlight.delete(settled.id);
        if (this.alone === settled) this.alone = undefined;
        this.pump();
      },
      ({ id }) => this.worker?.send({ type: 'cancel', id }),
    );
    this.waiting.push(pending);
    this.pump();
    if (!this.inFlight.has(pending.id)) pending.wait();
    return pending.result;
  }

  /** Sends what waits, where there is a process for it. */
  private pump(): void {
    if (!this.isUp) return;
    while (!this.alone && this.suspects.length > 0) {
      const next = this.suspects.shift()!;
      if (next.settled) continue;
      this.alone = next;
      void this.dispatch(next);
    }
    if (this.alone) return;
    for (const each of this.waiting.splice(0)) if (!each.settled) void this.dispatch(each);
  }

  private async dispatch(pending: Pending): Promise<void> {
    const { id, model, request } = pending;
    const { inputs, outputs, parameters, explain, priority, deadline } = request;
    const worker = this.worker!;
    this.inFlight.set(id, pending);
    pending.stopWaiting();
    try {
      if (model.broken) throw model.broken;
      const { heads, parts } = await encodeTensors(inputs);
      // It was taken back meanwhile, or waits for another process.
      if (pending.settled || worker !== this.worker || !this.inFlight.has(id)) return parts.forEach(giveBack);
      pending.sent = true;
      const leftMs = deadline === undefined ? undefined : deadline - performance.now();
      worker.send(
        {
          ...{ type: 'infer', id, model: model.id, inputs: heads },
          ...{ ...(outputs && { outputs: [...outputs] }), parameters, explain, priority, leftMs },
        },
        parts,
        () => parts.forEach(giveBack),
      );
    } catch (error) {
      pending.reject(error);
    }
  }

  private onReply(worker: Worker, reply: Reply, body: Buffer): void {
    if (worker !== this.worker) return;
    switch (reply.type) {
      case 'ready':
        return void this.prepare(worker);
      case 'loaded':
        return this.onLoaded(reply.model, reply.error && decodeError(reply.error));
      case 'answer': {
        const outputs = decodeTensors(reply.outputs, body);
        const pending = this.inFlight.get(reply.id);
        if (pending) return pending.answer({ outputs, timing: reply.timing });
        for (const { data } of outputs) if (isTensor(data)) data.dispose();
        return;
      }
      case 'failed':
        return this.inFlight.get(reply.id)?.reject(decodeError(reply.error));
      case 'closed':
        return this.unloading.get(reply.model)?.(reply.error && decodeError(reply.error));
      case 'hung':
        this.onHung(reply.model, reply.ms);
    }
  }

  /** Gives a new process its models; then it is up. */
  private async prepare(worker: Worker): Promise<void> {
    this.listens = true;
    const known = [...this.models.values()].filter(({ id }) => !this.loading.has(id));
    // Those that are asked for while it starts are loaded beside the others, and nobody waits for them here.
    for (const id of this.loading.keys()) this.sendLoad(this.models.get(id)!);
    const loads = known.map(async (model) => {
      try {
        await new Promise<void>((resolve, reject) => {
          this.loading.set(model.id, { deaths: 0, again: true, done: (error) => (error ? reject(error) : resolve()) });
          this.sendLoad(model);
        });
        const { info, examples } = model;
        await warmUp({ info, infer: (request) => this.inferDirectly(model, request) }, examples);
      } catch (error) {
        if (worker !== this.worker || !this.models.has(model.id)) return;
        const { message } = error as Error;
        const text = `'${model.info.name}' of version ${model.info.version} does not load again: ${message}`;
        model.broken = new FlambeauError('NOT_READY', text, { cause: error });
        model.loaded = false;
        this.options.warn(model.broken);
      }
    });
    await Promise.all(loads);
    if (worker !== this.worker) return;
    this.isUp = true;
    for (const model of this.models.values()) model.changed();
    this.onReady?.();
    this.onReady = undefined;
    this.pump();
  }

  /** A warm-up: it does not wait, and where it ends the process it is not run again. */
  private inferDirectly(model: Model, request: InferRequest): Promise<InferResult> {
    const forget = ({ id }: Pending): void => void this.inFlight.delete(id);
    const pending = new Pending(this.nextId++, model, request, forget, forget);
    pending.once = true;
    void this.dispatch(pending);
    return pending.result;
  }

  private onLoaded(id: number, error?: Error): void {
    const model = this.models.get(id);
    const loading = this.loading.get(id);
    this.loading.delete(id);
    if (model) model.loaded = error === undefined;
    else if (!error) this.worker?.send({ type: 'close', model: id });
    loading?.done(error);
  }

  private onHung(id: number, ms: number): void {
    const model = this.models.get(id);
    const what = model ? `'${model.info.name}' of version ${model.info.version}` : 'a model';
    this.worker!.giveUp(`a batch of ${what} ran for ${Math.round(ms)} ms`);
  }

  private onGone(worker: Worker, how: string, hung: boolean): void {
    if (worker !== this.worker) return;
    if (!this.closing) this.ended[hung ? 'hang' : 'crash']++;
    this.onEnd(worker.pid, how);
  }

  private onEnd(pid: number | undefined, how: string): void {
    this.worker = undefined;
    const wasReady = !this.onReady;
    this.isUp = false;
    this.listens = false;
    this.alone = undefined;
    for (const model of this.models.values()) {
      model.loaded = false;
      model.broken = undefined;
      model.changed();
    }
    for (const done of this.unloading.values()) done();
    if (this.closing) return this.refuse(new FlambeauError('NOT_READY', 'the server is shutting down'));
    if (!wasReady) {
      this.closing = true;
      this.onReady!(new FlambeauError('INTERNAL', `the process of the models did not come up: ${how}`));
      return;
    }
    this.lastEnd = how;
    const now = performance.now();
    this.ends = [...this.ends.filter((end) => now - end < loop.withinMs), now];
    const again = this.sortOut(how);
    const pause = backoffMs(this.ends.length);
    const times = this.ends.length > 1 ? ` for the ${this.ends.length}th time within a minute` : '';
    const what = `${again} request${again === 1 ? '' : 's'} of it run again, and the next starts in ${pause} ms`;
    this.options.warn(
      new FlambeauError('INTERNAL', `the process of the models (${pid}) is gone${times}: ${how}; ${what}`),
    );
    if (this.ends.length >= loop.deaths) this.refuse(this.looping());
    this.restart = setTimeout(() => this.relaunch(), pause);
  }

  /** What becomes of that which a process had when it ended; how many requests are run again. */
  private sortOut(how: string): number {
    for (const [id, loading] of this.loading) {
      if (++loading.deaths < 2 && !loading.again) continue;
      this.loading.delete(id);
      const what = loading.again ? 'ended while it loaded this again' : 'ended twice while it loaded this';
      loading.done(new FlambeauError('INTERNAL', `the process of the models ${what}: ${how}`));
    }
    const had = [...this.inFlight.values()];
    this.inFlight.clear();
    const unsent: Pending[] = [];
    for (const pending of had) {
      if (pending.once || (pending.sent && ++pending.deaths >= 2)) {
        pending.reject(Pending.fatal(how));
        continue;
      }
      (pending.sent || pending.deaths > 0 ? this.suspects : unsent).push(pending);
      pending.wait();
    }
    this.waiting.unshift(...unsent);
    return this.suspects.filter(({ settled }) => !settled).length;
  }

  private looping(): FlambeauError {
    const message = `the process of the models does not stay up: ${this.ends.length} ended within a minute; the last time, ${this.lastEnd}`;
    return new FlambeauError('NOT_READY', message);
  }

  private refuse(error: Error): void {
    const all = [...this.inFlight.values(), ...this.suspects, ...this.waiting];
    this.suspects = [];
    this.waiting = [];
    for (const pending of all) pending.reject(error);
    if (!this.closing) return;
    for (const { done } of this.loading.values()) done(error);
    this.loading.clear();
  }

  scale(model: Model, instances: number): void {
    if (model.loaded) this.worker?.send({ type: 'scale', model: model.id, instances });
  }

  /** Frees a model that has nothing to answer any more. */
  async unload(model: Model): Promise<void> {
    this.models.delete(model.id);
    if (!model.loaded || !this.worker) return;
    model.loaded = false;
    try {
      await new Promise<void>((resolve, reject) => {
        this.unloading.set(model.id, (error) => (error ? reject(error) : resolve()));
        this.worker!.send({ type: 'close', model: model.id });
      });
    } finally {
      this.unloading.delete(model.id);
    }
  }

  /** Ends the process; what is on its way is refused. */
  close(withinMs: number): Promise<void> {
    this.closed ??= (async () => {
      this.closing = true;
      clearTimeout(this.restart);
      if (this.worker) await this.worker.end(withinMs);
      else this.refuse(new FlambeauError('NOT_READY', 'the server is shutting down'));
    })();
    return this.closed;
  }
}
