/**
 * Tell the server's time: an offset to the local clock, from the exchange with the
 * shortest way among the last few. Corrections are slewed, so that time never runs
 * backwards and progress bars never jump; only a big leap forward (first contact, a
 * machine that slept) is taken at once.
 */

const SAMPLES_MAX = 8;
const SAMPLE_KEPT_MS = 300_000;
/** Part of passed time by which the clock may run faster or slower: 50 ms a second. */
const SLEW = 0.05;
const LEAP_MS = 2_000;

interface Sample {
  readonly offset_ms: number;
  readonly round_trip_ms: number;
  readonly taken_ms: number;
}

export class Clock {
  private samples: Sample[] = [];
  private offset_ms: number;
  private target_ms: number;
  private moved_ms: number;
  private last_ms = 0;
  private isSet = false;

  /** `local` is a monotonic clock in ms, `guess_ms` what to add until the first sync. */
  constructor(
    private readonly local: () => number,
    guess_ms: number,
  ) {
    this.offset_ms = guess_ms;
    this.target_ms = guess_ms;
    this.moved_ms = local();
  }

  /** Tell the server's time in ms. It never goes back. */
  now(): number {
    const local_ms = this.local();
    this.slew(local_ms);
    this.last_ms = Math.max(this.last_ms, local_ms + this.offset_ms);
    return this.last_ms;
  }

  /** Take what one exchange showed: sent and heard by the local clock. */
  learn(sent_ms: number, server_ms: number, heard_ms: number): void {
    const round_trip_ms = Math.max(0, heard_ms - sent_ms);
    const offset_ms = server_ms - (sent_ms + heard_ms) / 2;
    this.now();
    this.samples = [
      ...this.samples.filter((one) => heard_ms - one.taken_ms < SAMPLE_KEPT_MS),
      { offset_ms, round_trip_ms, taken_ms: heard_ms },
    ].slice(-SAMPLES_MAX);
    this.aim(this.best().offset_ms);
  }

  /** Forget what was learned: the local clock stood still, or runs differently now. */
  doubt(): void {
    this.samples = [];
  }

  /** Tell the shortest round trip of the last exchanges in ms; null before the first. */
  get latency_ms(): number | null {
    return this.samples.length === 0 ? null : this.best().round_trip_ms;
  }

  private best(): Sample {
    return this.samples.reduce((best, one) =>
      one.round_trip_ms <= best.round_trip_ms ? one : best,
    );
  }

  private aim(target_ms: number): void {
    const isLeap = target_ms - this.offset_ms > LEAP_MS;
    if (!this.isSet || isLeap) {
      if (!this.isSet) this.last_ms = 0;
      this.offset_ms = target_ms;
    }
    this.isSet = true;
    this.target_ms = target_ms;
  }

  private slew(local_ms: number): void {
    const most_ms = Math.max(0, local_ms - this.moved_ms) * SLEW;
    const left_ms = this.target_ms - this.offset_ms;
    this.offset_ms += Math.max(-most_ms, Math.min(most_ms, left_ms));
    this.moved_ms = local_ms;
  }
}

/** Be the one clock of this page. Before the first sync the machine's time must do. */
export const clock = new Clock(() => performance.now(), performance.timeOrigin);

/** Tell the server's time in ms: monotonic, close to the truth, cheap to ask. */
export function serverNow(): number {
  return clock.now();
}
