import { readFileSync } from 'node:fs';
import { gunzipSync } from 'node:zlib';
import * as torch from 'flambeau';

/** The handwritten digits: images (1797, 8, 8) from 0 to 1, and their labels. */
export function digits() {
  const text = gunzipSync(readFileSync(new URL('digits.csv.gz', import.meta.url))).toString();
  const rows = torch.tensor(
    text
      .trim()
      .split('\n')
      .map((line) => line.split(',').map(Number)),
  );
  return new torch.data.TensorDataset(rows.narrow(1, 0, 64).div(16).view(-1, 8, 8), rows.select(1, 64));
}
