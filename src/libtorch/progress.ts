const WIDTH = 28;
const REDRAW_MS = 100;

/** Where an installation tells what it does. */
export interface Reporter {
  /** A step, in one line. */
  line(text: string): void;
  /** A step that has come `done` of `total` bytes far; `total` 0 means unknown. */
  progress(label: string, done: number, total: number): void;
  /** Ends a run of `progress`. */
  done(): void;
}

/** Tells nothing. */
export const silent: Reporter = { line: () => undefined, progress: () => undefined, done: () => undefined };

/** `191.8 MB`. */
export function formatBytes(bytes: number): string {
  if (bytes >= 1e9) return `${(bytes / 1e9).toFixed(2)} GB`;
  return bytes >= 1e6 ? `${(bytes / 1e6).toFixed(1)} MB` : `${Math.ceil(bytes / 1e3)} kB`;
}

/** A reporter for a stream: a bar on a terminal, plain lines (a quarter of the way each) elsewhere. */
export function reporter(stream: NodeJS.WriteStream = process.stdout): Reporter {
  let label = '';
  let started = 0;
  let drawn = 0;
  let quarter = 0;
  let open = false;
  const close = (): void => {
    if (open) stream.write('\n');
    open = false;
  };
  return {
    line(text) {
      close();
      stream.write(`${text}\n`);
    },
    progress(name, done, total) {
      const now = Date.now();
      if (name !== label) [label, started, quarter] = [name, now, 0];
      const fraction = total > 0 ? Math.min(1, done / total) : 0;
      if (stream.isTTY) {
        if (open && now - drawn < REDRAW_MS && fraction < 1) return;
        const speed = done / Math.max(0.001, (now - started) / 1000);
        const filled = Math.round(fraction * WIDTH);
        const left = speed > 0 && total > 0 ? `, ${Math.ceil((total - done) / speed)} s left` : '';
        const bar = `[${'='.repeat(filled)}${' '.repeat(WIDTH - filled)}]`;
        stream.write(
          `\r\x1b[K${name} ${bar} ${formatBytes(done)} of ${formatBytes(total)}, ${formatBytes(speed)}/s${left}`,
        );
        [drawn, open] = [now, true];
      } else if (Math.floor(fraction * 4) > quarter) {
        quarter = Math.floor(fraction * 4);
        stream.write(`${name}: ${quarter * 25} % of ${formatBytes(total)}\n`);
      }
    },
    done: close,
  };
}
