import { describe, expect, test } from "vitest";
import { entitiesOf, planetEntities } from "./entities";
import { fogOf, isSameFog } from "./fog";
import { colonyOf, empireOf, fleetOf, foreignOf, strangerOf } from "./realm.fixture";
import { FLEET_GHOST_MS, gather, type Sources } from "./things";

const BEHOLDER = { player: "me", peaceful: ["scout"] };

function known(changes: Partial<Sources>, now_ms = 1000) {
  const sources = { own: empireOf([fleetOf()]), rooms: {}, icons: null, ...changes };
  return gather(sources, now_ms);
}

const full = (view: object, left_ms?: number) => ({
  view,
  ...(left_ms === undefined ? {} : { left_ms }),
});

describe("what is known of the map", () => {
  test("holds own fleets and colonies without any sector", () => {
    expect([...known({}).keys()]).toEqual(["colony:c1", "fleet:f1"]);
  });

  test("shows a colony that is only an icon as hidden", () => {
    const things = known({ icons: { id: ["c9"], x: [7], y: [8] } });
    expect(things.get("colony:c9")).toMatchObject({ x: 7, y: 8 });
    const drawn = entitiesOf(things, BEHOLDER);
    expect(drawn.hidden_colony).toEqual([
      { id: "colony:c9", kind: "hidden_colony", x: 7, y: 8, stance: "neutral" },
    ]);
  });

  test("shows a seen colony with its name, and hostile", () => {
    const rooms = { "sector:55:55:full": full({ colonies: { c9: foreignOf() } }) };
    const drawn = entitiesOf(known({ rooms }), BEHOLDER);
    expect(drawn.colony).toContainEqual(
      expect.objectContaining({ id: "colony:c9", label: "Far", stance: "hostile" }),
    );
  });

  test("keeps what was last seen of a colony under the fog", () => {
    const hidden = { id: "c9", x: 5500, y: 5500, hidden: true as const };
    const rooms = {
      "sector:55:55": full({ colonies: { c9: hidden } }),
      "sector:55:55:full": full({ colonies: { c9: foreignOf() } }, 500),
    };
    const drawn = entitiesOf(known({ rooms }), BEHOLDER);
    expect(drawn.hidden_colony).toEqual([]);
    expect(drawn.colony).toContainEqual(
      expect.objectContaining({ id: "colony:c9", label: "Far", ghost: true }),
    );
  });

  test("prefers the own view of a fleet to what onlookers see", () => {
    const mine = strangerOf({ id: "f1", player: "me" });
    const rooms = { "sector:50:50:full": full({ fleets: { f1: mine } }) };
    const drawn = entitiesOf(known({ rooms }), BEHOLDER);
    expect(drawn.fleet).toHaveLength(1);
    expect(drawn.fleet[0]).toMatchObject({ stance: "own", label: "First" });
  });

  test("forgets own fleets that are no more, where a room showed them last", () => {
    const gone = strangerOf({ id: "f7", player: "me" });
    const rooms = { "sector:50:50:full": full({ fleets: { f7: gone } }, 900) };
    expect(known({ rooms }).has("fleet:f7")).toBe(false);
  });

  test("prefers where a fleet is seen now to where it was seen last", () => {
    const rooms = {
      "sector:1:1:full": full({ fleets: { s1: strangerOf({ x: 101, y: 101 }) } }),
      "sector:0:0:full": full({ fleets: { s1: strangerOf({ x: 99, y: 99 }) } }, 900),
    };
    const found = known({ rooms }).get("fleet:s1");
    expect(found).toMatchObject({ x: 101 });
    expect(found?.seen_ms).toBeUndefined();
  });

  test("shows a lost fleet where it was when it was lost, and not for ever", () => {
    const path = [
      { x: 0, y: 0, at_ms: 0 },
      { x: 100, y: 0, at_ms: 1000 },
    ];
    const lost = full({ fleets: { s1: strangerOf({ path }) } }, 500);
    const rooms = { "sector:0:0:full": lost };
    const [shown] = entitiesOf(known({ rooms }), BEHOLDER).fleet.filter(
      ({ id }) => id === "fleet:s1",
    );
    expect(shown).toMatchObject({ x: 50, y: 0, ghost: true });
    expect(shown?.path).toBeUndefined();
    const later = known({ rooms }, 500 + FLEET_GHOST_MS);
    expect(later.has("fleet:s1")).toBe(false);
  });

  test("takes unarmed strangers for neutral", () => {
    const scout = strangerOf({ ships: { scout: 2 } });
    const rooms = { "sector:50:50:full": full({ fleets: { s1: scout } }) };
    const drawn = entitiesOf(known({ rooms }), BEHOLDER);
    expect(drawn.fleet.find(({ id }) => id === "fleet:s1")?.stance).toBe("neutral");
  });

  test("drops debris that drifted apart", () => {
    const debris = { id: "d1", x: 1, y: 1, amounts: { minerals: 5 }, until_ms: 1000 };
    const rooms = { "sector:0:0:full": full({ debris: { d1: debris } }) };
    expect(known({ rooms }, 999).has("debris:d1")).toBe(true);
    expect(known({ rooms }, 1000).has("debris:d1")).toBe(false);
  });

  test("passes on what waits for the server", () => {
    const own = empireOf([fleetOf({ pending: true })], [colonyOf()]);
    expect(entitiesOf(known({ own }), BEHOLDER).fleet[0]?.pending).toBe(true);
  });
});

describe("planets", () => {
  const chart = {
    side: 100,
    sector: 10,
    planets: {
      id: ["c1", "p2"],
      x: [1, 2],
      y: [3, 4],
      type: [0, 1],
      region: [0, 0],
      types: ["ice", "desert"],
      regions: ["core"],
    },
    hazards: {},
    protected: [],
  };

  test("are drawn with their type, but not below a colony", () => {
    const drawn = planetEntities(chart, known({}));
    expect(drawn).toEqual([
      {
        id: "planet:p2",
        kind: "planet",
        x: 2,
        y: 4,
        stance: "neutral",
        variant: "desert",
      },
    ]);
  });
});

describe("fog", () => {
  test("tells full rooms that are heard from those that were", () => {
    const rooms = {
      "sector:1:2:full": full({}),
      "sector:3:4:full": full({}, 5),
      "sector:3:4": full({}),
      "player:me": full({}),
    };
    const fog = fogOf(rooms);
    expect([...fog.seen]).toEqual(["1:2"]);
    expect([...fog.known]).toEqual(["3:4"]);
    expect(isSameFog(fog, fogOf({ ...rooms }))).toBe(true);
    expect(isSameFog(fog, fogOf({}))).toBe(false);
  });
});
