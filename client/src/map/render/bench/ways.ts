import { Lattice } from "../paths/lattice";
import { Search } from "../paths/search";
import type { Point } from "../types";
import { draws } from "./galaxy";

const SIDE = 400;
const CELL = 100_000;
const SEED = 7;
/** Of all cells, in blobs of nebulae, black holes and what is protected. */
const CLOSED = 0.08;
const BLOB = 10;

/** Find ways around obstacles on 160,000 cells; give the ms that each took. */
export function measureWays(count: number): number[] {
  const draw = draws(SEED);
  const lattice = new Lattice({
    side: SIDE,
    cell: CELL,
    closed: blobs(draw),
    guarded: [],
  });
  const blocks = lattice.blocks(true, []);
  const search = new Search(lattice);
  const place = (): Point => ({
    x: Math.floor(draw() * SIDE * CELL),
    y: Math.floor(draw() * SIDE * CELL),
  });
  const times: number[] = [];
  while (times.length < count) {
    const from = place();
    const to = place();
    const isOpen = !blocks[lattice.indexOf(from)] && !blocks[lattice.indexOf(to)];
    if (!isOpen || lattice.isClear(blocks, from, to)) continue;
    const begun = performance.now();
    search.find(blocks, from, to);
    times.push(performance.now() - begun);
  }
  return times;
}

function blobs(draw: () => number): number[] {
  const closed = new Set<number>();
  while (closed.size < SIDE * SIDE * CLOSED) {
    let x = Math.floor(draw() * SIDE);
    let y = Math.floor(draw() * SIDE);
    for (let cell = 0; cell < BLOB; cell++) {
      closed.add(x * SIDE + y);
      if (draw() < 0.5)
        x = Math.min(SIDE - 1, Math.max(0, x + (draw() < 0.5 ? 1 : -1)));
      else y = Math.min(SIDE - 1, Math.max(0, y + (draw() < 0.5 ? 1 : -1)));
    }
  }
  return [...closed];
}
