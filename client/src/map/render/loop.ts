/** A longer gap between two frames counts as this: nothing jumps after a pause. */
const STEP_MAX_MS = 100;
/** The first frame after a rest counts as long as a frame usually is. */
const FIRST_STEP_MS = 16;
const FPS_WINDOW = 40;

/** Say when the next frame is wanted: in so many ms, or not before `wake`. */
export type Step = (dt_ms: number, at_ms: number) => number;

/** Run frames only while something moves, and never while the page is hidden. */
export class Loop {
  private frame = 0;
  private timer: ReturnType<typeof setTimeout> | undefined;
  private before_ms = 0;
  private gaps: number[] = [];
  private isEnded = false;
  private rested = true;
  private readonly onVisible = () => this.wake();

  constructor(private readonly step: Step) {
    document.addEventListener("visibilitychange", this.onVisible);
    this.wake();
  }

  /** Draw a frame soon. */
  wake(): void {
    if (this.timer !== undefined) clearTimeout(this.timer);
    this.timer = undefined;
    if (this.frame === 0 && !this.isEnded && !document.hidden) {
      this.frame = requestAnimationFrame(this.run);
    }
  }

  /** Give the frames a second while it last ran without a break. */
  get fps(): number {
    const sum = this.gaps.reduce((total, gap) => total + gap, 0);
    return sum > 0 ? (this.gaps.length * 1000) / sum : 0;
  }

  /** Draw no more. */
  end(): void {
    this.isEnded = true;
    cancelAnimationFrame(this.frame);
    if (this.timer !== undefined) clearTimeout(this.timer);
    document.removeEventListener("visibilitychange", this.onVisible);
  }

  private readonly run = (at_ms: number) => {
    this.frame = 0;
    if (document.hidden || this.isEnded) return;
    const gap = at_ms - this.before_ms;
    this.before_ms = at_ms;
    const dt_ms = this.rested ? FIRST_STEP_MS : Math.min(gap, STEP_MAX_MS);
    const wait_ms = this.step(dt_ms, at_ms);
    this.note(gap, wait_ms);
    this.rested = wait_ms > 0;
    if (wait_ms <= 0) this.wake();
    else if (Number.isFinite(wait_ms)) {
      this.timer ??= setTimeout(() => this.wake(), wait_ms);
    }
  };

  private note(gap: number, wait_ms: number): void {
    if (gap < 1000) this.gaps.push(gap);
    if (this.gaps.length > FPS_WINDOW) this.gaps.shift();
    if (wait_ms > 0) this.gaps.length = 0;
  }
}
