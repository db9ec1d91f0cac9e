import { spawn } from 'node:child_process';
import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, onTestFinished, test } from 'vitest';
import { ModelStore } from '../../src/serve/store/store.js';
import { temporaryFolder } from '../serve/servable.js';

const program = join(import.meta.dirname, '..', '..', 'lib', 'cli', 'main.js');

function archive(...args: string[]): Promise<{ code: number | null; out: string; err: string }> {
  const child = spawn(process.execPath, [program, 'archive', ...args]);
  const outcome = { code: null as number | null, out: '', err: '' };
  child.stdout.on('data', (chunk: Buffer) => (outcome.out += chunk.toString()));
  child.stderr.on('data', (chunk: Buffer) => (outcome.err += chunk.toString()));
  return new Promise((resolve) => child.once('close', (code) => resolve({ ...outcome, code })));
}

describe('flambeau archive', () => {
  test('says what is wrong with its arguments', async () => {
    const folder = temporaryFolder(onTestFinished);
    const to = ['--store', folder, '--name', 'm'];
    expect(await archive('model.pt2')).toMatchObject({
      code: 2,
      err: /--store DIR, --name NAME and a FILE are needed/,
    });
    expect(await archive(...to, '--wrong', 'model.pt2')).toMatchObject({ code: 2, err: /--wrong/ });
    expect(await archive(...to, 'nothing.pt2')).toMatchObject({ code: 1, err: /ENOENT.*nothing\.pt2/ });
    expect(await archive(...to, '--input', 'x:FP33:1', 'model.pt2')).toMatchObject({ code: 1, err: /'x:FP33:1'/ });
    expect(await archive(...to, '--instances', 'many', 'model.pt2')).toMatchObject({ code: 1, err: /--instances/ });
    expect(await archive(...to, '--max-run', '0.5', 'model.pt2')).toMatchObject({ code: 1, err: /--max-run/ });
    const handler = join(folder, 'handler.js');
    writeFileSync(handler, 'export const run = (x) => x;');
    expect(await archive(...to, handler)).toMatchObject({ code: 1, err: /argument 'inputs' is missing/ });
  });

  test('puts programs and handlers into a store', async () => {
    const folder = temporaryFolder(onTestFinished);
    const [store, handler] = [join(folder, 'store'), join(folder, 'handler.mjs')];
    const { code, out } = await archive(
      ...[
        '--store',
        store,
        '--name',
        'mlp',
        '--max-batch-rows',
        '8',
        '--batch-sizes',
        '1,8',
        'test/export/files/mlp.pt2',
      ],
    );
    expect({ code, out }).toMatchObject({ code: 0, out: /mlp\/1 {2}pytorch_export\n {2}inputs {3}x FP32 \[-1, 4\]/ });
    writeFileSync(handler, 'export const run = (x) => x;');
    const second = await archive(
      ...[
        '--store',
        store,
        '--name',
        'h',
        '--model-version',
        '4',
        '--input',
        'text:BYTES:-1',
        '--output',
        'y:FP32:-1,2',
      ],
      ...['--max-run', '500', '--json', handler],
    );
    expect(JSON.parse(second.out)).toMatchObject({
      version: '4',
      outputs: [{ name: 'y', datatype: 'FP32', shape: [-1, 2] }],
    });
    const opened = await ModelStore.open(store);
    expect((await opened.read('mlp')).info.batching).toEqual({ maxBatchRows: 8, sizes: [1, 8] });
    expect((await opened.read('h')).options.maxRunMs).toBe(500);
    expect((await opened.read('h')).info.inputs).toEqual([{ name: 'text', datatype: 'BYTES', shape: [-1] }]);
  });
});
