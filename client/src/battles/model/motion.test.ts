import { describe, expect, it } from "vitest";
import type { Keyframe, Piece } from "./keyframes";
import { type Arms, fieldAt, noise, placeOf, targets } from "./motion";

const ARMS: Arms = {
  range: () => 100,
  period: () => 5,
  hostile: (one, other) => one !== other,
};

function piece(id: number, force: string, x: number, more: Partial<Piece> = {}): Piece {
  return { id, force, unit: "fighter", ships: 1, x, y: 0, hp: 100, ...more };
}

function frame(tick: number, pieces: Piece[], fled: string[] = []): Keyframe {
  return { tick, pieces, fled: new Set(fled) };
}

const xs = (frames: Keyframe[], tick: number) =>
  fieldAt(frames, tick, ARMS)?.pieces.map(({ x }) => Math.round(x * 1000) / 1000);

describe("gliding between keyframes", () => {
  const frames = [0, 10, 20, 30].map((tick) => frame(tick, [piece(1, "a", tick * 2)]));

  it("is where the server says at each keyframe", () => {
    for (const { tick } of frames) expect(xs(frames, tick)).toEqual([tick * 2]);
  });

  it("goes evenly where the pace is even", () => {
    expect(xs(frames, 5)).toEqual([10]);
    expect(xs(frames, 15)).toEqual([30]);
  });

  it("never jumps, also where it turns", () => {
    const turns = [
      frame(0, [piece(1, "a", 0)]),
      frame(10, [piece(1, "a", 20)]),
      frame(20, [piece(1, "a", 0)]),
      frame(30, [piece(1, "a", 5)]),
    ];
    let last = 0;
    for (let tick = 0; tick <= 30; tick += 0.25) {
      const [x = Number.NaN] = xs(turns, tick) ?? [];
      expect(Math.abs(x - last)).toBeLessThan(1.5);
      last = x;
    }
  });

  it("stays after the last keyframe and before the first", () => {
    expect(xs(frames, 99)).toEqual([60]);
    expect(xs(frames, -5)).toEqual([0]);
    expect(fieldAt([], 3, ARMS)).toBeNull();
  });

  it("gives the same for the same tick, whatever was shown before", () => {
    const first = fieldAt(frames, 12.5, ARMS);
    fieldAt(frames, 28, ARMS);
    expect(fieldAt(frames, 12.5, ARMS)).toEqual(first);
  });

  it("finds the keyframe before a tick", () => {
    expect([-1, 0, 9, 10, 29, 30, 99].map((tick) => placeOf(frames, tick))).toEqual([
      0, 0, 0, 1, 2, 3, 3,
    ]);
  });
});

describe("what is lost", () => {
  const frames = [
    frame(0, [piece(1, "a", 0, { ships: 5 }), piece(2, "b", 50), piece(3, "c", 90)]),
    frame(10, [piece(1, "a", 0, { ships: 3 })], ["c"]),
    frame(20, [piece(1, "a", 0, { ships: 3 })], ["c"]),
  ];
  const seen = (what: (tick: number) => number) =>
    Array.from({ length: 81 }, (_, i) => what(i / 4)).reduce((sum, n) => sum + n, 0);

  it("is there until it goes, then in an explosion, then nowhere", () => {
    const alive = (tick: number) =>
      fieldAt(frames, tick, ARMS)?.pieces.some(({ id }) => id === 2);
    expect(alive(0)).toBe(true);
    expect(alive(10)).toBe(false);
    expect(
      seen(
        (tick) =>
          fieldAt(frames, tick, ARMS)?.bursts.filter(({ x }) => x === 50).length ?? 0,
      ),
    ).toBeGreaterThan(20);
    expect(fieldAt(frames, 20, ARMS)?.bursts).toEqual([]);
  });

  it("explodes where a squadron loses ships, and says how many", () => {
    const bursts = Array.from({ length: 80 }, (_, i) =>
      fieldAt(frames, i / 4, ARMS),
    ).flatMap((field) => field?.bursts ?? []);
    expect(bursts.filter(({ x }) => x === 0).map(({ ships }) => ships)).toContain(2);
  });

  it("is nothing where a crowd is shown ship by ship from there on", () => {
    const crowd = [piece(1, "a", 0, { ships: 5 })];
    const each = Array.from({ length: 5 }, (_, i) => piece(i + 1, "a", i));
    const regrouped = [frame(0, crowd), frame(10, each)];
    const bursts = Array.from({ length: 40 }, (_, i) =>
      fieldAt(regrouped, i / 4, ARMS),
    ).flatMap((field) => field?.bursts ?? []);
    expect(bursts).toEqual([]);
  });

  it("escapes instead where the force has fled", () => {
    const bursts = Array.from({ length: 80 }, (_, i) =>
      fieldAt(frames, i / 4, ARMS),
    ).flatMap((field) => field?.bursts ?? []);
    const escaped = bursts.filter((burst) => burst.escaped);
    expect(escaped.length).toBeGreaterThan(0);
    expect(escaped.every(({ x }) => x === 90)).toBe(true);
  });
});

describe("who fires at whom", () => {
  it("is what the server says, where it says so", () => {
    const one = frame(0, [
      piece(1, "a", 0, { target: 3 }),
      piece(2, "b", 10),
      piece(3, "b", 60),
    ]);
    expect(targets(one, ARMS).get(1)).toBe(3);
  });

  it("is the nearest enemy in range otherwise", () => {
    const one = frame(0, [
      piece(1, "a", 0),
      piece(4, "a", 1),
      piece(2, "b", 30),
      piece(3, "b", 10),
    ]);
    expect(targets(one, ARMS).get(1)).toBe(3);
  });

  it("is nobody out of range", () => {
    expect(targets(frame(0, [piece(1, "a", 0), piece(2, "b", 500)]), ARMS).size).toBe(
      0,
    );
  });

  it("fires in its own rhythm, between those two", () => {
    const frames = [frame(0, [piece(1, "a", 0), piece(2, "b", 50)])];
    const shots = Array.from({ length: 100 }, (_, i) =>
      fieldAt(frames, i / 10, ARMS),
    ).flatMap((field) => field?.shots ?? []);
    expect(new Set(shots.map(({ force }) => force))).toEqual(new Set(["a", "b"]));
    expect(shots.every(({ part }) => part >= 0 && part <= 1)).toBe(true);
  });
});

describe("noise", () => {
  it("is the same again and lies in 0 to 1", () => {
    const drawn = Array.from({ length: 1000 }, (_, i) => noise(i, 3));
    expect(drawn.every((one) => one >= 0 && one < 1)).toBe(true);
    expect(noise(7, 3)).toBe(drawn[7]);
    const mean = drawn.reduce((sum, one) => sum + one, 0) / 1000;
    expect(mean).toBeGreaterThan(0.45);
    expect(mean).toBeLessThan(0.55);
  });
});
