import type { InferRequest, InferResult, ModelInfo, Servable } from '../types.js';

/**
 * A loaded version, as requests hold it. Who took hold of it before it was replaced, and asks after that, gets its answer
 * from what took its place: a swap loses no request.
 */
export class Served implements Servable {
  /** What took its place under the same version. */
  successor: Served | undefined;
  private closed = false;
  /** For requests that named no version: any version may take its place. */
  readonly asDefault: Servable;

  constructor(
    private readonly servable: Servable,
    private readonly currentDefault: () => Served | undefined,
  ) {
    // Made once: requests shall not pay for it.
    this.asDefault = {
      info: this.info,
      infer: (request) => this.inferAsDefault(request),
      load: () => this.load(),
      isReady: () => this.isReady(),
      describe: () => this.describe(),
      scale: (instances) => this.scale(instances),
      close: () => this.close(),
    };
  }

  get info(): ModelInfo {
    return this.servable.info;
  }

  infer(request: InferRequest): Promise<InferResult> {
    if (this.closed && this.successor) return this.successor.infer(request);
    return this.servable.infer(request);
  }

  private inferAsDefault(request: InferRequest): Promise<InferResult> {
    const other = this.closed ? (this.successor ?? this.currentDefault()) : undefined;
    return other && other !== this ? other.asDefault.infer(request) : this.servable.infer(request);
  }

  load(): ReturnType<Servable['load']> {
    return this.servable.load();
  }

  isReady(): boolean {
    return this.servable.isReady?.() ?? true;
  }

  async describe(): Promise<unknown> {
    return this.servable.describe?.();
  }

  scale(instances: number): void {
    this.servable.scale(instances);
  }

  close(): Promise<void> {
    this.closed = true;
    return this.servable.close();
  }
}
