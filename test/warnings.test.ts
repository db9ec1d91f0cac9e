import { execFile } from 'node:child_process';
import path from 'node:path';
import { promisify } from 'node:util';
import { expect, test } from 'vitest';

const run = promisify(execFile);
const entry = JSON.stringify(path.resolve('lib/index.js'));

/** What a program gets as warnings, and what stands on its standard error. */
async function warnings(code: string): Promise<{ heard: string[]; printed: string }> {
  const program = `import * as torch from ${entry};
const heard = [];
process.on('warning', (warning) => heard.push(warning.name + ': ' + warning.message));
process.on('exit', () => console.log(JSON.stringify(heard)));
${code}`;
  const { stdout, stderr } = await run(process.execPath, ['--input-type=module', '-e', program]);
  return { heard: JSON.parse(stdout) as string[], printed: stderr };
}

const discards = /^TorchWarning: Casting complex values to real discards the imaginary part/;

test("LibTorch's warnings are warnings of Node's, once for each text", async () => {
  const { heard, printed } = await warnings(`const z = torch.ones(2, { dtype: 'complex64' });
for (let i = 0; i < 3; i++) z.to('float32');`);
  expect(heard).toEqual([expect.stringMatching(discards)]);
  expect(printed.match(/discards the imaginary part/g)).toHaveLength(1);
});

test('also those of work on other threads', async () => {
  const { heard } = await warnings(`const z = torch.ones(2, { dtype: 'complex64' });
await torch.ops.aten.to.dtype.callAsync(z, 'float32');`);
  expect(heard).toEqual([expect.stringMatching(discards)]);
});
