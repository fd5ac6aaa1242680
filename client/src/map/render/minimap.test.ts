import { describe, expect, it } from "vitest";
import { densityOf } from "./density";
import { frameOf, placeOf } from "./minimap";

describe("a minimap", () => {
  it("gives the place of a pixel, and never one outside", () => {
    expect(placeOf(100, 50, 200)).toEqual({ x: 5_000, y: 2_500 });
    expect(placeOf(-9, 900, 200)).toEqual({ x: 0, y: 10_000 });
  });

  it("frames the view, cut at the edges", () => {
    const frame = frameOf({ x0: -500, y0: 2_500, x1: 5_000, y1: 7_500 }, 200);
    expect(frame).toEqual({ x0: 0, y0: 50, x1: 100, y1: 150 });
  });

  it("never frames less than can be seen", () => {
    const { x0, x1, y0, y1 } = frameOf(
      { x0: 5_000, y0: 5_000, x1: 5_001, y1: 5_001 },
      200,
    );
    expect(x1 - x0).toBeCloseTo(6);
    expect(y1 - y0).toBeCloseTo(6);
  });

  it("counts planets by sector against the densest", () => {
    const density = densityOf([
      { x: 50, y: 50 },
      { x: 60, y: 50 },
      { x: 150, y: 50 },
    ]);
    expect([density[0], density[1], density[2]]).toEqual([255, 128, 0]);
  });
});
