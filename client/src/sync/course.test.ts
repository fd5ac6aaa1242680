import { describe, expect, it } from "vitest";
import { arrivalOf, placeAt, positionAt } from "./course";

const path = [
  { x: 0, y: 0, at_ms: 1_000 },
  { x: 10, y: 0, at_ms: 2_000 },
  { x: 10, y: -30, at_ms: 5_000 },
];
const flying = { x: 0, y: 0, path };

describe("a course", () => {
  it("stands at its ends before and after it", () => {
    expect(positionAt(flying, 0)).toEqual({ x: 0, y: 0 });
    expect(positionAt(flying, 9_000)).toEqual({ x: 10, y: -30 });
    expect(arrivalOf(flying)).toBe(5_000);
  });

  it("moves evenly along each leg", () => {
    expect(positionAt(flying, 1_500)).toEqual({ x: 5, y: 0 });
    expect(positionAt(flying, 2_000)).toEqual({ x: 10, y: 0 });
    expect(positionAt(flying, 3_000)).toEqual({ x: 10, y: -10 });
  });

  it("is where the server says, rounded down to thousandths", () => {
    expect(placeAt(flying, 1_000.5)).toEqual({ x: 0.005, y: 0 });
    expect(placeAt(flying, 2_001)).toEqual({ x: 10, y: -0.01 });
    expect(placeAt({ x: 3, y: 4 }, 0)).toEqual({ x: 3, y: 4 });
    expect(placeAt({ x: 3, y: 4, path: [] }, 0)).toEqual({ x: 3, y: 4 });
  });

  it("leaves what stands where it is", () => {
    expect(positionAt({ x: 3, y: 4, path: [] }, 1)).toEqual({ x: 3, y: 4 });
    expect(arrivalOf({ x: 3, y: 4 })).toBeUndefined();
  });

  it("finds the leg among many", () => {
    const long = Array.from({ length: 500 }, (_, at) => ({
      x: at,
      y: 0,
      at_ms: at * 10,
    }));
    for (const at_ms of [0, 5, 2_345, 4_989, 4_990]) {
      expect(positionAt({ x: 0, y: 0, path: long }, at_ms).x).toBeCloseTo(at_ms / 10);
    }
  });
});
