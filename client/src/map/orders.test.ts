import { describe, expect, test } from "vitest";
import type { Fleet, Point } from "../sync/empire";
import { groupOffers, type Offer, offersFor, type Target } from "./offers";
import { type FindWay, preview } from "./preview";
import type { Realm } from "./realm";
import {
  colonyOf,
  empireOf,
  fleetOf,
  foreignOf,
  realmOf,
  strangerOf,
} from "./realm.fixture";

const straight: FindWay = async (from, to) => [from, to];
const nowhere: FindWay = async () => null;

const space = (x: number, y: number): Target => ({ kind: "space", at: { x, y } });

function offers(fleet: Fleet, target: Target, realm?: Realm, isQueued = false) {
  return offersFor(fleet, target, realm ?? realmOf(empireOf([fleet])), isQueued);
}

function offer(list: readonly Offer[], order: string): Offer {
  const found = list.find((one) => one.order === order);
  if (found === undefined) throw new Error(`no ${order}`);
  return found;
}

function colonyTarget(isOwn: boolean, at: Point = { x: 5500, y: 5500 }): Target {
  const thing = { key: "colony:c9", id: "c9", kind: "colony" as const, ...at };
  if (isOwn) return { kind: "thing", at, thing: { ...thing, own: colonyOf() } };
  return { kind: "thing", at, thing: { ...thing, seen: foreignOf(at) } };
}

function fleetTarget(at: Point): Target {
  const thing = { key: "fleet:s1", id: "s1", kind: "fleet" as const, ...at };
  return { kind: "thing", at, thing: { ...thing, seen: strangerOf(at) } };
}

describe("an order into space", () => {
  test("is a move, to the three decimals that the wire takes", () => {
    const [move] = offers(fleetOf(), space(1.23456, 12_000));
    expect(move?.commands).toEqual([
      { name: "fleets.move", data: { fleet: "f1", to: { x: 1.235, y: 9999.999 } } },
    ]);
  });

  test("waits in the queue when it is told to", () => {
    const [move] = offers(fleetOf(), space(5001, 5000), undefined, true);
    expect(move?.commands[0]?.data).toMatchObject({ queue: true });
  });

  test("is known to be too far where even the straight way takes over an hour", () => {
    const slow = fleetOf({ speed: 1 });
    expect(offers(slow, space(9000, 5000))[0]?.refusal).toBe("out_of_range");
    expect(offers(slow, space(8000, 5000))[0]?.refusal).toBeUndefined();
  });

  test.each([
    ["a hazard", { hazards: { "60:50": "nebula" }, protected: [] }, "path_blocked"],
    ["a protected sector", { hazards: {}, protected: ["60:50"] }, "protected"],
  ])("is refused into %s", (_what, chart, code) => {
    const fleet = fleetOf();
    const realm = realmOf(empireOf([fleet]), { chart });
    expect(offers(fleet, space(6050, 5050), realm)[0]?.refusal).toBe(code);
  });

  test("may lead unarmed ships into protected sectors", () => {
    const fleet = fleetOf({ ships: { scout: 1 } });
    const chart = { hazards: {}, protected: ["60:50"] };
    const realm = realmOf(empireOf([fleet]), { chart });
    expect(offers(fleet, space(6050, 5050), realm)[0]?.refusal).toBeUndefined();
  });

  test("is refused in battle, and with a full queue", () => {
    expect(offers(fleetOf({ battle: "b" }), space(1, 1))[0]?.refusal).toBe("in_battle");
    const one = { order: "o", kind: "move", points: [], target: null };
    const queue = Array(10).fill({ ...one, source: "", cargo: {} });
    const full = offers(fleetOf({ queue }), space(1, 1), undefined, true);
    expect(full[0]?.refusal).toBe("queue_full");
  });
});

describe("a foreign colony", () => {
  test("is flown to and attacked on arrival", () => {
    const attack = offers(fleetOf(), colonyTarget(false))[0];
    expect(attack?.order).toBe("attack");
    expect(attack?.commands.map(({ name, data }) => [name, data.queue])).toEqual([
      ["fleets.move", undefined],
      ["fleets.attack", true],
    ]);
  });

  test("is attacked at once where weapons reach", () => {
    const target = colonyTarget(false, { x: 5100, y: 5100 });
    const attack = offers(fleetOf(), target)[0];
    expect(attack?.to).toBeNull();
    expect(attack?.commands).toEqual([
      {
        name: "fleets.attack",
        data: { fleet: "f1", target: { kind: "colony", id: "c9" } },
      },
    ]);
  });

  test("can be blockaded, by warships only", () => {
    expect(offer(offers(fleetOf(), colonyTarget(false)), "blockade").to).not.toBeNull();
    const peaceful = offers(fleetOf({ ships: { scout: 1 } }), colonyTarget(false));
    expect(peaceful.map(({ order }) => order)).toEqual(["move"]);
  });

  test("is safe in a protected sector", () => {
    const fleet = fleetOf();
    const chart = { hazards: {}, protected: ["51:51"] };
    const realm = realmOf(empireOf([fleet]), { chart });
    const target = colonyTarget(false, { x: 5100, y: 5100 });
    expect(offers(fleet, target, realm)[0]?.refusal).toBe("protected");
  });
});

describe("a foreign fleet", () => {
  test("out of the fleet's own sight can't be attacked, only flown to", () => {
    const target = fleetTarget({ x: 5450, y: 5000 });
    const far = offers(fleetOf({ sensor: 100 }), target);
    expect(offer(far, "attack").refusal).toBe("unseen");
    expect(offer(far, "move").refusal).toBeUndefined();
    const near = offers(fleetOf({ sensor: 400 }), target);
    expect(offer(near, "attack").refusal).toBeUndefined();
  });
});

describe("an own colony", () => {
  test("takes ships in or is defended; goods are carried where there is another", () => {
    const names = (realm?: Realm) =>
      offers(fleetOf(), colonyTarget(true), realm).map(({ order }) => order);
    expect(names()).toEqual(["return", "defend", "move"]);
    const two = [colonyOf(), colonyOf({ id: "c2" })];
    const realm = realmOf(empireOf([fleetOf()], two));
    expect(names(realm)).toEqual(["return", "defend", "transport", "move"]);
  });
});

describe("a planet", () => {
  const settler = fleetOf({ ships: { colony_ship: 1 } });
  const planet = { kind: "planet" as const, id: "p", at: { x: 5001, y: 5001 } };

  test("is settled by a colony ship where research allows one more", () => {
    const realm = realmOf(empireOf([settler], [colonyOf()], { colonies: 1 }));
    const [colonise] = offers(settler, { ...planet, isTaken: false }, realm);
    expect(colonise).toMatchObject({ order: "colonise" });
    expect(colonise?.refusal).toBeUndefined();
  });

  test("is refused at the limit, and where somebody lives", () => {
    const free = { ...planet, isTaken: false };
    expect(offers(settler, free)[0]?.refusal).toBe("colony_limit");
    expect(offers(settler, { ...planet, isTaken: true })[0]?.refusal).toBe(
      "planet_taken",
    );
  });

  test("is only a place to others", () => {
    const orders = offers(fleetOf(), { ...planet, isTaken: false });
    expect(orders.map(({ order }) => order)).toEqual(["move"]);
  });
});

describe("debris", () => {
  const debris = (x: number): Target => ({
    kind: "thing",
    at: { x, y: 5000 },
    thing: {
      key: "debris:d",
      id: "d",
      kind: "debris",
      x,
      y: 5000,
      debris: { id: "d", x, y: 5000, amounts: {}, until_ms: 9 },
    },
  });

  test("is salvaged within reach, by who has room", () => {
    expect(offers(fleetOf(), debris(5050))[0]).toMatchObject({ order: "salvage" });
    const full = fleetOf({ cargo: { minerals: 100 } });
    expect(offers(full, debris(5050))[0]?.refusal).toBe("cargo_full");
    expect(offers(fleetOf(), debris(5051))[0]?.order).toBe("move");
  });
});

test("a group does what at least one can, and moves last", () => {
  const fleets = [fleetOf({ id: "a", ships: { scout: 1 } }), fleetOf({ id: "b" })];
  const groups = groupOffers(
    fleets,
    colonyTarget(false),
    realmOf(empireOf(fleets)),
    false,
  );
  expect(groups.map(({ order, offers: all }) => [order, all.length])).toEqual([
    ["attack", 1],
    ["blockade", 1],
    ["move", 2],
  ]);
});

describe("a preview", () => {
  const look = (
    fleet: Fleet,
    points: Point[],
    more: {
      isQueued?: boolean;
      isPatrol?: boolean;
      find?: FindWay;
      realm?: Realm;
    } = {},
  ) =>
    preview(
      fleet,
      { points, isQueued: more.isQueued ?? false, isPatrol: more.isPatrol ?? false },
      more.realm ?? realmOf(empireOf([fleet]), { now_ms: 1000 }),
      more.find ?? straight,
    );

  test("tells way, time and arrival, with research and weather", async () => {
    const seen = await look(fleetOf(), [{ x: 5000, y: 5100 }]);
    expect(seen).toMatchObject({ length: 100, travel_ms: 10_000, arrive_ms: 11_000 });
    const calm = { name: "storm", sensor_percent: 70, speed_percent: 80, until_ms: 9 };
    const fleet = fleetOf();
    const realm = realmOf(empireOf([fleet], [colonyOf()], { speed: 25 }), {
      weather: { core: calm },
    });
    const even = await look(fleet, [{ x: 5000, y: 5100 }], { realm });
    expect(even.travel_ms).toBe(10_000);
  });

  test("adds up the ways between points", async () => {
    const points = [
      { x: 5100, y: 5000 },
      { x: 5100, y: 5200 },
    ];
    expect(await look(fleetOf(), points)).toMatchObject({
      length: 300,
      travel_ms: 30_000,
    });
  });

  test("refuses what has no way and what takes over an hour", async () => {
    const at = [{ x: 5100, y: 5000 }];
    expect((await look(fleetOf(), at, { find: nowhere })).refusal).toBe("path_blocked");
    const slow = await look(fleetOf({ speed: 1 }), [{ x: 9000, y: 5000 }]);
    expect(slow.refusal).toBe("out_of_range");
  });

  test("begins where the fleet will be when its turn comes", async () => {
    const path = [
      { x: 5000, y: 5000, at_ms: 0 },
      { x: 5000, y: 5300, at_ms: 30_000 },
    ];
    const seen = await look(fleetOf({ path }), [{ x: 5000, y: 5400 }], {
      isQueued: true,
    });
    expect(seen).toMatchObject({ length: 100, arrive_ms: 40_000 });
  });

  test("doesn't tell when it arrives where others wait before", async () => {
    const order = { order: "o", kind: "move", target: null, source: "", cargo: {} };
    const queue = [{ ...order, points: [{ x: 5000, y: 5200 }] }];
    const seen = await look(fleetOf({ queue }), [{ x: 5000, y: 5300 }], {
      isQueued: true,
    });
    expect(seen).toMatchObject({ length: 100, arrive_ms: null });
  });

  test("refuses a patrol whose loop takes less than a minute", async () => {
    const short = [
      { x: 5000, y: 5100 },
      { x: 5000, y: 5200 },
    ];
    const loop = { isPatrol: true };
    expect((await look(fleetOf(), short, loop)).refusal).toBe("too_short");
    const long = [
      { x: 5000, y: 5100 },
      { x: 5000, y: 5400 },
    ];
    expect((await look(fleetOf(), long, loop)).refusal).toBeUndefined();
  });
});
