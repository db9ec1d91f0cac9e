// node bench/isolation-ways.mjs: the ways that bytes can go to another process and back: Node's channel with advanced
// serialization, a socket pair with frames (read by chunks, or straight into place), a file in shared memory.
import { spawn } from 'node:child_process';
import { closeSync, openSync, readSync, unlinkSync, writeSync } from 'node:fs';
import { Socket } from 'node:net';
import { fileURLToPath } from 'node:url';

const ways = {
  channel: "Node's channel, advanced serialization",
  chunks: 'socket pair, read by chunks',
  place: 'socket pair, the child reads into place',
  shared: 'file in /dev/shm, told of over the socket pair',
};
const [way, bytesOfChild] = process.argv.slice(2);
const size = Number(bytesOfChild);

/** Frames: a length, and so many bytes. */
function reader(take) {
  const head = Buffer.alloc(4);
  let [target, at] = [head, 0];
  const advance = (bytes) => {
    at += bytes;
    if (at < target.length) return;
    const full = target;
    at = 0;
    target = full === head ? Buffer.allocUnsafeSlow(head.readUInt32LE(0)) : head;
    if (full !== head) take(full);
  };
  return {
    space: () => target.subarray(at),
    advance,
    feed(chunk) {
      for (let from = 0; from < chunk.length;) {
        const copied = chunk.copy(target, at, from);
        from += copied;
        advance(copied);
      }
    },
  };
}

function send(socket, bytes) {
  const head = Buffer.alloc(4);
  head.writeUInt32LE(bytes.length);
  socket.cork();
  socket.write(head);
  socket.write(bytes);
  socket.uncork();
}

/** What a file has, or is given. */
function inFile(file, flags, work) {
  const fd = openSync(file, flags, 0o600);
  work(fd);
  closeSync(fd);
}
function load(fd) {
  const bytes = Buffer.allocUnsafeSlow(size);
  readSync(fd, bytes, 0, bytes.length, 0);
  return bytes;
}

function child() {
  if (way === 'channel') {
    process.on('message', (message) => process.send(message));
    return;
  }
  let socket;
  const frames = reader((bytes) => {
    if (way === 'shared') inFile(bytes.toString(), 'r+', (fd) => writeSync(fd, load(fd), 0, size, 0));
    send(socket, bytes);
  });
  const callback = (bytes) => {
    frames.advance(bytes);
    return true;
  };
  socket = new Socket({ fd: 3, ...(way === 'place' && { onread: { buffer: frames.space, callback } }) });
  if (way === 'place') socket.resume();
  else socket.on('data', frames.feed);
}

async function measure(name, bytes) {
  const file = fileURLToPath(import.meta.url);
  const stdio = ['ignore', 'inherit', 'inherit', name === 'channel' ? 'ipc' : 'pipe'];
  const other = spawn(process.execPath, [file, name, String(bytes)], {
    stdio,
    serialization: 'advanced',
  });
  const data = Buffer.alloc(bytes, 1);
  let answer;
  const took = (result) => answer(result);
  const socket = other.stdio[3];
  if (name === 'channel') other.on('message', took);
  else socket.on('data', reader(took).feed);
  let count = 0;
  const ask = async () => {
    const path = `/dev/shm/flambeau-bench-${process.pid}-${count++}`;
    if (name === 'shared') inFile(path, 'wx', (fd) => writeSync(fd, data));
    const answered = new Promise((resolve) => (answer = resolve));
    if (name === 'channel') other.send({ data });
    else send(socket, name === 'shared' ? Buffer.from(path) : data);
    await answered;
    if (name !== 'shared') return;
    const fd = openSync(path, 'r');
    const result = Buffer.allocUnsafeSlow(bytes);
    readSync(fd, result, 0, bytes, 0);
    closeSync(fd);
    unlinkSync(path);
  };
  for (let i = 0; i < 200; i++) await ask();
  const times = [];
  const cpu = process.cpuUsage();
  for (let i = 0; i < 1000; i++) {
    const start = performance.now();
    await ask();
    times.push(performance.now() - start);
  }
  const { user, system } = process.cpuUsage(cpu);
  other.kill();
  return { p50: times.sort((a, b) => a - b)[500], cpu: (user + system) / 1e6 };
}

if (way) child();
else {
  console.log('| there and back | way | p50, ms | CPU here, ms |');
  console.log('| --- | --- | ---: | ---: |');
  for (const bytes of [64, 602_112]) {
    for (const [name, text] of Object.entries(ways)) {
      const { p50, cpu } = await measure(name, bytes);
      console.log(`| ${bytes} bytes | ${text} | ${p50.toFixed(3)} | ${cpu.toFixed(3)} |`);
    }
  }
}
