/** So many questions without an answer, over the time that is allowed, are a silence. */
const beats = 4;

/** Asks now and then, and tells once when no answer came for too long. */
export class Heartbeat {
  private unanswered = 0;
  private readonly timer: NodeJS.Timeout;

  constructor(limitMs: number, ask: () => void, silent: () => void) {
    // Turns are counted rather than time: where this process itself stood still, it hears the answers before it judges.
    this.timer = setInterval(
      () => {
        if (this.unanswered === 0) ask();
        else if (this.unanswered === beats) {
          this.stop();
          silent();
          return;
        }
        this.unanswered++;
      },
      Math.min(limitMs / beats, 2 ** 31 - 1),
    ).unref();
  }

  /** An answer came. */
  heard(): void {
    this.unanswered = 0;
  }

  stop(): void {
    clearInterval(this.timer);
  }
}
