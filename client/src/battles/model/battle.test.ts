import { describe, expect, it } from "vitest";
import {
  type BattleOrder,
  canRetreat,
  commanded,
  isHeard,
  reserves,
  targetsOf,
  withOrders,
} from "./orders";
import { stances } from "./stance";
import { lossesBetween, sideLines, sideSums, total, unitLines } from "./summary";
import type { BattleView, ForceView } from "./views";

function force(more: Partial<ForceView> = {}): ForceView {
  return {
    player: "p",
    username: "Ann",
    kind: "fleet",
    side: 0,
    tick: 0,
    ships: { fighter: 3 },
    lost: {},
    dealt: 10,
    state: "fighting",
    formation: "line",
    focus: "",
    retreats: false,
    ...more,
  };
}

const FORCES = {
  mine: force(),
  friend: force({ player: "f", username: "Fay", ships: { cruiser: 1 } }),
  theirs: force({ player: "e", username: "Eve", side: 1, lost: { fighter: 2 } }),
  other: force({ player: "o", username: "Oda", side: 2, state: "fled" }),
};

const BATTLE = {
  id: "b",
  arena: "",
  x: 100,
  y: 100,
  winner: null,
  forces: FORCES,
} as unknown as BattleView;

describe("stances", () => {
  it("are those of who fights", () => {
    expect(Object.fromEntries(stances(FORCES, "p"))).toEqual({
      mine: "own",
      friend: "ally",
      theirs: "hostile",
      other: "hostile",
    });
  });

  it("tell the sides apart for who watches", () => {
    expect(Object.fromEntries(stances(FORCES, null))).toEqual({
      mine: "own",
      friend: "own",
      theirs: "hostile",
      other: "ally",
    });
  });
});

describe("orders", () => {
  it("show at once, and as pending", () => {
    const orders: BattleOrder[] = [
      { id: "1", force: "mine", kind: "formation", value: "assault" },
      { id: "2", force: "mine", kind: "focus", value: "theirs" },
      { id: "3", force: "mine", kind: "retreat" },
      { id: "4", force: "nobody", kind: "retreat" },
    ];
    const shown = withOrders(FORCES, orders);
    expect(shown.mine).toMatchObject({
      formation: "assault",
      focus: "theirs",
      retreats: true,
      pending: ["formation", "focus", "retreats"],
    });
    expect(shown.theirs).toBe(FORCES.theirs);
    expect(FORCES.mine.formation).toBe("line");
  });

  it("are heard once the force stands so", () => {
    const order: BattleOrder = {
      id: "1",
      force: "mine",
      kind: "formation",
      value: "assault",
    };
    expect(isHeard(FORCES, order)).toBe(false);
    expect(isHeard({ ...FORCES, mine: force({ formation: "assault" }) }, order)).toBe(
      true,
    );
    expect(isHeard({}, order)).toBe(true);
    expect(isHeard(FORCES, { id: "2", force: "mine", kind: "retreat" })).toBe(false);
    expect(isHeard(FORCES, { id: "3", force: "mine", kind: "focus", value: "" })).toBe(
      true,
    );
  });

  it("go to own forces that still fight", () => {
    expect(commanded(BATTLE, "p")).toEqual(["mine"]);
    expect(commanded(BATTLE, "o")).toEqual([]);
    expect(commanded({ ...BATTLE, winner: 1 }, "p")).toEqual([]);
  });

  it("name enemies that still fight as targets", () => {
    expect(targetsOf(BATTLE, "mine")).toEqual(["theirs"]);
    expect(targetsOf(BATTLE, "theirs")).toEqual(["mine", "friend"]);
    expect(targetsOf(BATTLE, "nobody")).toEqual([]);
  });

  it("let no garrison flee, and nobody twice", () => {
    expect(canRetreat(force())).toBe(true);
    expect(canRetreat(force({ kind: "colony" }))).toBe(false);
    expect(canRetreat(force({ retreats: true }))).toBe(false);
    expect(canRetreat(force({ state: "fled" }))).toBe(false);
  });
});

describe("reserves", () => {
  const rules = { joins_within: 300, isArmed: (unit: string) => unit !== "scout" };
  const fleet = (id: string, x: number, more = {}) => ({
    id,
    battle: null,
    x,
    y: 100,
    ships: { fighter: 1 },
    ...more,
  });

  it("are armed fleets in reach that fight nowhere, nearest first", () => {
    const fleets = [
      fleet("far", 401),
      fleet("edge", 400),
      fleet("near", 110),
      fleet("busy", 100, { battle: "x" }),
      fleet("mine", 100),
      fleet("unarmed", 100, { ships: { scout: 9, fighter: 0 } }),
    ];
    const found = reserves(BATTLE, fleets, rules);
    expect(found.map(({ fleet }) => fleet.id)).toEqual(["near", "edge"]);
    expect(found[0]?.distance).toBe(10);
  });

  it("cannot join an arena, nor what is over", () => {
    const fleets = [fleet("near", 110)];
    expect(reserves({ ...BATTLE, arena: "b" }, fleets, rules)).toEqual([]);
    expect(reserves({ ...BATTLE, winner: -1 }, fleets, rules)).toEqual([]);
  });
});

describe("sums", () => {
  it("count ships and list units, most first", () => {
    expect(total({ fighter: 2, cruiser: 1 })).toBe(3);
    expect(
      unitLines({ ships: { cruiser: 1 }, lost: { fighter: 4, scout: 0 } }),
    ).toEqual([
      { unit: "fighter", left: 0, lost: 4 },
      { unit: "cruiser", left: 1, lost: 0 },
    ]);
  });

  it("add up each side", () => {
    const of = stances(FORCES, "p");
    const sums = sideSums(FORCES, (id) => of.get(id) ?? "neutral");
    expect(sums[0]).toEqual({
      side: 0,
      stance: "own",
      names: ["Ann", "Fay"],
      left: 4,
      lost: 0,
      dealt: 20,
    });
    expect(sums[1]).toMatchObject({ side: 1, stance: "hostile", left: 3, lost: 2 });
  });

  it("draw each side's strength from the log, joins included", () => {
    const forces = {
      a: force({ ships: { fighter: 3 }, lost: { fighter: 2 } }),
      late: force({ ships: { fighter: 4 }, tick: 20 }),
      b: force({ side: 1, ships: {}, lost: { fighter: 5 } }),
    };
    const log = [
      { tick: 10, lost: { a: { fighter: 2 } } },
      { tick: 30, lost: { b: { fighter: 5 } } },
    ];
    expect(sideLines(forces, log, 40)).toEqual([
      {
        side: 0,
        points: [
          { tick: 0, left: 5 },
          { tick: 10, left: 3 },
          { tick: 20, left: 7 },
          { tick: 40, left: 7 },
        ],
      },
      {
        side: 1,
        points: [
          { tick: 0, left: 5 },
          { tick: 30, left: 0 },
          { tick: 40, left: 0 },
        ],
      },
    ]);
  });

  it("note what was lost between two views", () => {
    const after = {
      ...FORCES,
      theirs: force({ side: 1, lost: { fighter: 5, scout: 1 } }),
    };
    expect(lossesBetween(FORCES, after, 30)).toEqual({
      tick: 30,
      lost: { theirs: { fighter: 3, scout: 1 } },
    });
    expect(lossesBetween(after, after, 40)).toBeNull();
  });
});
