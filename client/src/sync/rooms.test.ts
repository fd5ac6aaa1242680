import { beforeEach, describe, expect, it } from "vitest";
import { Hearing } from "./hearing";
import type { Told } from "./predictions/shape";
import {
  enterRooms,
  forgetRooms,
  hearRoom,
  leaveRooms,
  roomsState,
  subscribeRooms,
} from "./rooms";

const FULL = "sector:1:2:full";

function shot(seq: number, snapshot: object = { fleets: {} }) {
  return { seq, at_ms: seq, snapshot };
}

function fleet(seq: number, id: string, changes: object | null) {
  return { seq, at_ms: seq, type: "fleets.entered", fleet: id, changes };
}

beforeEach(forgetRooms);

describe("rooms", () => {
  it("tell of a gap, and keep the view until it is healed", () => {
    enterRooms({ [FULL]: shot(5) });
    const late = { room: FULL, from: 7, events: [fleet(8, "b", {})] };
    expect(hearRoom(late)).toBe(true);
    expect(roomsState()[FULL]?.view).toEqual({ fleets: {} });
    const missed = [fleet(6, "a", {}), fleet(7, "a", null), fleet(8, "b", {})];
    expect(hearRoom({ room: FULL, from: 5, events: missed })).toBe(false);
    expect(roomsState()[FULL]).toMatchObject({ seq: 8, view: { fleets: { b: {} } } });
  });

  it("tell nobody of broadcasts of rooms that are not heard", () => {
    let changes = 0;
    const end = subscribeRooms(() => changes++);
    hearRoom({ room: FULL, from: 1, events: [fleet(2, "a", {})] });
    expect(changes).toBe(0);
    end();
  });

  it("keep what was seen last, but not without end", () => {
    for (let n = 0; n < 700; n++) {
      enterRooms({ [`sector:${n}:0:full`]: shot(n) });
      leaveRooms({ rooms: [`sector:${n}:0:full`], at_ms: n });
    }
    const kept = Object.keys(roomsState());
    expect(kept).toHaveLength(600);
    expect(kept).not.toContain("sector:0:0:full");
  });
});

describe("hearing", () => {
  function ready() {
    const told: Told[] = [];
    const healed: string[] = [];
    const shown: number[] = [];
    const hearing = new Hearing({
      own: () => "player:me",
      atOnce: (work) => work(),
      heal: (room) => healed.push(room),
      shown: (at_ms) => shown.push(at_ms),
      toldOwn: (one) => told.push(one),
      toldSector: (_room, one) => told.push(one),
    });
    return { hearing, told, healed, shown };
  }

  it("wants what is expected, asked for by name, or heard", () => {
    const { hearing, healed } = ready();
    hearing.expect({ "player:me": 9 });
    enterRooms({ [FULL]: shot(5), "sector:3:3": shot(4) });
    leaveRooms({ rooms: ["sector:3:3"], at_ms: 6 });
    const end = hearing.byNameFrom("battle:b");
    expect(hearing.wanted()).toEqual({ "player:me": 0, "battle:b": 0, [FULL]: 5 });
    expect(healed).toEqual(["battle:b"]);
    end();
    expect(hearing.wanted()).not.toHaveProperty("battle:b");
  });

  it("hears a room for as long as somebody wants to", () => {
    const { hearing, healed } = ready();
    const ends = [hearing.byNameFrom("galaxy"), hearing.byNameFrom("galaxy")];
    hearing.took("galaxy", shot(3, {}), 0, 1);
    ends[0]?.();
    expect(roomsState()).toHaveProperty("galaxy");
    ends[1]?.();
    expect(roomsState()).not.toHaveProperty("galaxy");
    expect(healed).toEqual(["galaxy"]);
    hearing.took("galaxy", shot(3, {}), 0, 1);
    expect(roomsState()).not.toHaveProperty("galaxy");
  });

  it("tells of each own broadcast once, also of those that were resumed", () => {
    const { hearing, told, shown } = ready();
    hearing.expect({ "player:me": 9 });
    hearing.entered({ "player:me": shot(5) });
    hearing.heard({ room: "player:me", from: 5, events: [fleet(6, "a", {})] });
    const events = [fleet(6, "a", {}), fleet(7, "b", {})];
    hearing.took("player:me", { events }, 5, 1);
    expect(told.map((one) => one.seq)).toEqual([6, 7]);
    expect(shown).toEqual([5]);
  });

  it("drops rooms that it may not hear any more", () => {
    const { hearing } = ready();
    enterRooms({ [FULL]: shot(5), "battle:b": shot(4) });
    const error = { error: { code: "not_found" } };
    hearing.took(FULL, error, 5, 77);
    hearing.took("battle:b", error, 4, 77);
    expect(roomsState()[FULL]?.left_ms).toBe(77);
    expect(roomsState()).not.toHaveProperty("battle:b");
  });
});
