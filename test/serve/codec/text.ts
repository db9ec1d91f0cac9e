import { dataText } from '../../../src/serve/codec/json.js';
import type { Tensor } from '../../../src/index.js';

/** What `dataText` gives, as one text. */
export async function textOf(x: Tensor, options?: Parameters<typeof dataText>[1]): Promise<string> {
  const text = await dataText(x, options);
  return typeof text === 'string' ? text : Buffer.concat(text).toString();
}
