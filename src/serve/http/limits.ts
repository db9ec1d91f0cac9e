/** What an HTTP listener takes, and how long it waits. */
export interface Limits {
  /** The most bytes of a body, as sent and after it is inflated: 64 MiB. */
  maxBodyBytes: number;
  /** The most bytes of all bodies that are held at the same time: 1 GiB. */
  maxHeldBytes: number;
  /** The most bytes of a request's head: 16 KiB. */
  maxHeaderBytes: number;
  /** The most headers of a request: 100. */
  maxHeaders: number;
  /** The most connections; more are closed at once: 10,000. */
  maxConnections: number;
  /** How long a client may take to send a head, in milliseconds: 10 seconds. */
  headersTimeoutMs: number;
  /** How long a client may take to send a whole request: 5 minutes. */
  requestTimeoutMs: number;
  /** How long a client may send nothing in the middle of a body, or take nothing of an answer: 20 seconds. */
  idleTimeoutMs: number;
  /** How long an idle connection is kept; longer than a balancer keeps its own, or requests are lost: 75 seconds. */
  keepAliveTimeoutMs: number;
}

/** The limits where nothing else is said. */
export const defaultLimits: Limits = {
  maxBodyBytes: 64 << 20,
  maxHeldBytes: 1 << 30,
  maxHeaderBytes: 16 << 10,
  maxHeaders: 100,
  maxConnections: 10_000,
  headersTimeoutMs: 10_000,
  requestTimeoutMs: 300_000,
  idleTimeoutMs: 20_000,
  keepAliveTimeoutMs: 75_000,
};
