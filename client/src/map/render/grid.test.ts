import { describe, expect, it } from "vitest";
import { TileGrid } from "./grid";

const PLACES = [
  [50, 50],
  [150, 50],
  [150, 60],
  [9_999, 9_999],
  [10_000, 10_000],
  [-5, 20],
] as const;

function gridOf(skipped: readonly number[] = []): TileGrid {
  const x = Float32Array.from(PLACES, ([x]) => x);
  const y = Float32Array.from(PLACES, ([, y]) => y);
  const skips = Uint8Array.from(PLACES, (_, n) => (skipped.includes(n) ? 1 : 0));
  const grid = new TileGrid();
  grid.rebuild(x, y, PLACES.length, skips);
  return grid;
}

function found(grid: TileGrid, x0: number, y0: number, x1: number, y1: number) {
  const out = new Int32Array(16);
  const count = grid.collect({ x0, y0, x1, y1 }, out);
  expect(count).toBe(grid.count({ x0, y0, x1, y1 }));
  return [...out.slice(0, count)].sort();
}

describe("a grid of tiles", () => {
  it("gives what lies in the tiles of an area", () => {
    expect(found(gridOf(), 110, 10, 120, 20)).toEqual([1, 2]);
    expect(found(gridOf(), 0, 0, 200, 99)).toEqual([0, 1, 2, 5]);
  });

  it("puts what lies beyond the edge into the tiles at the edge", () => {
    expect(found(gridOf(), 9_950, 9_950, 20_000, 20_000)).toEqual([3, 4]);
    expect(found(gridOf(), -900, -900, -800, 10)).toEqual([0, 5]);
  });

  it("leaves out what is marked", () => {
    expect(found(gridOf([1]), 110, 10, 120, 20)).toEqual([2]);
  });

  it("writes no more than there is room for", () => {
    const out = new Int32Array(2);
    expect(gridOf().collect({ x0: 0, y0: 0, x1: 9_999, y1: 9_999 }, out)).toBe(2);
  });

  it("forgets what was there before", () => {
    const grid = gridOf();
    grid.rebuild(Float32Array.of(450), Float32Array.of(450), 1, new Uint8Array(1));
    expect(found(grid, 0, 0, 9_999, 9_999)).toEqual([0]);
  });
});
