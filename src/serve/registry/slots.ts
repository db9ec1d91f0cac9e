import type { ModelState, ModelStatus } from '../types.js';
import type { Served } from './served.js';

/** One version, as far as it is loaded. */
export interface Slot {
  state: ModelState;
  reason: string;
  served?: Served;
}

/** The versions that are loaded, or on their way there or back. */
export class Slots {
  private readonly all = new Map<string, Map<string, Slot>>();
  /** Why a version could not be loaded the last time. */
  private readonly failures = new Map<string, string>();

  add(name: string, version: string, state: ModelState): Slot {
    const versions = this.all.get(name) ?? new Map<string, Slot>();
    this.all.set(name, versions);
    const slot: Slot = { state, reason: '' };
    versions.set(version, slot);
    return slot;
  }

  forget(name: string, version: string): void {
    const versions = this.all.get(name);
    versions?.delete(version);
    if (versions?.size === 0) this.all.delete(name);
  }

  get(name: string, version: string): Slot | undefined {
    return this.all.get(name)?.get(version);
  }

  /** The versions of a model; nothing where there is none. */
  of(name: string): ReadonlyMap<string, Slot> | undefined {
    return this.all.get(name);
  }

  served(name: string, version: string | undefined): Served | undefined {
    return version === undefined ? undefined : this.get(name, version)?.served;
  }

  /** Notes why a version does not load; nothing, where it does. */
  failed(name: string, version: string, reason: string | undefined): void {
    if (reason === undefined) this.failures.delete(`${name}/${version}`);
    else this.failures.set(`${name}/${version}`, reason);
  }

  /** Takes out of all what serves, and gives that. */
  takeAll(): Served[] {
    const slots = [...this.all.values()].flatMap((versions) => [...versions.values()]);
    const served = slots.flatMap((slot) => slot.served ?? []);
    for (const slot of slots) Object.assign(slot, { served: undefined, state: 'UNLOADING' });
    return served;
  }

  clear(): void {
    this.all.clear();
  }

  /** These and what a store has, sorted by name and version. */
  list(
    stored: readonly { name: string; version: string }[],
    defaultOf: (name: string) => string | undefined,
  ): ModelStatus[] {
    const all = new Map<string, Set<string>>();
    const note = (name: string, version: string): void => {
      const versions = all.get(name) ?? new Set<string>();
      all.set(name, versions.add(version));
    };
    for (const { name, version } of stored) note(name, version);
    for (const [name, versions] of this.all) for (const version of versions.keys()) note(name, version);
    return [...all.keys()].sort().flatMap((name) =>
      [...all.get(name)!]
        .sort((a, b) => Number(a) - Number(b))
        .map((version) => {
          const slot = this.get(name, version);
          const status = { name, version, isDefault: defaultOf(name) === version };
          if (slot?.state === 'READY' && !slot.served?.isReady())
            return { ...status, state: 'LOADING', reason: 'it cannot answer now' };
          if (slot && slot.reason === '') return { ...status, state: slot.state, reason: '' };
          const reason = slot?.reason ?? this.failures.get(`${name}/${version}`) ?? '';
          return { ...status, state: slot?.state ?? 'UNAVAILABLE', reason };
        }),
    );
  }
}
