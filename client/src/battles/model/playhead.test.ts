import { describe, expect, it } from "vitest";
import { approach, type Playback, playback } from "./playhead";

describe("the live view", () => {
  it("runs at the battle's pace", () => {
    expect(approach(100, { tick: 101, newest: 110 }, 1)).toBe(101);
  });

  it("hurries where it fell behind, at most twice as fast", () => {
    expect(approach(100, { tick: 110, newest: 120 }, 1)).toBeCloseTo(101.5);
    expect(approach(100, { tick: 150, newest: 160 }, 1)).toBe(102);
  });

  it("jumps where it is far behind", () => {
    expect(approach(100, { tick: 400, newest: 410 }, 1)).toBe(400);
  });

  it("waits for a step that is late, and never runs backwards", () => {
    expect(approach(100, { tick: 130, newest: 100 }, 1)).toBe(100);
    expect(approach(100, { tick: 90, newest: 110 }, 1)).toBe(100);
  });
});

describe("a replay", () => {
  const film = { loaded: 200, complete: true };
  const start: Playback = { tick: 0, playing: true, speed: 1 };

  it("runs ten ticks a second at a speed of 1", () => {
    expect(playback(start, { type: "pass", ms: 1000 }, film).tick).toBe(10);
    const fast = { ...start, speed: 8 as const };
    expect(playback(fast, { type: "pass", ms: 500 }, film).tick).toBe(40);
  });

  it("stands still while it is paused", () => {
    const paused = playback(start, { type: "toggle" }, film);
    expect(paused.playing).toBe(false);
    expect(playback(paused, { type: "pass", ms: 1000 }, film)).toBe(paused);
  });

  it("stops at the end, and starts anew from there", () => {
    const late = { ...start, tick: 199 };
    const ended = playback(late, { type: "pass", ms: 1000 }, film);
    expect(ended).toEqual({ tick: 200, playing: false, speed: 1 });
    expect(playback(ended, { type: "toggle" }, film)).toEqual(start);
  });

  it("waits for more where not all is loaded", () => {
    const late = { ...start, tick: 199 };
    const waits = playback(
      late,
      { type: "pass", ms: 1000 },
      { loaded: 200, complete: false },
    );
    expect(waits).toEqual({ tick: 200, playing: true, speed: 1 });
  });

  it("goes where it is told, within what there is", () => {
    expect(playback(start, { type: "seek", ticks: 55 }, film).tick).toBe(55);
    expect(playback(start, { type: "seek", ticks: 999 }, film).tick).toBe(200);
    const step = playback({ ...start, tick: 5 }, { type: "step", ticks: -10 }, film);
    expect(step).toEqual({ tick: 0, playing: false, speed: 1 });
  });

  it("changes its speed within the speeds there are", () => {
    const faster = playback(start, { type: "faster" }, film);
    expect(faster.speed).toBe(2);
    const top = { ...start, speed: 8 as const };
    expect(playback(top, { type: "faster" }, film).speed).toBe(8);
    expect(playback({ ...start, speed: 0.5 }, { type: "slower" }, film).speed).toBe(
      0.5,
    );
    expect(playback(start, { type: "speed", speed: 4 }, film).speed).toBe(4);
  });
});
