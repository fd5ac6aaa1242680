import { describe, expect, it } from "vitest";
import { Store } from "./store";
import type { Entity } from "./types";

const ALL = { x0: 0, y0: 0, x1: 10_000, y1: 10_000 };

function fleet(id: string, more: Partial<Entity> = {}): Entity {
  return { id, kind: "fleet", x: 100, y: 100, stance: "own", ...more };
}

const PATH = [
  { x: 0, y: 0, at_ms: 1_000 },
  { x: 100, y: 0, at_ms: 2_000 },
  { x: 100, y: 300, at_ms: 3_000 },
];

function placeAt(now_ms: number, path = PATH): [number, number] {
  const store = new Store("fleet");
  store.set([fleet("a", { path })]);
  store.advance(now_ms, ALL);
  return [store.x[0] as number, store.y[0] as number];
}

describe("a fleet on its way", () => {
  it("is where its path has it, leg by leg", () => {
    expect(placeAt(1_500)).toEqual([50, 0]);
    expect(placeAt(2_000)).toEqual([100, 0]);
    expect(placeAt(2_500)).toEqual([100, 150]);
  });

  it("waits at its start and stands at its end", () => {
    expect(placeAt(0)).toEqual([0, 0]);
    expect(placeAt(99_000)).toEqual([100, 300]);
  });

  it("is found on an earlier leg when the clock goes back", () => {
    const store = new Store("fleet");
    store.set([fleet("a", { path: PATH })]);
    store.advance(2_900, ALL);
    store.advance(1_250, ALL);
    expect([store.x[0], store.y[0]]).toEqual([25, 0]);
  });

  it("jumps over a leg that takes no time", () => {
    const path = [
      { x: 0, y: 0, at_ms: 0 },
      { x: 10, y: 0, at_ms: 10 },
      { x: 10, y: 0, at_ms: 10 },
      { x: 20, y: 0, at_ms: 20 },
    ];
    expect(placeAt(15, path)).toEqual([15, 0]);
  });

  it("turns to where it flies", () => {
    const store = new Store("fleet");
    store.set([fleet("a", { path: PATH })]);
    store.advance(1_500, ALL);
    expect(store.heading[0]).toBe(0);
    store.advance(2_500, ALL);
    expect(store.heading[0]).toBeCloseTo(Math.PI / 2, 5);
  });

  it("counts as flying only on its way, and only in view", () => {
    const store = new Store("fleet");
    store.set([fleet("a", { path: PATH })]);
    store.advance(2_500, ALL);
    expect(store.fastest).toBeCloseTo(0.3);
    store.advance(5_000, ALL);
    expect(store.fastest).toBe(0);
    store.advance(2_500, { x0: 900, y0: 0, x1: 1_000, y1: 900 });
    expect(store.fastest).toBe(0);
  });
});

describe("a store", () => {
  it("tells whether anything changed", () => {
    const store = new Store("fleet");
    const one = fleet("a");
    expect(store.set([one])).toBe(true);
    expect(store.set([one])).toBe(false);
    expect(store.set([{ ...one }])).toBe(true);
    expect(store.set([])).toBe(true);
    expect(store.count).toBe(0);
  });

  it("shows fleets in one place beside each other", () => {
    const store = new Store("fleet");
    store.set([fleet("a"), fleet("b"), fleet("c", { x: 500 })]);
    const shift = (i: number) => [store.shiftX[i], store.shiftY[i]];
    expect(shift(0)).not.toEqual(shift(1));
    expect(shift(2)).toEqual(shift(0));
  });

  it("keeps the selection by id when the list changes", () => {
    const store = new Store("fleet");
    store.set([fleet("a"), fleet("b")]);
    store.select(new Set(["b"]));
    expect(store.selected).toEqual([1]);
    store.set([fleet("b")]);
    expect(store.selected).toEqual([0]);
  });

  it("keeps what moves out of the grid", () => {
    const store = new Store("fleet");
    store.set([fleet("a", { path: PATH }), fleet("b")]);
    expect(store.grid.size).toBe(1);
    expect(store.movingCount).toBe(1);
  });
});
