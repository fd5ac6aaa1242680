import { describe, expect, it } from "vitest";
import { outline } from "../hulls";
import { HULLS } from "../variants";
import { flatSolid, hullSolid, triangles } from "./geometry";

function area(polygon: readonly number[], corners: readonly number[]): number {
  const [a, b, c] = corners.map((n) => [polygon[n * 2] ?? 0, polygon[n * 2 + 1] ?? 0]);
  const [ax = 0, ay = 0] = a ?? [];
  const [bx = 0, by = 0] = b ?? [];
  const [cx = 0, cy = 0] = c ?? [];
  return Math.abs((bx - ax) * (cy - ay) - (by - ay) * (cx - ax)) / 2;
}

function whole(polygon: readonly number[]): number {
  let sum = 0;
  for (let n = 0; n < polygon.length; n += 2) {
    const m = (n + 2) % polygon.length;
    sum += (polygon[n] ?? 0) * (polygon[m + 1] ?? 0);
    sum -= (polygon[m] ?? 0) * (polygon[n + 1] ?? 0);
  }
  return Math.abs(sum) / 2;
}

describe("triangles of a polygon", () => {
  it("cover it and no more, with a notch as well", () => {
    const notched = [0, 0, 4, 0, 4, 4, 2, 1, 0, 4];
    const cut = triangles(notched);
    expect(cut).toHaveLength(9);
    let sum = 0;
    for (let n = 0; n < cut.length; n += 3) sum += area(notched, cut.slice(n, n + 3));
    expect(sum).toBeCloseTo(whole(notched));
  });

  it.each(HULLS)("cover the hull of a %s", (hull) => {
    const rim = outline(hull);
    const cut = triangles(rim);
    let sum = 0;
    for (let n = 0; n < cut.length; n += 3) sum += area(rim, cut.slice(n, n + 3));
    expect(sum).toBeCloseTo(whole(rim), 5);
  });
});

describe("solids", () => {
  it.each(HULLS)("of a %s name only corners that they have", (hull) => {
    for (const solid of [hullSolid(hull), flatSolid(hull)]) {
      const corners = solid.positions.length / 3;
      expect(Math.max(...solid.indices)).toBeLessThan(corners);
      expect(solid.normals).toHaveLength(corners * 3);
      expect(solid.finishes).toHaveLength(corners * 4);
      expect(solid.positions.every(Number.isFinite)).toBe(true);
    }
  });

  it("differ from hull to hull", () => {
    const outlines = HULLS.map((hull) => outline(hull).join());
    expect(new Set(outlines).size).toBe(HULLS.length);
  });
});
