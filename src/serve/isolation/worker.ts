import { spawn, type ChildProcess } from 'node:child_process';
import { existsSync } from 'node:fs';
import type { Socket } from 'node:net';
import path from 'node:path';
import { fileURLToPath } from 'node:url';
import { FrameReader, writeFrame } from './frames.js';
import { readReply, type Reply, type Request } from './messages.js';

/** Where the compiled program of the child is, though this file may be run from its source. */
function entry(): string {
  const beside = fileURLToPath(new URL('./child.js', import.meta.url));
  return existsSync(beside) ? beside : beside.replace(`${path.sep}src${path.sep}`, `${path.sep}lib${path.sep}`);
}

/** What a {@link Worker} tells. */
export interface Listener {
  reply(reply: Reply, body: Buffer): void;
  /** Once, when the process is gone, and all that it said was heard. */
  gone(how: string): void;
}

/** One process that models run in, and the socket to it, which only the two of them have. */
export class Worker {
  private readonly child: ChildProcess;
  private readonly socket: Socket;
  private trouble = '';
  /** Settled when it is gone. */
  readonly ended: Promise<void>;

  constructor(threads: number, listener: Listener) {
    this.child = spawn(process.execPath, [entry(), String(threads)], {
      stdio: ['ignore', 'inherit', 'inherit', 'pipe'],
    });
    this.socket = this.child.stdio[3] as Socket;
    const reader = new FrameReader((text, body) => listener.reply(readReply(text), body));
    this.socket.on('data', (chunk: Buffer) => {
      try {
        reader.feed(chunk);
      } catch (error) {
        // What says nonsense is not to be trusted with more.
        this.trouble ||= `it said what it may not (${(error as Error).message}) and was ended`;
        this.socket.destroy();
        this.kill();
      }
    });
    // The process is gone, or on its way: its end is told below.
    this.socket.on('error', () => undefined);
    this.ended = new Promise((resolve) => {
      let told = false;
      const end = (how: string): void => {
        if (told) return;
        told = true;
        this.socket.destroy();
        resolve();
        listener.gone(this.trouble || how);
      };
      this.child.once('error', (error) => end(`it did not start: ${error.message}`));
      this.child.once('close', (code, signal) => end(signal ? `it ended by ${signal}` : `it ended with code ${code}`));
    });
  }

  get pid(): number | undefined {
    return this.child.pid;
  }

  send(message: Request, parts?: readonly Uint8Array[], written?: () => void): void {
    if (!this.socket.destroyed) writeFrame(this.socket, message, parts, written);
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
