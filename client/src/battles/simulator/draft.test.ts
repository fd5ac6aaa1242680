import { describe, expect, it } from "vitest";
import {
  asked,
  battleModifiers,
  type Draft,
  force,
  otherSeed,
  problemOf,
} from "./draft";

const DRAFT: Draft = {
  seed: "5",
  forces: [
    { ...force("Mine", { fighter: 5, cruiser: 0 }), formation: "assault", focus: 1 },
    { ...force("Theirs", { frigate: 2 }), retreat_s: 12 },
  ],
};

describe("what the simulator asks", () => {
  it("are forces in range of one another, without what is none", () => {
    const { forces, seed } = asked(DRAFT);
    expect(seed).toBe("5");
    expect(forces[0]).toEqual({
      id: "side1",
      side: 0,
      ships: { fighter: 5 },
      modifiers: {},
      grid: 0,
      x: -150,
      y: 0,
    });
  });

  it("are the orders that say more than nothing", () => {
    expect(asked(DRAFT).orders).toEqual([
      { tick: 0, force: "side1", kind: "formation", value: "assault" },
      { tick: 0, force: "side1", kind: "focus", value: "side2" },
      { tick: 120, force: "side2", kind: "retreat", value: "" },
    ]);
  });

  it("never lets a garrison flee, nor anyone fire at oneself or at nobody", () => {
    const [one, other] = DRAFT.forces;
    if (!one || !other) throw new Error("a draft has two sides");
    const forces = [
      { ...one, focus: 0 },
      { ...other, grid: 3, focus: 3 },
    ];
    const kinds = asked({ seed: "1", forces }).orders.map(({ kind }) => kind);
    expect(kinds).toEqual(["formation"]);
  });

  it("needs ships or guns on every side", () => {
    expect(problemOf(DRAFT)).toBeNull();
    const empty = {
      ...DRAFT,
      forces: [...DRAFT.forces, force("Nobody", { fighter: 0 })],
    };
    expect(problemOf(empty)).toBe("no_ships");
    const guns = { ...DRAFT, forces: [...DRAFT.forces, { ...force("Guns"), grid: 1 }] };
    expect(problemOf(guns)).toBeNull();
  });

  it("takes from research what a battle knows, within bounds", () => {
    expect(battleModifiers({ attack: 15, cargo: 40, hp: 5_000, speed: -200 })).toEqual({
      attack: 15,
      hp: 1_000,
      defense: 0,
      range: 0,
      speed: -90,
    });
  });

  it("draws seeds of digits", () => {
    expect(otherSeed(() => 0.5)).toMatch(/^\d+$/);
    expect(otherSeed(() => 0)).toBe("0");
  });
});
