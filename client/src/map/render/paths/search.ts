import type { Point } from "../types";
import type { Lattice } from "./lattice";
import { Queue } from "./queue";

/** What a step costs, and what the way that is left counts: the server's own figures. */
const STRAIGHT = 1_000;
const DIAGONAL = 1_414;
const LEAN_PERCENT = 105;
const STRAY_PER_MILLE = 30;
const OPEN = 1;
const DONE = 2;

/** Find ways on one lattice; what a search needs is kept for the next one. */
export class Search {
  private readonly costs: Int32Array;
  private readonly before: Int32Array;
  /** Which search last touched a cell, and what it knows of it. */
  private readonly stamps: Int32Array;
  private readonly states: Uint8Array;
  private readonly queue = new Queue();
  private stamp = 0;

  constructor(private readonly lattice: Lattice) {
    const cells = lattice.side * lattice.side;
    this.costs = new Int32Array(cells);
    this.before = new Int32Array(cells);
    this.stamps = new Int32Array(cells);
    this.states = new Uint8Array(cells);
  }

  /** Find a way from point to point, in milli-units; null where there is none. */
  find(blocks: Uint8Array, from: Point, to: Point): Point[] | null {
    const { lattice } = this;
    if (!lattice.holds(from) || !lattice.holds(to)) return null;
    if (lattice.isClear(blocks, from, to)) return [from, to];
    const goal = lattice.indexOf(to);
    if (blocks[goal] === 1) return null;
    const cells = this.searched(blocks, lattice.indexOf(from), goal);
    if (!cells) return null;
    const turns = this.turns(cells).map((cell) => lattice.centre(cell));
    const corners = [from, ...turns, to];
    for (let n = 1; n < corners.length; n++) {
      const leg = [corners[n - 1] as Point, corners[n] as Point] as const;
      if (!lattice.isClear(blocks, ...leg)) return null;
    }
    return this.straightened(blocks, corners);
  }

  /** Give the cells of a way, both ends included. */
  private searched(blocks: Uint8Array, start: number, goal: number): number[] | null {
    const { queue, costs, before, states, stamps } = this;
    const { side } = this.lattice;
    const estimate = estimator(start, goal, side);
    this.stamp++;
    queue.clear();
    stamps[start] = this.stamp;
    states[start] = OPEN;
    costs[start] = 0;
    before[start] = -1;
    queue.push(start, 0);
    while (queue.size > 0) {
      const cell = queue.pop();
      if (cell === goal) return this.traced(goal);
      if (states[cell] === DONE) continue;
      states[cell] = DONE;
      this.widen(blocks, cell, estimate);
    }
    return null;
  }

  /** Look at a cell's neighbours; aslant only between two open ones. */
  private widen(
    blocks: Uint8Array,
    cell: number,
    estimate: (cell: number) => number,
  ): void {
    const { side } = this.lattice;
    const x = Math.floor(cell / side);
    const y = cell - x * side;
    const cost = this.costs[cell] as number;
    for (let dx = -1; dx <= 1; dx++) {
      if (x + dx < 0 || x + dx >= side) continue;
      for (let dy = -1; dy <= 1; dy++) {
        if ((dx === 0 && dy === 0) || y + dy < 0 || y + dy >= side) continue;
        const to = cell + dx * side + dy;
        if (blocks[to] === 1) continue;
        const isAslant = dx !== 0 && dy !== 0;
        if (isAslant && (blocks[cell + dx * side] === 1 || blocks[cell + dy] === 1)) {
          continue;
        }
        this.reach(cell, to, cost + (isAslant ? DIAGONAL : STRAIGHT), estimate);
      }
    }
  }

  private reach(
    from: number,
    to: number,
    cost: number,
    estimate: (cell: number) => number,
  ): void {
    const isKnown = this.stamps[to] === this.stamp;
    if (isKnown && (this.states[to] === DONE || (this.costs[to] as number) <= cost)) {
      return;
    }
    this.stamps[to] = this.stamp;
    this.states[to] = OPEN;
    this.costs[to] = cost;
    this.before[to] = from;
    this.queue.push(to, cost + estimate(to));
  }

  private traced(goal: number): number[] {
    const cells: number[] = [];
    for (let cell = goal; cell >= 0; cell = this.before[cell] as number) {
      cells.push(cell);
    }
    return cells.reverse();
  }

  /** Give the cells in between where a way turns. */
  private turns(cells: readonly number[]): number[] {
    return cells.filter((cell, n) => {
      const before = cells[n - 1];
      const after = cells[n + 1];
      if (before === undefined || after === undefined) return false;
      return cell - before !== after - cell;
    });
  }

  /** Leave out corners: from each, go on to a far one that is in sight. */
  private straightened(blocks: Uint8Array, corners: readonly Point[]): Point[] {
    const kept = [corners[0] as Point];
    let here = 0;
    while (here < corners.length - 1) {
      here = this.inSight(blocks, corners, here);
      kept.push(corners[here] as Point);
    }
    return kept;
  }

  /** Name a far corner in sight: by growing strides, then by shrinking ones. */
  private inSight(blocks: Uint8Array, corners: readonly Point[], here: number): number {
    const last = corners.length - 1;
    const from = corners[here] as Point;
    let seen = here + 1;
    let stride = 1;
    let isGrowing = true;
    while (stride > 0 && seen < last) {
      const farther = Math.min(seen + stride, last);
      if (this.lattice.isClear(blocks, from, corners[farther] as Point)) seen = farther;
      else isGrowing = false;
      stride = isGrowing ? stride * 2 : Math.floor(stride / 2);
    }
    return seen;
  }
}

/** Lean a little towards the goal and the straight line: few cells are looked at. */
function estimator(start: number, goal: number, side: number) {
  const goalX = Math.floor(goal / side);
  const goalY = goal % side;
  const lineX = goalX - Math.floor(start / side);
  const lineY = goalY - (start % side);
  const length = Math.max(1, Math.floor(Math.hypot(lineX, lineY)));
  return (cell: number) => {
    const x = goalX - Math.floor(cell / side);
    const y = goalY - (cell % side);
    const longer = Math.max(Math.abs(x), Math.abs(y));
    const shorter = Math.min(Math.abs(x), Math.abs(y));
    const left = STRAIGHT * longer + (DIAGONAL - STRAIGHT) * shorter;
    const stray = Math.floor((Math.abs(x * lineY - y * lineX) * STRAIGHT) / length);
    return (
      Math.floor((left * LEAN_PERCENT) / 100) +
      Math.floor((stray * STRAY_PER_MILLE) / 1_000)
    );
  };
}
