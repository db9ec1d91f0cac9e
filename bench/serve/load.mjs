// Load on an HTTP server from raw sockets, so that the client costs little: `closed` sends the next request when the
// answer is there, `open` sends at a fixed rate whether answers come or not, and counts from when a request was due.
import { connect } from 'node:net';

/** Requests on one connection, one after the other. */
class Connection {
  constructor({ host, port }) {
    this.socket = connect(port, host);
    this.socket.setNoDelay(true);
    this.parts = [];
    this.left = -1; // bytes of the body that are to come
    this.socket.on('data', (chunk) => this.take(chunk));
    this.socket.on('error', (error) => this.fail?.(error));
    this.socket.on('close', () => this.fail?.(new Error('the server closed the connection')));
  }

  take(chunk) {
    if (this.left < 0) {
      this.parts.push(chunk);
      const head = this.parts.length > 1 ? Buffer.concat(this.parts) : chunk;
      const end = head.indexOf('\r\n\r\n');
      if (end < 0) return;
      const text = head.toString('latin1', 0, end);
      this.status = Number(text.slice(9, 12));
      this.left = Number(/\r\ncontent-length: *(\d+)/i.exec(text)?.[1] ?? NaN);
      if (Number.isNaN(this.left)) return this.fail?.(new Error(`no content-length:\n${text}`));
      this.parts = [];
      chunk = head.subarray(end + 4);
    }
    this.left -= chunk.length;
    if (this.status !== 200) this.parts.push(chunk);
    if (this.left > 0) return;
    const refused = this.status === 200 ? undefined : new Error(`${this.status} ${Buffer.concat(this.parts)}`);
    this.parts = [];
    this.left = -1;
    const { done, fail } = this;
    this.done = this.fail = undefined;
    if (refused) fail?.(refused);
    else done?.();
  }

  send(request) {
    return new Promise((resolve, reject) => {
      this.done = resolve;
      this.fail = reject;
      this.socket.write(request);
    });
  }
}

const quantile = (sorted, q) => sorted[Math.min(sorted.length - 1, Math.floor(sorted.length * q))];
const summary = (times, seconds) => {
  times.sort((a, b) => a - b);
  return {
    perSecond: times.length / seconds,
    p50: quantile(times, 0.5),
    p99: quantile(times, 0.99),
    count: times.length,
  };
};

export function requestBytes({ host, port }, path, headers, body) {
  const lines = [`POST ${path} HTTP/1.1`, `host: ${host}:${port}`, `content-length: ${body.length}`];
  for (const [name, value] of Object.entries(headers)) lines.push(`${name}: ${value}`);
  return Buffer.concat([Buffer.from(`${lines.join('\r\n')}\r\n\r\n`), body]);
}

export async function closed(address, request, concurrency, seconds) {
  const connections = Array.from({ length: concurrency }, () => new Connection(address));
  const run = async (until) => {
    const times = [];
    await Promise.all(
      connections.map(async (_, i) => {
        while (performance.now() < until) {
          const start = performance.now();
          try {
            await connections[i].send(request);
            times.push(performance.now() - start);
          } catch (error) {
            if (!/ECONNRESET|EPIPE|closed/.test(error.message)) throw error;
            // A server that drops connections answers fewer requests.
            connections[i] = new Connection(address);
          }
        }
      }),
    );
    return times;
  };
  await run(performance.now() + Math.min(1000, seconds * 300));
  const start = performance.now();
  const times = await run(start + seconds * 1000);
  const result = summary(times, (performance.now() - start) / 1000);
  for (const { socket } of connections) socket.destroy();
  return result;
}

export async function open(address, request, perSecond, seconds) {
  const idle = Array.from({ length: 4 }, () => new Connection(address));
  const all = new Set(idle);
  const times = [];
  const total = Math.round(perSecond * seconds);
  const pending = [];
  const start = performance.now();
  for (let i = 0; i < total;) {
    const due = start + (i * 1000) / perSecond;
    if (performance.now() < due) {
      // Timers are coarse: the last millisecond is waited for by turns of the loop.
      await new Promise((resolve) => (due - performance.now() > 2 ? setTimeout(resolve, 1) : setImmediate(resolve)));
      continue;
    }
    const connection = idle.pop() ?? new Connection(address);
    all.add(connection);
    pending.push(
      connection.send(request).then(() => {
        times.push(performance.now() - due);
        idle.push(connection);
      }),
    );
    i++;
  }
  await Promise.all(pending);
  const result = summary(times, (performance.now() - start) / 1000);
  for (const { socket } of all) socket.destroy();
  return result;
}
