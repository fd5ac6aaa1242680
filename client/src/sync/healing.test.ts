import { describe, expect, it } from "vitest";
import { Healing, RESUMED_MAX } from "./healing";
import type { Ack } from "./refusal";
import { FakeTimers } from "./testing/fakeTimers";

function ready(count: number) {
  const timers = new FakeTimers();
  const asked: Record<string, number>[] = [];
  const took: string[] = [];
  const state = { isAnswering: true, gaveUp: 0, wait_ms: 10 };
  const rooms = Object.fromEntries(
    Array.from({ length: count }, (_, at) => [`room${at}`, at + 1]),
  );
  const healing = new Healing({
    timers,
    random: () => 0.5,
    request: (_name, data) => {
      const { rooms: wanted } = data as { rooms: Record<string, number> };
      asked.push(wanted);
      return new Promise((resolve) => {
        timers.later(() => resolve(answer(wanted)), state.wait_ms);
      });
    },
    wanted: () => rooms,
    took: (room) => took.push(room),
    gaveUp: () => state.gaveUp++,
    changed: () => undefined,
  });
  function answer(wanted: Record<string, number>): Ack {
    if (!state.isAnswering) {
      return { ok: false, id: null, at_ms: 0, error: { code: "busy", message: "" } };
    }
    const healed = Object.keys(wanted).map((room) => [room, { events: [] }]);
    const result = { rooms: Object.fromEntries(healed) };
    return { ok: true, id: null, at_ms: 0, result };
  }
  return { timers, asked, took, state, rooms, healing };
}

describe("healing", () => {
  it("asks for all rooms in parts that the server takes", async () => {
    const { healing, timers, asked, took } = ready(RESUMED_MAX * 2 + 3);
    const done = healing.all();
    expect(healing.isDone).toBe(false);
    await timers.pass(100);
    await done;
    expect(asked.map((one) => Object.keys(one).length)).toEqual([64, 64, 3]);
    expect(new Set(took).size).toBe(RESUMED_MAX * 2 + 3);
    expect(asked[0]?.room0).toBe(1);
    expect(healing.isDone).toBe(true);
  });

  it("gathers gaps that show together", async () => {
    const { healing, timers, asked } = ready(5);
    healing.soon(["room1"]);
    healing.soon(["room2", "room1"]);
    await timers.pass(300);
    expect(asked).toEqual([{ room1: 2, room2: 3 }]);
  });

  it("takes gaps in that show while it asks", async () => {
    const { healing, timers, asked } = ready(5);
    healing.soon(["room1"], 0);
    await timers.pass(5);
    healing.soon(["room3"]);
    await timers.pass(300);
    expect(asked).toEqual([{ room1: 2 }, { room3: 4 }]);
    expect(healing.isDone).toBe(true);
  });

  it("asks for a room whole from the beginning", async () => {
    const { healing, timers, asked } = ready(2);
    healing.anew("room1");
    await timers.pass(300);
    expect(asked).toEqual([{ room1: 0 }]);
  });

  it("forgets rooms that nobody wants to hear", async () => {
    const { healing, timers, asked } = ready(1);
    healing.soon(["elsewhere"]);
    await timers.pass(300);
    expect(asked).toEqual([]);
    expect(healing.isDone).toBe(true);
  });

  it("tries again a few times, then gives the connection up", async () => {
    const { healing, timers, asked, state } = ready(1);
    state.isAnswering = false;
    void healing.all();
    await timers.pass(60_000);
    expect(asked).toHaveLength(4);
    expect(state.gaveUp).toBe(1);
  });

  it("is well again once the server answers", async () => {
    const { healing, timers, state, took } = ready(1);
    state.isAnswering = false;
    void healing.all();
    await timers.pass(500);
    expect(healing.isDone).toBe(false);
    state.isAnswering = true;
    await timers.pass(5_000);
    expect(took).toEqual(["room0"]);
    expect(healing.isDone).toBe(true);
  });

  it("drops what another connection asked for", async () => {
    const { healing, timers, took } = ready(1);
    void healing.all();
    healing.stop();
    await timers.pass(1_000);
    expect(took).toEqual([]);
  });
});
