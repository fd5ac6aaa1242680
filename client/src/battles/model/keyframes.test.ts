import { describe, expect, it } from "vitest";
import { fledOf, follow, type Keyframe, pair, survivors } from "./keyframes";
import type { RowView, Tally } from "./views";

function row(force: string, unit: string, x: number, y = 0, ships = 1): RowView {
  return { force, unit: unit as RowView["unit"], ships, x, y, hp_percent: 100 };
}

function counter(): () => number {
  let next = 0;
  return () => next++;
}

const NOBODY = new Set<string>();
const at = (tick: number) => ({ tick, fled: NOBODY });
const idsAt = (frame: Keyframe) =>
  Object.fromEntries(frame.pieces.map(({ id, x }) => [x, id]));

describe("pairing rows of two ticks", () => {
  it("pairs all in order where none is gone", () => {
    expect(
      pair(
        [row("a", "u", 0), row("a", "u", 9)],
        [row("a", "u", 1), row("a", "u", 8)],
        50,
      ),
    ).toEqual([0, 1]);
  });

  it("leaves out those whose place nobody is near of", () => {
    const old = [0, 100, 200, 300].map((x) => row("a", "u", x));
    const next = [205, 305].map((x) => row("a", "u", x));
    expect(pair(old, next, 50)).toEqual([2, 3]);
    expect(pair(old, [row("a", "u", 2), row("a", "u", 301)], 50)).toEqual([0, 3]);
  });

  it("pairs nobody who would have to be too fast", () => {
    expect(pair([row("a", "u", 0)], [row("a", "u", 500)], 80)).toEqual([-1]);
  });

  it("takes more than there were as new", () => {
    expect(pair([row("a", "u", 0)], [row("a", "u", 0), row("a", "u", 1)], 80)).toEqual([
      -1, -1,
    ]);
  });

  it("keeps to the order even where ways cross", () => {
    const old = [row("a", "u", 0), row("a", "u", 10)];
    const next = [row("a", "u", 10), row("a", "u", 0)];
    expect(pair(old, next, 50)).toEqual([0, 1]);
  });

  it("takes a full group within a moment", () => {
    const old = Array.from({ length: 500 }, (_, i) => row("a", "u", i * 3));
    const next = old.filter((_, i) => i % 7 !== 0);
    const wanted = old.map((_, i) => i).filter((i) => i % 7 !== 0);
    expect(pair(old, next, 80)).toEqual(wanted);
  });
});

describe("following rows", () => {
  it("keeps ids by force and unit, and gives new ones to who joins", () => {
    const nextId = counter();
    const first = follow(
      undefined,
      [row("a", "u", 0), row("b", "u", 50)],
      at(10),
      nextId,
    );
    const second = follow(
      first,
      [row("a", "u", 3), row("c", "u", 7), row("b", "u", 47)],
      at(20),
      nextId,
    );
    expect(idsAt(first)).toEqual({ 0: 0, 50: 1 });
    expect(idsAt(second)).toEqual({ 3: 0, 47: 1, 7: 2 });
  });

  it("allows more way where steps were missed", () => {
    const nextId = counter();
    const first = follow(undefined, [row("a", "u", 0)], at(10), nextId);
    const late = follow(first, [row("a", "u", 300)], at(60), nextId);
    const soon = follow(first, [row("a", "u", 300)], at(20), nextId);
    expect(late.pieces[0]?.id).toBe(0);
    expect(soon.pieces[0]?.id).not.toBe(0);
  });
});

describe("the field after the end", () => {
  const tally = (ships: Tally["ships"], state: Tally["state"]): Tally => ({
    ships,
    lost: {},
    dealt: 0,
    state,
  });
  const last: Keyframe = {
    tick: 40,
    fled: NOBODY,
    pieces: [
      { id: 0, force: "a", unit: "u", ships: 3, x: 0, y: 0, hp: 90 },
      { id: 1, force: "a", unit: "u", ships: 3, x: 1, y: 0, hp: 90 },
      { id: 2, force: "b", unit: "u", ships: 1, x: 2, y: 0, hp: 90 },
      { id: 3, force: "c", unit: "u", ships: 1, x: 3, y: 0, hp: 90 },
    ],
  };

  it("keeps as many ships as are left, and nobody who is gone", () => {
    const forces = {
      a: tally({ u: 4 }, "fighting"),
      b: tally({}, "destroyed"),
      c: tally({ u: 1 }, "fled"),
    };
    const end = survivors(last, forces, 44);
    expect(end.pieces.map(({ id, ships }) => [id, ships])).toEqual([
      [0, 3],
      [1, 1],
    ]);
    expect(end.fled).toEqual(new Set(["c"]));
    expect(fledOf(forces)).toEqual(new Set(["c"]));
  });
});
