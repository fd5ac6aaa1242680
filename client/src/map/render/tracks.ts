import { clamped } from "./space";
import type { Waypoint } from "./types";

/** Hold the paths of many fleets in flat arrays, so that no frame allocates. */
export class Tracks {
  private times = new Float64Array(1024);
  private xs = new Float32Array(1024);
  private ys = new Float32Array(1024);
  private used = 0;
  /** Where `place` found it; read it before the next call. */
  x = 0;
  y = 0;

  /** Forget all paths. */
  clear(): void {
    this.used = 0;
  }

  /** Add a path; give the index of its first point. */
  add(path: readonly Waypoint[]): number {
    const first = this.used;
    this.reserve(first + path.length);
    for (const point of path) {
      this.times[this.used] = point.at_ms;
      this.xs[this.used] = point.x;
      this.ys[this.used] = point.y;
      this.used++;
    }
    return first;
  }

  /** Find the leg of a path that is flown at a time, looking from the one before. */
  leg(first: number, length: number, from: number, now_ms: number): number {
    const { times } = this;
    const last = first + length - 2;
    let leg = from;
    while (leg < last && (times[leg + 1] as number) <= now_ms) leg++;
    while (leg > first && (times[leg] as number) > now_ms) leg--;
    return leg;
  }

  /** Put the place on a leg at a time into `x` and `y`; past its end it stands there. */
  place(leg: number, now_ms: number): void {
    const begun = this.times[leg] as number;
    const ends = this.times[leg + 1] as number;
    const share = ends > begun ? (now_ms - begun) / (ends - begun) : 1;
    const done = clamped(share, 0, 1);
    const x = this.xs[leg] as number;
    const y = this.ys[leg] as number;
    this.x = x + ((this.xs[leg + 1] as number) - x) * done;
    this.y = y + ((this.ys[leg + 1] as number) - y) * done;
  }

  /** Tell whether a path is flown at a time: begun and not at its end. */
  isFlown(first: number, length: number, now_ms: number): boolean {
    const begins = this.times[first] as number;
    return now_ms >= begins && now_ms < (this.times[first + length - 1] as number);
  }

  /** Give where a leg leads to, in radians from the x axis. */
  heading(leg: number): number {
    const dx = (this.xs[leg + 1] as number) - (this.xs[leg] as number);
    const dy = (this.ys[leg + 1] as number) - (this.ys[leg] as number);
    return Math.atan2(dy, dx);
  }

  /** Give the speed on a leg, in units a ms. */
  speed(leg: number): number {
    const dx = (this.xs[leg + 1] as number) - (this.xs[leg] as number);
    const dy = (this.ys[leg + 1] as number) - (this.ys[leg] as number);
    const ms = (this.times[leg + 1] as number) - (this.times[leg] as number);
    return ms > 0 ? Math.hypot(dx, dy) / ms : 0;
  }

  private reserve(wanted: number): void {
    if (wanted <= this.times.length) return;
    const size = Math.max(wanted, this.times.length * 2);
    this.times = grown(this.times, new Float64Array(size));
    this.xs = grown(this.xs, new Float32Array(size));
    this.ys = grown(this.ys, new Float32Array(size));
  }
}

function grown<A extends Float32Array | Float64Array>(from: A, to: A): A {
  to.set(from);
  return to;
}
