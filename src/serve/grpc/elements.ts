import { FlambeauError } from '../../errors.js';

/** The elements of a tensor of `BYTES`: each is its length in four bytes, little-endian, and then itself. */
export function splitElements(bytes: Uint8Array, count: number): Uint8Array[] {
  const view = new DataView(bytes.buffer, bytes.byteOffset, bytes.byteLength);
  const elements: Uint8Array[] = [];
  let at = 0;
  while (at < bytes.length && elements.length < count) {
    const start = at + 4;
    const end = start <= bytes.length ? start + view.getUint32(at, true) : Infinity;
    if (end > bytes.length)
      throw new FlambeauError('INVALID_VALUE', `element ${elements.length} of a tensor of BYTES ends after its bytes`);
    elements.push(bytes.subarray(start, end));
    at = end;
  }
  if (elements.length !== count || at !== bytes.length) {
    const found = at === bytes.length ? `${elements.length} elements` : 'more';
    throw new FlambeauError(
      'INVALID_VALUE',
      `the shape of a tensor of BYTES says ${count} elements, and there are ${found}`,
    );
  }
  return elements;
}

/** The bytes of a tensor of `BYTES`: the other way of {@link splitElements}. */
export function joinElements(elements: readonly Uint8Array[]): Uint8Array {
  const bytes = Buffer.allocUnsafe(elements.reduce((sum, { length }) => sum + 4 + length, 0));
  let at = 0;
  for (const element of elements) {
    bytes.writeUInt32LE(element.length, at);
    bytes.set(element, at + 4);
    at += 4 + element.length;
  }
  return bytes;
}
