/** A bar with loss, accuracy, speed and time left; plain lines when the output is no terminal. */
export class Progress {
  #start = performance.now();
  #done = 0;
  #text = '';

  constructor(title, total, out = process.stdout) {
    this.title = title;
    this.total = total;
    this.out = out;
  }

  add(count, { loss, accuracy }) {
    this.#done += count;
    const seconds = (performance.now() - this.#start) / 1000;
    const speed = this.#done / seconds;
    const left = (this.total - this.#done) / speed;
    this.#text =
      `loss ${(loss / this.#done).toFixed(4)}  accuracy ${((100 * accuracy) / this.#done).toFixed(1)} %  ` +
      `${speed.toFixed(0)} images/s`;
    if (!this.out.isTTY) return;
    const filled = Math.round((24 * this.#done) / this.total);
    const bar = '█'.repeat(filled) + '░'.repeat(24 - filled);
    this.out.write(`\r\x1b[2K${this.title} ${bar} ${this.#text}  ${left.toFixed(0)} s left`);
  }

  end(result) {
    this.out.write(`${this.out.isTTY ? '\r\x1b[2K' : ''}${this.title}  ${this.#text}  ${result}\n`);
  }
}
