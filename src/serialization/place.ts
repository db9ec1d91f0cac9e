import { binding } from '../binding.js';
import type { Device } from '../device.js';
import { FlambeauError, wrongArgument } from '../errors.js';

/**
 * Where storages go that were saved elsewhere: a device for all of them, a device for each that is named (others stay),
 * or a function of the place that the file names; it may return nothing for those that stay.
 */
export type MapLocation = Device | Readonly<Record<string, Device>> | ((location: string) => Device | null | undefined);

const devices = /^(cpu|meta|auto|(cuda|mps|xpu)(:\d{1,3})?)$/;

function checked(device: unknown, what: string): Device {
  if (typeof device !== 'string' || !devices.test(device)) throw wrongArgument('load', what, 'a device', device);
  return device as Device;
}

/** Finds the device of a storage by the place that its file names. */
export class Placement {
  private readonly found = new Map<string, Device>();

  constructor(private readonly map: MapLocation | undefined) {
    if (typeof map === 'string') checked(map, 'mapLocation');
    else if (map !== undefined && typeof map !== 'function' && (typeof map !== 'object' || map === null))
      throw wrongArgument('load', 'mapLocation', 'a device, an object of devices or a function', map);
  }

  of(location: string): Device {
    let device = this.found.get(location);
    if (device === undefined) {
      device = this.find(location);
      this.found.set(location, device);
    }
    return device;
  }

  private find(location: string): Device {
    const { map } = this;
    if (typeof map === 'string') return map;
    const mapped =
      typeof map === 'function' ? map(location) : map && Object.hasOwn(map, location) ? map[location] : null;
    if (mapped !== null && mapped !== undefined) return checked(mapped, 'mapLocation');
    if (location === 'cpu' || location === 'meta') return location;
    const [type, index = '0'] = location.split(':');
    if (devices.test(location) && binding.acceleratorType() === type && Number(index) < binding.deviceCount())
      return location as Device;
    throw new FlambeauError(
      'DEVICE_UNAVAILABLE',
      `load(): the file has tensors on '${location.slice(0, 40)}', which is not here; mapLocation: 'cpu' brings them to the CPU`,
    );
  }
}
