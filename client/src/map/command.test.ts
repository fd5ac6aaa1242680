import { beforeEach, describe, expect, test, vi } from "vitest";
import type { Ack } from "../sync/refusal";

const sent = vi.hoisted(() => ({
  calls: [] as { name: string; data: Record<string, unknown> }[],
  answer: (_name: string): unknown => ({}),
}));

vi.mock("../sync", () => ({
  serverNow: () => 1_000.4,
  send: async (name: string, data: Record<string, unknown>) => {
    sent.calls.push({ name, data });
    return sent.answer(name);
  },
}));

const { giveGroup, withForecast } = await import("./command");
const { isPlain, mapStore } = await import("./mapStore");
const { fleetOf } = await import("./realm.fixture");

const fine = (result: Record<string, unknown> = {}): Ack => ({
  ok: true,
  id: "1",
  at_ms: 0,
  result,
});
const refused: Ack = {
  ok: false,
  id: "1",
  at_ms: 0,
  error: { code: "shielded", message: "" },
};

const move = { name: "fleets.move", data: { fleet: "f1", to: { x: 1, y: 2 } } };
const attack = { name: "fleets.attack", data: { fleet: "f1", queue: true } };
const PREVIEW = {
  fleet: "f1",
  path: [{ x: 1, y: 2, at_ms: 500 }],
  length: 3,
  travel_ms: 500,
  arrive_ms: 500,
};

async function given(commands: readonly { name: string; data: object }[]) {
  const offer = { order: "attack", to: null, commands } as never;
  giveGroup({ offers: [{ fleet: fleetOf(), offer }] });
  await vi.waitFor(() => expect(mapStore.getState().reports).toHaveLength(1));
  return mapStore.getState().reports[0];
}

beforeEach(() => {
  sent.calls = [];
  sent.answer = () => fine();
  mapStore.setState({ reports: [], previews: [] });
});

describe("orders", () => {
  test("are sent one after another, and told once", async () => {
    sent.answer = (name) => fine(name === "fleets.attack" ? { queued: 1 } : {});
    expect(await given([move, attack])).toMatchObject({
      fleet: "First",
      order: "attack",
      isQueued: true,
    });
    expect(sent.calls.map(({ name }) => name)).toEqual([
      "fleets.move",
      "fleets.attack",
    ]);
  });

  test("stop at the first that is refused", async () => {
    sent.answer = () => refused;
    expect((await given([move, attack]))?.error?.code).toBe("shielded");
    expect(sent.calls).toHaveLength(1);
  });

  test("tell of a battle, and of a correction worth a word", async () => {
    sent.answer = () => fine({ battle: "b", arrive_ms: 9, corrected_ms: 999 });
    const told = await given([move]);
    expect(told).toMatchObject({ battle: "b", arrive_ms: 9 });
    expect(told?.corrected_ms).toBeUndefined();
    mapStore.setState({ reports: [] });
    sent.answer = () => fine({ arrive_ms: 9, corrected_ms: -1000 });
    expect((await given([move]))?.corrected_ms).toBe(-1000);
  });

  test("that are known to be refused are not sent", () => {
    giveGroup({
      offers: [
        { fleet: fleetOf(), offer: { order: "move", to: null, commands: [move] } },
      ],
      refusal: "path_blocked",
    });
    expect(sent.calls).toEqual([]);
    expect(mapStore.getState().reports[0]?.error?.code).toBe("path_blocked");
  });
});

describe("the forecast of a move", () => {
  test("goes along in whole milliseconds", () => {
    expect(withForecast(move, PREVIEW)).toMatchObject({ predicted_arrival_ms: 1500 });
  });

  test("stays away where it is of another place, refused, or of a queued move", () => {
    const elsewhere = { ...PREVIEW, path: [{ x: 5, y: 5, at_ms: 0 }] };
    expect(withForecast(move, elsewhere)).toBe(move.data);
    expect(withForecast(move, { ...PREVIEW, refusal: "protected" })).toBe(move.data);
    expect(withForecast(move, undefined)).toBe(move.data);
    const queued = { ...move, data: { ...move.data, queue: true } };
    expect(withForecast(queued, PREVIEW)).toBe(queued.data);
    expect(withForecast(attack, PREVIEW)).toBe(attack.data);
  });
});

describe("an order is given without asking", () => {
  const group = (order: string) => ({ order, offers: [] }) as never;

  test("where only a move stands beside it", () => {
    expect(isPlain([group("move")], true)).toBe(true);
    expect(isPlain([group("attack"), group("move")], false)).toBe(true);
    expect(isPlain([group("return"), group("defend"), group("move")], false)).toBe(
      false,
    );
    expect(isPlain([], false)).toBe(false);
  });

  test("but never an attack that would end the own shield", () => {
    expect(isPlain([group("attack"), group("move")], true)).toBe(false);
  });
});
