import { clamped } from "./space";

/** The side of a cell, in device pixels. */
const CELL = 32;
const EDGE = CELL / 4;

/** A run of cells of one row, in device pixels from the upper left. */
export type OnRun = (x0: number, y0: number, x1: number, y1: number) => void;

/**
 * Note which cells of the screen are drawn on, so that only these are restored before
 * the next frame. All places are in device pixels from the upper left.
 */
export class Patches {
  private columns = 1;
  private rows = 1;
  private now = new Uint8Array(1);
  private before = new Uint8Array(1);

  /** Take the screen's size; all of it is to be restored. */
  resize(width: number, height: number): void {
    this.columns = Math.max(1, Math.ceil(width / CELL));
    this.rows = Math.max(1, Math.ceil(height / CELL));
    this.now = new Uint8Array(this.columns * this.rows);
    this.before = new Uint8Array(this.columns * this.rows);
    this.all();
  }

  /** Begin a frame: what the last one drew on is to be restored. */
  begin(): void {
    const before = this.before;
    this.before = this.now;
    this.now = before;
    this.now.fill(0);
  }

  /** Note that all was drawn on. */
  all(): void {
    this.now.fill(1);
  }

  /** Note a square around a place. */
  point(x: number, y: number, half: number): void {
    this.box(x - half, y - half, x + half, y + half);
  }

  /** Note a rectangle. */
  box(x0: number, y0: number, x1: number, y1: number): void {
    const { columns, rows } = this;
    if (x1 < 0 || y1 < 0 || x0 >= columns * CELL || y0 >= rows * CELL) return;
    const left = clamped(Math.floor(x0 / CELL), 0, columns - 1);
    const right = clamped(Math.floor(x1 / CELL), 0, columns - 1);
    const bottom = clamped(Math.floor(y1 / CELL), 0, rows - 1);
    for (let row = clamped(Math.floor(y0 / CELL), 0, rows - 1); row <= bottom; row++) {
      this.now.fill(1, row * columns + left, row * columns + right + 1);
    }
  }

  /** Note a line. */
  line(x0: number, y0: number, x1: number, y1: number, half: number): void {
    const dx = x1 - x0;
    const dy = y1 - y0;
    const [from, to] = this.inside([x0, dx], [y0, dy], half);
    if (from >= to) return;
    const steps = Math.ceil((Math.hypot(dx, dy) * (to - from)) / EDGE);
    for (let step = 0; step <= steps; step++) {
      const at = from + ((to - from) * step) / Math.max(1, steps);
      this.point(x0 + dx * at, y0 + dy * at, half + EDGE);
    }
  }

  /** Give runs of cells that are to be restored for this frame. */
  runs(onRun: OnRun): void {
    const { columns, now, before } = this;
    for (let row = 0; row < this.rows; row++) {
      let first = -1;
      for (let column = 0; column <= columns; column++) {
        const at = row * columns + column;
        const isMarked = column < columns && (now[at] === 1 || before[at] === 1);
        if (isMarked && first < 0) first = column;
        if (isMarked || first < 0) continue;
        onRun(first * CELL, row * CELL, column * CELL, (row + 1) * CELL);
        first = -1;
      }
    }
  }

  /** Give which part of a line, of 1, may be on the screen. */
  private inside(
    x: readonly [from: number, by: number],
    y: readonly [from: number, by: number],
    half: number,
  ): readonly [number, number] {
    let from = 0;
    let to = 1;
    const sides = [this.columns * CELL, this.rows * CELL];
    for (const [n, [start, by]] of [x, y].entries()) {
      const low = -half - start;
      const high = (sides[n] as number) + half - start;
      if (by === 0) {
        if (low > 0 || high < 0) return [1, 0];
        continue;
      }
      from = Math.max(from, Math.min(low / by, high / by));
      to = Math.min(to, Math.max(low / by, high / by));
    }
    return [from, to];
  }
}
