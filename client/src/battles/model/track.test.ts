import { describe, expect, it } from "vitest";
import { grow, NO_TRACK } from "./track";
import type { BattleView, RowView } from "./views";

function row(x: number): RowView {
  return { force: "a", unit: "fighter", ships: 1, x, y: 0, hp_percent: 100 };
}

function battle(
  tick: number,
  xs: number[],
  more: Partial<BattleView> = {},
): BattleView {
  const forces = { a: { ships: { fighter: xs.length }, state: "fighting" } };
  const known = { id: "b", tick, rows: xs.map(row), winner: null, forces };
  return { ...known, ...more } as unknown as BattleView;
}

const ticks = (track: ReturnType<typeof grow>) => track.frames.map(({ tick }) => tick);

describe("the keyframes of a live battle", () => {
  it("grow with every step, and keep the last few", () => {
    let track = NO_TRACK;
    for (let tick = 1; tick <= 100; tick += 10)
      track = grow(track, battle(tick, [tick]));
    expect(ticks(track)).toEqual([41, 51, 61, 71, 81, 91]);
    expect(
      new Set(track.frames.flatMap(({ pieces }) => pieces.map(({ id }) => id))),
    ).toEqual(new Set([0]));
  });

  it("do not change by what is no news", () => {
    const track = grow(NO_TRACK, battle(10, [1]));
    expect(grow(track, battle(10, [1]))).toBe(track);
    expect(grow(track, battle(5, [1]))).toBe(track);
  });

  it("begin anew with another battle", () => {
    const track = grow(NO_TRACK, battle(90, [1]));
    expect(ticks(grow(track, battle(1, [1], { id: "c" })))).toEqual([1]);
  });

  it("end with those who are left, though no rows are shown any more", () => {
    const track = grow(NO_TRACK, battle(10, [1, 2, 3]));
    const forces = { a: { ships: { fighter: 2 }, state: "fighting" } };
    const over = battle(14, [], {
      winner: 0,
      forces,
    } as unknown as Partial<BattleView>);
    const ended = grow(track, over);
    expect(ended.isOver).toBe(true);
    expect(ended.frames.at(-1)?.pieces.length).toBe(2);
    expect(grow(ended, over)).toBe(ended);
  });

  it("are none of a battle that was over before it was looked at", () => {
    expect(grow(NO_TRACK, battle(14, [], { winner: 0 })).frames).toEqual([]);
  });
});
