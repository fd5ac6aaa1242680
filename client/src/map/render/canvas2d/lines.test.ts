import { describe, expect, it } from "vitest";
import { ahead } from "./lines";

const COURSE = [
  { x: 0, y: 0, at_ms: 0 },
  { x: 100, y: 0, at_ms: 100 },
  { x: 100, y: 100, at_ms: 200 },
];

describe("a course", () => {
  it("begins where the fleet is now", () => {
    expect(ahead(COURSE, 50)).toEqual([{ x: 50, y: 0 }, ...COURSE.slice(1)]);
    expect(ahead(COURSE, 150)).toEqual([{ x: 100, y: 50 }, COURSE[2]]);
  });

  it("is whole before it is begun, and where it has no times", () => {
    expect(ahead(COURSE, -5)).toEqual(COURSE);
    const plan = COURSE.map(({ x, y }) => ({ x, y }));
    expect(ahead(plan, 50)).toEqual(plan);
  });

  it("is gone once it is flown", () => {
    expect(ahead(COURSE, 500)).toEqual([]);
  });
});
