import { FlambeauError } from '../../errors.js';
import { isTensor } from '../../ops/call.js';
import { warmUp } from '../registry/warm-up.js';
import type { InferRequest, InferResult, LoadOptions } from '../types.js';
import { Ends } from './ends.js';
import { Loads } from './loads.js';
import { decodeError, decodeTensors, type Reply } from './messages.js';
import { Model, type Source } from './model.js';
import { Pending } from './pending.js';
import { Requests, type Target } from './requests.js';
import { Worker, type WorkerOptions } from './worker.js';

/** What it is told with. */
export interface SupervisorOptions extends WorkerOptions {
  warn: (error: Error) => void;
}

/**
 * Keeps one process that runs all models. When it ends, another one loads them again, and what it had to answer is run
 * once more.
 */
export class Supervisor implements Target {
  /** Whether there is a process that has all models. */
  isUp = false;
  /** How often a process ended by itself, and how often one was ended that did not go on. */
  readonly ended = { crash: 0, hang: 0 };
  worker: Worker | undefined;
  /** Whether the process is told of models as they come. */
  private listens = false;
  private closing = false;
  private closed: Promise<void> | undefined;
  private restart: NodeJS.Timeout | undefined;
  private readonly ends = new Ends();
  private nextId = 1;
  private readonly models = new Map<number, Model>();
  private readonly loads = new Loads();
  private readonly requests = new Requests(this);
  private readonly describing = new Map<number, (value?: unknown, error?: Error) => void>();
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
      await this.loads.loaded(model.id, false, () => {
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
    const { looping } = this.ends;
    if (!this.isUp && looping) throw looping;
    const pending = new Pending(
      this.nextId++,
      model,
      request,
      (settled) => this.requests.settled(settled),
      ({ id }) => this.worker?.send({ type: 'cancel', id }),
    );
    this.requests.add(pending);
    return pending.result;
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
        const pending = this.requests.get(reply.id);
        if (pending) return pending.answer({ outputs, timing: reply.timing });
        for (const { data } of outputs) if (isTensor(data)) data.dispose();
        return;
      }
      case 'failed':
        return this.requests.get(reply.id)?.reject(decodeError(reply.error));
      case 'closed':
        return this.loads.onFreed(reply.model, reply.error && decodeError(reply.error));
      case 'described':
        return this.describing.get(reply.id)?.(reply.value, reply.error && decodeError(reply.error));
      case 'hung':
        this.onHung(reply.model, reply.ms);
    }
  }

  /** Gives a new process its models; then it is up. */
  private async prepare(worker: Worker): Promise<void> {
    this.listens = true;
    const { ids } = this.loads;
    const known = [...this.models.values()].filter(({ id }) => !ids.has(id));
    // Those that are asked for while it starts are loaded beside the others, and nobody waits for them here.
    for (const id of ids) this.sendLoad(this.models.get(id)!);
    const loads = known.map(async (model) => {
      try {
        await this.loads.loaded(model.id, true, () => this.sendLoad(model));
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
    this.requests.pump();
  }

  /** A warm-up: it does not wait, and where it ends the process it is not run again. */
  private inferDirectly(model: Model, request: InferRequest): Promise<InferResult> {
    const forget = (pending: Pending): void => this.requests.forget(pending);
    const pending = new Pending(this.nextId++, model, request, forget, forget);
    pending.once = true;
    void this.requests.dispatch(pending);
    return pending.result;
  }

  private onLoaded(id: number, error?: Error): void {
    const model = this.models.get(id);
    if (model) model.loaded = error === undefined;
    else if (!error) this.worker?.send({ type: 'close', model: id });
    this.loads.onLoaded(id, error);
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
    this.requests.stop();
    for (const model of this.models.values()) {
      model.loaded = false;
      model.broken = undefined;
      model.changed();
    }
    this.loads.free();
    for (const done of this.describing.values()) done();
    if (this.closing) return this.refuse(new FlambeauError('NOT_READY', 'the server is shutting down'));
    if (!wasReady) {
      this.closing = true;
      this.onReady!(new FlambeauError('INTERNAL', `the process of the models did not come up: ${how}`));
      return;
    }
    this.ends.note(how);
    this.loads.ended(how);
    const again = this.requests.ended(how);
    const { count, pauseMs, looping } = this.ends;
    const times = count > 1 ? ` for the ${count}th time within a minute` : '';
    const what = `${again} request${again === 1 ? '' : 's'} of it run again, and the next starts in ${pauseMs} ms`;
    this.options.warn(
      new FlambeauError('INTERNAL', `the process of the models (${pid}) is gone${times}: ${how}; ${what}`),
    );
    if (looping) this.refuse(looping);
    this.restart = setTimeout(() => this.relaunch(), pauseMs);
  }

  private refuse(error: Error): void {
    this.requests.refuse(error);
    if (this.closing) this.loads.refuse(error);
  }

  scale(model: Model, instances: number): void {
    if (model.loaded) this.worker?.send({ type: 'scale', model: model.id, instances });
  }

  /** What a model says of itself; nothing, where there is no process, or it ends meanwhile. */
  async describe(model: Model): Promise<unknown> {
    if (!model.loaded || !this.worker) return undefined;
    const id = this.nextId++;
    try {
      return await new Promise((resolve, reject) => {
        this.describing.set(id, (value, error) => (error ? reject(error) : resolve(value)));
        this.worker!.send({ type: 'describe', id, model: model.id });
      });
    } finally {
      this.describing.delete(id);
    }
  }

  /** Frees a model that has nothing to answer any more. */
  async unload(model: Model): Promise<void> {
    this.models.delete(model.id);
    if (!model.loaded || !this.worker) return;
    model.loaded = false;
    await this.loads.freed(model.id, () => this.worker!.send({ type: 'close', model: model.id }));
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
