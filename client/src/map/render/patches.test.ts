import { beforeEach, describe, expect, it } from "vitest";
import { Patches } from "./patches";

describe("patches of the screen", () => {
  let patches: Patches;
  const runs = () => {
    const found: number[][] = [];
    patches.runs((...run) => found.push(run));
    return found;
  };
  beforeEach(() => {
    patches = new Patches();
    patches.resize(320, 160);
    patches.begin();
    patches.begin();
  });

  it("are all of it after a change of size, for one frame", () => {
    patches.resize(320, 160);
    patches.begin();
    expect(runs()).toHaveLength(5);
    expect(runs()[0]).toEqual([0, 0, 320, 32]);
    patches.begin();
    expect(runs()).toEqual([]);
  });

  it("are those drawn on now or in the frame before", () => {
    patches.point(40, 40, 2);
    expect(runs()).toEqual([[32, 32, 64, 64]]);
    patches.begin();
    patches.point(200, 40, 2);
    expect(runs()).toEqual([
      [32, 32, 64, 64],
      [192, 32, 224, 64],
    ]);
    patches.begin();
    expect(runs()).toEqual([[192, 32, 224, 64]]);
  });

  it("reach over edges of cells, and join along a row", () => {
    patches.point(64, 40, 3);
    expect(runs()).toEqual([[32, 32, 96, 64]]);
  });

  it("leave out what is beyond the screen", () => {
    patches.point(-50, 40, 3);
    patches.box(10, 500, 20, 600);
    patches.line(-500, -90, 900, -40, 2);
    expect(runs()).toEqual([]);
  });

  it("hold every cell that a line crosses, from however far it comes", () => {
    patches.line(-9_000, 80, 9_000, 80, 1);
    const rows = runs();
    expect(rows.some(([x0, y0, x1]) => x0 === 0 && y0 === 64 && x1 === 320)).toBe(true);
    patches.begin();
    patches.begin();
    patches.line(0, 0, 320, 160, 1);
    for (let n = 0; n < 320; n++) {
      const isHeld = runs().some(
        ([x0 = 0, y0 = 0, x1 = 0, y1 = 0]) =>
          n >= x0 && n < x1 && n / 2 >= y0 && n / 2 < y1,
      );
      expect(isHeld).toBe(true);
    }
  });
});
