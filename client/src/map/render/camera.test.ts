import { beforeEach, describe, expect, it } from "vitest";
import { Camera } from "./camera";
import { SIDE } from "./space";

describe("a camera", () => {
  let camera: Camera;
  beforeEach(() => {
    camera = new Camera();
    camera.resize(1_000, 800);
    camera.jump({ x: 5_000, y: 5_000, zoom: 1 });
  });
  const rest = () => {
    for (let n = 0; n < 400 && camera.advance(16); n++);
  };

  it("gives places of pixels and pixels of places", () => {
    expect(camera.toWorld(500, 400)).toEqual({ x: 5_000, y: 5_000 });
    const { px, py } = camera.toScreen(5_100, 4_900);
    expect({ px, py }).toEqual({ px: 600, py: 300 });
    expect(camera.toWorld(px, py)).toEqual({ x: 5_100, y: 4_900 });
  });

  it("keeps the place under the cursor while it zooms", () => {
    const before = camera.toWorld(900, 100);
    camera.zoomTowards(900, 100, 2);
    for (let n = 0; n < 10; n++) {
      camera.advance(16);
      const now = camera.toWorld(900, 100);
      expect(Math.hypot(now.x - before.x, now.y - before.y)).toBeLessThan(0.001);
    }
    rest();
    expect(camera.zoom).toBeCloseTo(2, 3);
  });

  it("adds up steps of the wheel that come before the first is done", () => {
    camera.zoomTowards(500, 400, 1.5);
    camera.advance(16);
    camera.zoomTowards(500, 400, 2);
    rest();
    expect(camera.zoom).toBeCloseTo(3, 2);
  });

  it("shows at most the whole galaxy, in the middle of the view", () => {
    camera.zoomAt(100, 100, 0.0001);
    expect(camera.zoom).toBe(camera.zoomMin);
    expect(SIDE * camera.zoom).toBeLessThan(800);
    expect({ x: camera.x, y: camera.y }).toEqual({ x: 5_000, y: 5_000 });
  });

  it("stays with its middle inside of the galaxy", () => {
    camera.drag(1e7, -1e7);
    expect(camera.x).toBeGreaterThanOrEqual(0);
    expect(camera.y).toBeLessThanOrEqual(SIDE);
  });

  it("glides on when it is thrown, and comes to rest", () => {
    camera.release(1, 0);
    camera.advance(16);
    expect(camera.x).toBeLessThan(5_000);
    rest();
    expect(camera.isMoving).toBe(false);
  });

  it("flies smoothly, and ends exactly there", () => {
    camera.fly({ x: 6_000, y: 4_000, zoom: 3 });
    camera.advance(16);
    expect(camera.x).toBeGreaterThan(5_000);
    expect(camera.x).toBeLessThan(6_000);
    rest();
    expect([camera.x, camera.y, camera.zoom]).toEqual([6_000, 4_000, 3]);
  });

  it("neither flies nor glides nor eases where motion is unwanted", () => {
    camera.isCalm = true;
    camera.fly({ x: 6_000, y: 4_000 });
    expect(camera.x).toBe(6_000);
    camera.zoomTowards(500, 400, 2);
    expect(camera.zoom).toBe(2);
    camera.release(5, 5);
    expect(camera.isMoving).toBe(false);
  });

  it("counts changes, so that nobody draws without one", () => {
    const before = camera.version;
    camera.advance(16);
    expect(camera.version).toBe(before);
    camera.drag(1, 0);
    expect(camera.version).toBeGreaterThan(before);
  });
});
