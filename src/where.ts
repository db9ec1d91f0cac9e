import path from 'node:path';
import { fileURLToPath } from 'node:url';

const own = path.dirname(fileURLToPath(import.meta.url)) + path.sep;

/** The place in the program outside of Flambeau that runs now, as `at file:line:column`; empty where there is none. */
export function where(): string {
  const { stackTraceLimit } = Error;
  Error.stackTraceLimit = 64;
  const { stack = '' } = new Error();
  Error.stackTraceLimit = stackTraceLimit;
  for (const line of stack.split('\n').slice(1)) {
    const place = /\(?((?:file:\/\/)?[^()\s]+:\d+:\d+)\)?$/.exec(line)?.[1];
    if (!place || place.startsWith('node:')) continue;
    const file = place.startsWith('file://') ? fileURLToPath(place.replace(/:\d+:\d+$/, '')) : place;
    if (!file.startsWith(own)) return `at ${place.replace(/^file:\/\//, '')}`;
  }
  return '';
}
