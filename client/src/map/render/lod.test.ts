import { describe, expect, it } from "vitest";
import { radiusOf, tierOf, tileTier } from "./lod";
import { KINDS } from "./space";

describe("levels of detail", () => {
  it("go from far to near with the zoom", () => {
    const zooms = [0.08, 0.5, 1.5, 5];
    expect(zooms.map((zoom) => tierOf(zoom, "medium"))).toEqual([
      "far",
      "icon",
      "simple",
      "model",
    ]);
  });

  it("come later at low quality", () => {
    expect(tierOf(1, "low")).toBe("icon");
    expect(tierOf(1, "medium")).toBe("simple");
    expect(tierOf(2.5, "high")).toBe("model");
    expect(tierOf(2.5, "medium")).toBe("simple");
  });

  it("are lower in a crowded tile, but never higher than the zoom's", () => {
    expect(tileTier("model", 1, 300)).toBe("model");
    expect(tileTier("model", 200, 300)).toBe("simple");
    expect(tileTier("model", 600, 300)).toBe("icon");
    expect(tileTier("model", 5_000, 300)).toBe("far");
    expect(tileTier("far", 1, 300)).toBe("far");
  });

  it("never let a symbol shrink while the zoom grows", () => {
    for (const kind of KINDS) {
      for (let zoom = 0.05; zoom < 14; zoom *= 1.2) {
        expect(radiusOf(kind, zoom * 1.2)).toBeGreaterThanOrEqual(radiusOf(kind, zoom));
      }
    }
  });
});
