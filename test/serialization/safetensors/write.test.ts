import { mkdtempSync, readdirSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { describe, expect, test } from 'vitest';
import * as torch from '../../../src/index.js';

const { load, save, saveFile, saveFileSync } = torch.safetensors;
const folder = mkdtempSync(path.join(tmpdir(), 'flambeau-'));
const file = path.join(folder, 'x.safetensors');

describe('safetensors.saveFile', () => {
  test.each([
    ['a dtype that the format lacks', { x: torch.ones(1).to('complex128') }, /has no dtype complex128/],
    ['a sparse tensor', { x: torch.eye(2).toSparse() }, /'x' is not dense/],
    ['a tensor without elements', { x: torch.ones(2, { device: 'meta' }) }, /'x' is not dense/],
    ['a reserved name', { __metadata__: torch.ones(1) }, /__metadata__/],
    ['what is no tensor', { x: 3 as unknown as torch.Tensor }, /argument 'tensors.x' must be Tensor/],
  ])('refuses %s', async (_, tensors: Record<string, torch.Tensor>, message) => {
    expect(() => saveFileSync(tensors, file)).toThrow(message);
    await expect(saveFile(tensors, file)).rejects.toThrow(message);
    expect(readdirSync(folder)).toEqual([]);
  });

  test('refuses metadata that is no text', () => {
    expect(() => save({}, { step: 3 as unknown as string })).toThrow(/argument 'metadata.step' must be string/);
  });

  test('writes views as what they show', () => {
    const base = torch.arange(6).view(2, 3);
    const pending = torch
      .tensor([new torch.Complex(1, 2)])
      .to('complex64')
      .conj();
    const back = load(save({ base, row: base.at(1), turned: base.t(), pending }));
    expect(back.row!.tolist()).toEqual([3, 4, 5]);
    expect(back.turned!.tolist()).toEqual([
      [0, 3],
      [1, 4],
      [2, 5],
    ]);
    expect(back.pending!.tolist()).toEqual([new torch.Complex(1, -2)]);
  });

  test('aligns every tensor for its elements', () => {
    const bytes = save({ odd: torch.ones(3, { dtype: 'uint8' }), wide: torch.ones(2, { dtype: 'float64' }) });
    const header = JSON.parse(bytes.toString('utf8', 8, 8 + Number(bytes.readBigUInt64LE()))) as Record<
      string,
      { data_offsets: number[] }
    >;
    expect(header.wide!.data_offsets).toEqual([0, 16]);
    expect(Number(bytes.readBigUInt64LE()) % 8).toBe(0);
  });
});
