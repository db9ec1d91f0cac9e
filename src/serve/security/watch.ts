import { stat } from 'node:fs/promises';

/** What files are now, as far as a look from outside tells; links are followed, as those of Kubernetes' secrets. */
async function look(files: readonly string[]): Promise<string> {
  const seen = files.map((file) =>
    stat(file, { bigint: true }).then(
      ({ ino, size, mtimeNs, ctimeNs, mode }) => [ino, size, mtimeNs, ctimeNs, mode].join(),
      () => 'missing',
    ),
  );
  return (await Promise.all(seen)).join(';');
}

/** Calls back when any of the files changed. It asks the file system, as events do not come from all of them. */
export async function watchFiles(files: readonly string[], everyMs: number, changed: () => void): Promise<() => void> {
  let last = await look(files);
  let looking = false;
  const timer = setInterval(() => {
    if (looking) return;
    looking = true;
    void look(files).then((now) => {
      looking = false;
      if (now === last) return;
      last = now;
      changed();
    });
  }, everyMs);
  timer.unref();
  return () => clearInterval(timer);
}
