import { describe, expect, it } from "vitest";
import vectors from "../../../../../tests/vectors/paths.json";
import { SECTOR, SECTORS } from "../space";
import type { HazardKind, Point, Terrain } from "../types";
import { Lattice } from "./lattice";
import { Search } from "./search";
import { Wayfinder } from "./wayfinder";

const terrain: Terrain = {
  hazards: vectors.terrain.hazards as Record<string, HazardKind>,
  protected: vectors.terrain.protected,
};
/** How much longer than the server's a way may be. */
const LONGER = 1.03;
const LOOKS = 400;

function length(way: readonly Point[]): number {
  return way.reduce((sum, to, n) => {
    const from = way[n - 1] ?? to;
    return sum + Math.hypot(to.x - from.x, to.y - from.y);
  }, 0);
}

/** Name the sectors on a way by looking at many of its places. */
function crossed(way: readonly Point[]): Set<string> {
  const found = new Set<string>();
  for (let n = 1; n < way.length; n++) {
    const from = way[n - 1] as Point;
    const to = way[n] as Point;
    for (let look = 0; look <= LOOKS; look++) {
      const x = from.x + ((to.x - from.x) * look) / LOOKS;
      const y = from.y + ((to.y - from.y) * look) / LOOKS;
      found.add(`${Math.floor(x / SECTOR)}:${Math.floor(y / SECTOR)}`);
    }
  }
  return found;
}

describe("ways as the server finds them", () => {
  const wayfinder = new Wayfinder(terrain);

  it.each(vectors.ways.map((one, n) => [n, one] as const))("way %i", (_, one) => {
    const found = wayfinder.find(one);
    if (one.way === null) {
      expect(found).toBeNull();
      return;
    }
    expect(found?.[0]).toEqual(one.from);
    expect(found?.at(-1)).toEqual(one.to);
    expect(length(found ?? [])).toBeLessThanOrEqual(length(one.way) * LONGER);
    const start = [...crossed([one.from, one.from])];
    const free = new Set([...start, ...one.opened]);
    const closed = new Set(Object.keys(terrain.hazards));
    if (one.warships) for (const sector of terrain.protected) closed.add(sector);
    const hit = [...crossed(found ?? [])].filter(
      (sector) => closed.has(sector) && !free.has(sector),
    );
    expect(hit).toEqual([]);
  });

  it("is straight wherever the server's is", () => {
    const straight = vectors.ways.filter(({ way }) => way?.length === 2);
    expect(straight.length).toBeGreaterThan(20);
    for (const one of straight) expect(wayfinder.find(one)).toHaveLength(2);
  });
});

describe("a wayfinder", () => {
  const wall = Array.from({ length: SECTORS - 1 }, (_, y) => `50:${y}`);
  const walled = (names: readonly string[]): Terrain => ({
    hazards: Object.fromEntries(names.map((name) => [name, "nebula" as const])),
    protected: ["10:10"],
  });

  it("goes around a wall by its open end", () => {
    const ask = { from: { x: 4_000, y: 100 }, to: { x: 6_000, y: 100 } };
    const way = new Wayfinder(walled(wall)).find({
      ...ask,
      warships: false,
      opened: [],
    });
    expect(Math.max(...(way ?? []).map(({ y }) => y))).toBeGreaterThan(9_900);
  });

  it("finds none through a closed wall", () => {
    const ask = { from: { x: 4_000, y: 100 }, to: { x: 6_000, y: 100 } };
    const closed = walled([...wall, `50:${SECTORS - 1}`]);
    expect(
      new Wayfinder(closed).find({ ...ask, warships: false, opened: [] }),
    ).toBeNull();
  });

  it("closes protected sectors to warships alone, and not where the owner lives", () => {
    const ask = { from: { x: 500, y: 1_050 }, to: { x: 1_050, y: 1_050 } };
    const wayfinder = new Wayfinder(walled([]));
    expect(wayfinder.find({ ...ask, warships: true, opened: [] })).toBeNull();
    expect(wayfinder.find({ ...ask, warships: false, opened: [] })).toHaveLength(2);
    expect(wayfinder.find({ ...ask, warships: true, opened: ["10:10"] })).toHaveLength(
      2,
    );
  });

  it("refuses places beyond the edge", () => {
    const ask = { from: { x: 500, y: 500 }, to: { x: 10_000, y: 500 } };
    const wayfinder = new Wayfinder(walled([]));
    expect(wayfinder.find({ ...ask, warships: false, opened: [] })).toBeNull();
  });
});

describe("a search on a small lattice", () => {
  const lattice = new Lattice({ side: 5, cell: 1_000, closed: [11, 13], guarded: [] });

  it("doesn't cut corners of closed cells", () => {
    // 11 is (2, 1) and 13 is (2, 3): the gap between them is open.
    const blocks = lattice.blocks(false, []);
    const way = new Search(lattice).find(
      blocks,
      { x: 500, y: 1_500 },
      { x: 4_500, y: 1_500 },
    );
    for (const { x, y } of way ?? []) {
      expect(blocks[lattice.indexOf({ x, y })]).toBe(0);
    }
    expect(way?.length).toBeGreaterThan(2);
  });
});
