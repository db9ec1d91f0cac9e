import { spawn, type ChildProcess } from 'node:child_process';
import { once } from 'node:events';
import { existsSync } from 'node:fs';
import { mkdtemp, rm } from 'node:fs/promises';
import { connect, createServer, type OnReadOpts, type Socket } from 'node:net';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { fileURLToPath } from 'node:url';
import { FrameReader, writeFrame } from './frames.js';
import { Heartbeat } from './heartbeat.js';
import { readReply, type Reply, type Request } from './messages.js';

/** Where the compiled program of the child is, though this file may be run from its source. */
function entry(): string {
  const beside = fileURLToPath(new URL('./child.js', import.meta.url));
  return existsSync(beside) ? beside : beside.replace(`${path.sep}src${path.sep}`, `${path.sep}lib${path.sep}`);
}

/**
 * Two ends of a socket. A pipe that `spawn` makes is read in chunks of V8's memory, for which it collects all the time;
 * this one is read into place. It has a name only until both ends are there, in a folder that only this user sees into.
 */
async function socketPair(onread: OnReadOpts): Promise<{ mine: Socket; theirs: Socket }> {
  const folder = await mkdtemp(path.join(tmpdir(), 'flambeau-'));
  const server = createServer({ pauseOnConnect: true });
  try {
    const name = path.join(folder, 'socket');
    await once(server.listen(name), 'listening');
    const accepted = once(server, 'connection');
    const mine = connect({ path: name, onread });
    await once(mine, 'connect');
    const [theirs] = (await accepted) as [Socket];
    return { mine, theirs };
  } finally {
    server.close();
    await rm(folder, { recursive: true, force: true });
  }
}

/** What a {@link Worker} tells. */
export interface Listener {
  reply(reply: Reply, body: Buffer): void;
  /** Once, when the process is gone, and all that it said was heard. */
  gone(how: string, hung: boolean): void;
}

/** How a {@link Worker} is started. */
export interface WorkerOptions {
  threads: number;
  /** How long its event loop may stand still; for ever where it is infinite. */
  unresponsiveMs: number;
}

/** A process that is not there after so long does not come any more. */
const startMs = 120_000;

/** One process that models run in, and the socket to it, which only the two of them have. */
export class Worker {
  private trouble = '';
  private hung = false;
  private heartbeat: Heartbeat | undefined;
  private readonly starting: NodeJS.Timeout;
  /** Settled when it is gone. */
  readonly ended: Promise<void>;

  private constructor(
    private readonly child: ChildProcess,
    private readonly socket: Socket,
    listener: Listener,
  ) {
    this.starting = setTimeout(() => this.giveUp(`it did not start within ${startMs / 1000} s`), startMs);
    // The process is gone, or on its way: its end is told below.
    socket.on('error', () => undefined);
    const closed = new Promise((resolve) => socket.once('close', resolve));
    const exited = new Promise<string>((resolve) => {
      child.once('error', (error) => resolve(`it did not start: ${error.message}`));
      child.once('exit', (code, signal) => resolve(signal ? `it ended by ${signal}` : `it ended with code ${code}`));
    });
    this.ended = exited.then(async (how) => {
      clearTimeout(this.starting);
      this.heartbeat?.stop();
      if (child.pid === undefined) socket.destroy();
      else socket.end();
      await closed;
      listener.gone(this.trouble || how, this.hung);
    });
  }

  /** Starts a process. */
  static async start({ threads, unresponsiveMs }: WorkerOptions, listener: Listener): Promise<Worker> {
    let worker: Worker | undefined = undefined as Worker | undefined;
    const reader = new FrameReader((text, body) => {
      const reply = readReply(text);
      if (reply.type === 'pong') return worker?.heartbeat?.heard();
      if (reply.type === 'ready') worker?.listenForBeats(unresponsiveMs);
      listener.reply(reply, body);
    });
    const { mine, theirs } = await socketPair({
      buffer: () => reader.space(),
      callback: (bytes, space) => {
        try {
          reader.took(bytes, space);
          return true;
        } catch (error) {
          worker?.refuse(error as Error);
          return false;
        }
      },
    });
    const child = spawn(process.execPath, [entry(), String(threads)], {
      stdio: ['ignore', 'inherit', 'inherit', theirs],
    });
    theirs.destroy();
    worker = new Worker(child, mine, listener);
    mine.resume();
    return worker;
  }

  /** What says nonsense is not to be trusted with more. */
  private refuse(error: Error): void {
    this.trouble ||= `it said what it may not (${error.message}) and was ended`;
    this.socket.destroy();
    this.kill();
  }

  /** From now on its event loop answers, or it is ended. */
  private listenForBeats(limitMs: number): void {
    clearTimeout(this.starting);
    if (limitMs === Infinity) return;
    this.heartbeat = new Heartbeat(
      limitMs,
      () => this.send({ type: 'ping' }),
      () => this.giveUp(`its event loop stood still for ${limitMs} ms`),
    );
  }

  get pid(): number | undefined {
    return this.child.pid;
  }

  send(message: Request, parts?: readonly Uint8Array[], written?: () => void): void {
    if (!this.socket.destroyed) writeFrame(this.socket, message, parts, written);
  }

  /** Ends what does not come to an end by itself; what it said before is heard. */
  giveUp(why: string): void {
    if (this.hung) return;
    this.hung = true;
    this.trouble ||= `${why}, and it was ended`;
    this.kill();
  }

  /** Ends it at once. */
  kill(): void {
    this.child.kill('SIGKILL');
  }

  /** Lets it end; what does not within so many milliseconds is ended. */
  async end(withinMs: number): Promise<void> {
    this.socket.end();
    const timer = setTimeout(() => this.kill(), withinMs);
    await this.ended;
    clearTimeout(timer);
  }
}
