const strict = new TextDecoder('utf-8', { fatal: true, ignoreBOM: true });

function decode(bytes: Uint8Array): string | undefined {
  try {
    return strict.decode(bytes);
  } catch {
    return undefined;
  }
}

/** A text as UTF-8 in which, as in Python's pickles, half of a surrogate pair may stand alone. */
export function encodeText(text: string): Buffer {
  // With the flag, halves of pairs that are whole do not match.
  if (!/[\ud800-\udfff]/u.test(text)) return Buffer.from(text);
  const parts = text.split(/([\ud800-\udfff])/u).map((part) => {
    const code = part.charCodeAt(0);
    const isHalf = part.length === 1 && code >= 0xd800 && code <= 0xdfff;
    return isHalf ? Buffer.from([0xed, 0x80 | ((code >> 6) & 0x3f), 0x80 | (code & 0x3f)]) : Buffer.from(part);
  });
  return Buffer.concat(parts);
}

/** A text of UTF-8 in which, as in Python's pickles, half of a surrogate pair may stand alone; undefined where it is none. */
export function decodeText(bytes: Buffer): string | undefined {
  if (bytes.length < 24) {
    // The decoder's call costs more than a look at a short text.
    let ascii = true;
    for (let i = 0; i < bytes.length; i++) if (bytes[i]! > 127) ascii = false;
    if (ascii) return bytes.toString('latin1');
  }
  const text = decode(bytes);
  if (text !== undefined) return text;
  let result = '';
  let from = 0;
  for (let i = 0; i + 2 < bytes.length; i++) {
    const [a, b, c] = [bytes[i]!, bytes[i + 1]!, bytes[i + 2]!];
    if (a !== 0xed || b < 0xa0 || b > 0xbf || (c & 0xc0) !== 0x80) continue;
    const part = decode(bytes.subarray(from, i));
    if (part === undefined) return undefined;
    result += part + String.fromCharCode(0xd000 | ((b & 0x3f) << 6) | (c & 0x3f));
    from = i + 3;
    i += 2;
  }
  const rest = decode(bytes.subarray(from));
  return rest === undefined || from === 0 ? undefined : result + rest;
}
