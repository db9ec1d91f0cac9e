import { describe } from 'vitest';
import { findLibtorch } from '../src/libtorch/find.js';
import * as torch from '../src/index.js';

/** The devices that tests run on, where the machine has them. */
export const devices = ['cpu', 'cuda'] as const;
export type TestDevice = (typeof devices)[number];

// `FLAMBEAU_TEST_DEVICES=cpu,cuda`: these must be here. On a machine with a GPU, a skipped test would hide a defect.
const required = (process.env['FLAMBEAU_TEST_DEVICES'] ?? '').split(',');

/** Why tests on a device cannot run, or undefined. */
export function unavailable(device: TestDevice): string | undefined {
  if (device === 'cpu' || torch.cuda.isAvailable()) return undefined;
  const { flavour, version } = findLibtorch();
  const reason = flavour === 'cpu' ? `LibTorch ${version} is a CPU build` : 'there is no NVIDIA GPU, or no driver';
  if (required.includes(device)) throw new Error(`FLAMBEAU_TEST_DEVICES asks for '${device}', but ${reason}`);
  return reason;
}

/** Describes tests on one device. Without it they are there, and skipped with the reason in their name. */
export function describeOn(device: TestDevice, name: string, body: () => void): void {
  const reason = unavailable(device);
  if (reason === undefined) describe(`${name} on ${device}`, body);
  else describe.skip(`${name} on ${device} (skipped: ${reason})`, body);
}

/** Describes the same tests on each device. */
export function describeDevices(name: string, body: (device: TestDevice) => void): void {
  for (const device of devices) describeOn(device, name, () => body(device));
}

/** The same on a GPU alone. */
export function describeCuda(name: string, body: () => void): void {
  describeOn('cuda', name, body);
}
