import { describe, expect, it } from "vitest";
import { stepOf } from "./backdrop";
import { ease, framing, pan, toPixel, toWorld, zoomAt } from "./camera";

const SIZE = { width: 800, height: 400 };

describe("the camera", () => {
  it("shows all points with a margin", () => {
    const points = [
      { x: -500, y: -100 },
      { x: 500, y: 300 },
    ];
    const camera = framing(points, SIZE);
    for (const point of points) {
      const { x, y } = toPixel(camera, SIZE, point);
      expect(x).toBeGreaterThan(50);
      expect(x).toBeLessThan(750);
      expect(y).toBeGreaterThan(25);
      expect(y).toBeLessThan(375);
    }
  });

  it("goes not too near to a single ship", () => {
    expect(framing([{ x: 3, y: 4 }], SIZE)).toEqual({ x: 3, y: 4, zoom: 2.2 });
    expect(framing([], SIZE).zoom).toBe(1);
  });

  it("keeps what is under the pointer while it zooms", () => {
    const camera = { x: 10, y: 20, zoom: 1 };
    const pixel = { x: 700, y: 90 };
    const before = toWorld(camera, SIZE, pixel);
    const after = toWorld(zoomAt(camera, SIZE, pixel, 1.7), SIZE, pixel);
    expect(after.x).toBeCloseTo(before.x);
    expect(after.y).toBeCloseTo(before.y);
  });

  it("moves with the hand", () => {
    const camera = { x: 0, y: 0, zoom: 2 };
    const moved = pan(camera, 10, -20);
    expect(toPixel(moved, SIZE, { x: 0, y: 0 })).toEqual({ x: 410, y: 180 });
  });

  it("eases to its goal", () => {
    const goal = { x: 100, y: 0, zoom: 2 };
    let camera = { x: 0, y: 0, zoom: 1 };
    for (let i = 0; i < 100; i++) camera = ease(camera, goal, 50);
    expect(camera.x).toBeCloseTo(100);
    expect(camera.zoom).toBeCloseTo(2);
  });
});

it("draws a scale in round steps", () => {
  expect([0.1, 1, 2].map(stepOf)).toEqual([1000, 100, 50]);
});
