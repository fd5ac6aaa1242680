import { beforeEach, describe, expect, it } from "vitest";
import { type Empire, NO_EMPIRE } from "./empire";
import { feed, markRead, notify, openFeed } from "./feed";
import { colonyOf, fleetOf } from "./testing/specimens";
import { contactOf, tidingOf } from "./tidings";

const EMPIRE: Empire = {
  ...NO_EMPIRE,
  player: { ...NO_EMPIRE.player, id: "me" },
  colonies: { home: colonyOf({ x: 5_050, y: 5_050 }) },
  fleets: {
    eyes: fleetOf(),
    round: fleetOf({
      id: "round",
      order: {
        order: "o",
        kind: "patrol",
        points: [],
        target: null,
        source: "",
        cargo: {},
      },
    }),
  },
  battles: {
    b1: {
      ...{ id: "b1", sector: "50:50", x: 0, y: 0, colony: "" },
      ...{ began_ms: 0, tick: 0, chain: "" },
      alive: {
        f1: { player: "me", username: "Me", side: 1, ships: 3 },
        f2: { player: "foe", username: "Foe", side: 0, ships: 9 },
      },
    },
  },
};

const told = (type: string, about: object = {}) =>
  tidingOf({ type, seq: 7, at_ms: 50, ...about }, EMPIRE);

describe("tidings", () => {
  it("name what was built, and where", () => {
    const about = {
      colony: "home",
      building: "mine",
      level: 2,
      changes: { queue: [] },
    };
    expect(told("colonies.building_completed", about)).toEqual({
      id: "7",
      kind: "colonies.building_completed",
      at_ms: 50,
      isRead: false,
      data: { colony: "home", colony_name: "Home", building: "mine", level: 2 },
    });
  });

  it("keep the name of a fleet that is no more", () => {
    const gone = told("fleets.destroyed", { fleet: "eyes", changes: null });
    expect(gone?.data).toEqual({ fleet: "eyes", fleet_name: "Eyes" });
  });

  it("leave out what the player did, and what happens all the time", () => {
    expect(told("colonies.building_started", { colony: "home" })).toBeUndefined();
    expect(told("battles.step", { battle: "b1" })).toBeUndefined();
    expect(told("fleets.arrived", { fleet: "round" })).toBeUndefined();
    expect(told("fleets.arrived", { fleet: "eyes" })).toBeDefined();
  });

  it("tell who won, as far as that is known", () => {
    const won = (winner: number) =>
      told("battles.ended", { battle: "b1", winner })?.data.won;
    expect([won(1), won(0)]).toEqual([true, false]);
    const other = told("battles.ended", { battle: "else", winner: 1 });
    expect(other?.data).not.toHaveProperty("won");
  });

  it("tell of a battle by the fleet that was drawn into it", () => {
    const drawn = told("fleets.battle_entered", {
      fleet: "eyes",
      changes: { battle: "b2" },
    });
    expect(drawn?.data).toMatchObject({ fleet: "eyes", battle: "b2" });
  });

  it("tell of a force that fled, not of one that fell", () => {
    const left = (state: string) =>
      told("battles.left", { battle: "b1", force: "eyes", state, changes: null });
    expect(left("fled")?.kind).toBe("fleets.battle_left");
    expect(left("destroyed")).toBeUndefined();
  });
});

describe("contacts", () => {
  const enters = (room: string, changes: object | null) =>
    contactOf(
      room,
      { type: "fleets.entered", seq: 1, at_ms: 9, fleet: "f", changes },
      EMPIRE,
    );
  const stranger = { player: "foe", username: "Foe", x: 5_120, y: 5_010 };

  it("are strangers' fleets in the next sectors of an own colony", () => {
    const contact = enters("sector:51:50:full", stranger);
    expect(contact).toMatchObject({ kind: "contact", id: "contact:f" });
    expect(contact?.data).toMatchObject({ username: "Foe", colony: "home", x: 5_120 });
  });

  it("are neither own fleets, nor those far away, nor those that leave", () => {
    expect(enters("sector:51:50:full", { ...stranger, player: "me" })).toBeUndefined();
    expect(enters("sector:53:50:full", stranger)).toBeUndefined();
    expect(enters("sector:51:50:full", null)).toBeUndefined();
  });
});

describe("the feed", () => {
  const one = (id: string, kind = "research.completed", at_ms = 0) => ({
    id,
    kind,
    at_ms,
    isRead: false,
    data: {},
  });
  const ids = () => feed.getState().notifications.map(({ id }) => id);

  beforeEach(() => {
    localStorage.clear();
    openFeed("me");
  });

  it("keeps the newest first, each once, and not too many", () => {
    for (let n = 0; n < 250; n++) notify(one(`${n}`));
    notify(one("249"));
    expect(ids()).toHaveLength(200);
    expect(ids()[0]).toBe("249");
  });

  it("keeps what each player has not read, in this browser", () => {
    notify(one("a"));
    notify(one("b"));
    markRead(["a"]);
    openFeed("other");
    expect(ids()).toEqual([]);
    openFeed("me");
    expect(feed.getState().notifications.map((n) => [n.id, n.isRead])).toEqual([
      ["b", false],
      ["a", true],
    ]);
    markRead();
    expect(feed.getState().notifications.every((n) => n.isRead)).toBe(true);
  });

  it("takes the same fleet for a new contact only after a while", () => {
    notify(one("contact:f", "contact", 0));
    markRead();
    notify(one("contact:f", "contact", 599_000));
    expect(feed.getState().notifications[0]?.isRead).toBe(true);
    notify(one("contact:f", "contact", 601_000));
    expect(feed.getState().notifications).toHaveLength(1);
    expect(feed.getState().notifications[0]?.isRead).toBe(false);
  });

  it("takes what somebody else wrote into the storage for nothing", () => {
    localStorage.setItem("gd.feed.me", "{not json");
    openFeed("me");
    expect(ids()).toEqual([]);
  });
});
