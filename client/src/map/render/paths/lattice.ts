import type { Point } from "../types";

/** How far a line stays from the corners of closed cells, in milli-units. */
const MARGIN = 2;
/** Why a cell is closed: to all, or to warships. */
const CLOSED = 1;
const GUARDED = 2;

/** What a lattice is made of: cells as `x * side + y`. */
export interface Plan {
  side: number;
  /** A cell's side, in milli-units. */
  cell: number;
  closed: readonly number[];
  guarded: readonly number[];
}

/**
 * A square of cells that may be closed, as the server has it: the same lines are clear.
 * Points are whole milli-units; products of two of them stay exact in a double.
 */
export class Lattice {
  readonly side: number;
  readonly cell: number;
  private readonly why: Uint8Array;

  constructor(plan: Plan) {
    this.side = plan.side;
    this.cell = plan.cell;
    this.why = new Uint8Array(plan.side * plan.side);
    for (const index of plan.closed) this.why[index] = CLOSED;
    for (const index of plan.guarded) {
      this.why[index] = (this.why[index] ?? 0) | GUARDED;
    }
  }

  /** Mark what is closed to somebody, but not the cells `opened` to them. */
  blocks(isGuarded: boolean, opened: readonly number[]): Uint8Array {
    const mask = isGuarded ? CLOSED | GUARDED : CLOSED;
    const blocks = this.why.map((why) => (why & mask ? 1 : 0));
    for (const index of opened) blocks[index] = 0;
    return blocks;
  }

  /** Give the index of a point's cell. */
  indexOf(point: Point): number {
    const x = Math.floor(point.x / this.cell);
    return x * this.side + Math.floor(point.y / this.cell);
  }

  /** Give the middle of a cell. */
  centre(index: number): Point {
    const half = Math.floor(this.cell / 2);
    return {
      x: Math.floor(index / this.side) * this.cell + half,
      y: (index % this.side) * this.cell + half,
    };
  }

  /** Tell whether a point lies on the lattice. */
  holds({ x, y }: Point): boolean {
    const edge = this.side * this.cell;
    return x >= 0 && y >= 0 && x < edge && y < edge;
  }

  /** Tell whether the straight line from one point to another is open. */
  isClear(blocks: Uint8Array, from: Point, to: Point): boolean {
    const isLeft = from.x < to.x || (from.x === to.x && from.y <= to.y);
    const a = isLeft ? from : to;
    const b = isLeft ? to : from;
    const low = Math.min(a.y, b.y);
    const high = Math.max(a.y, b.y);
    const { cell, side } = this;
    const last = Math.floor(b.x / cell);
    for (let x = Math.floor(a.x / cell); x <= last; x++) {
      // How low and how high the line is in this column, with some room.
      let bottom = low;
      let top = high;
      const dx = b.x - a.x;
      if (dx !== 0) {
        const dy = b.y - a.y;
        const entry = Math.max(a.x, x * cell - MARGIN);
        const leave = Math.min(b.x, x * cell + cell + MARGIN);
        const first = a.y + Math.floor((dy * (entry - a.x)) / dx);
        const second = a.y + Math.floor((dy * (leave - a.x)) / dx);
        bottom = Math.max(low, Math.min(first, second) - MARGIN);
        top = Math.min(high, Math.max(first, second) + 1 + MARGIN);
      }
      const end = x * side + Math.floor(top / cell);
      for (let at = x * side + Math.floor(bottom / cell); at <= end; at++) {
        if (blocks[at] === 1) return false;
      }
    }
    return true;
  }
}
