import { describe, expect, it } from "vitest";
import { distanceOf, SHAPES } from "./symbols";

describe("symbols", () => {
  it("of all kinds differ from each other", () => {
    const pictures = Array.from({ length: 17 }, (_, shape) => {
      const distance = distanceOf(shape);
      const raster = Array.from({ length: 6_400 }, (_, n) =>
        distance(((n % 80) / 40 - 1) * 1.2, (Math.floor(n / 80) / 40 - 1) * 1.2) < 0
          ? 1
          : 0,
      );
      return raster.join("");
    });
    expect(new Set(pictures).size).toBe(17);
    for (const picture of pictures) expect(picture).toContain("1");
  });

  it("point with the own triangle and the arrow along x", () => {
    expect(distanceOf(SHAPES.triangle)(0.9, 0)).toBeLessThan(0);
    expect(distanceOf(SHAPES.triangle)(-0.95, 0)).toBeGreaterThan(0);
    expect(distanceOf(SHAPES.arrow)(-0.05, 0)).toBeLessThan(0);
    expect(distanceOf(SHAPES.arrow)(0.05, 0)).toBeGreaterThan(0);
  });

  it("are rings where nobody is behind them", () => {
    const ring = distanceOf(SHAPES.ring);
    expect(ring(0, 0)).toBeGreaterThan(0);
    expect(ring(0.68, 0)).toBeLessThan(0);
  });
});
