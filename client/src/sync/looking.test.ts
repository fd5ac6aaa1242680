import { describe, expect, it } from "vitest";
import { Looking } from "./looking";
import type { Ack } from "./refusal";
import { FakeTimers } from "./testing/fakeTimers";

function ready() {
  const timers = new FakeTimers();
  const said: [string, unknown][] = [];
  const state = { isOpen: true, code: "", entered: 0, left: 0 };
  const looking = new Looking({
    timers,
    isOpen: () => state.isOpen,
    request: (name, data) => {
      const { id: _id, ...box } = data as { id: string };
      said.push([name, box]);
      return new Promise((resolve) => timers.later(() => resolve(answer()), 10));
    },
    entered: () => state.entered++,
    left: () => state.left++,
  });
  function answer(): Ack {
    const head = { id: null, at_ms: 5 };
    if (state.code) {
      return { ...head, ok: false, error: { code: state.code, message: "" } };
    }
    return { ...head, ok: true, result: { rooms: {}, left: ["sector:1:1"] } };
  }
  return { timers, said, state, looking };
}

const box = (x0: number) => ({ x0, y0: 0, x1: x0 + 100, y1: 100 });

describe("looking", () => {
  it("tells where the eye rests, not where it passes", async () => {
    const { looking, timers, said, state } = ready();
    for (let x = 0; x < 10; x++) {
      looking.set(box(x));
      await timers.pass(50);
    }
    expect(said).toEqual([]);
    await timers.pass(400);
    expect(said).toEqual([["view.set", box(9)]]);
    expect([state.entered, state.left]).toEqual([1, 1]);
  });

  it("says nothing twice, but all again to another connection", async () => {
    const { looking, timers, said } = ready();
    looking.set(box(1));
    await timers.pass(400);
    looking.set({ ...box(1) });
    await timers.pass(400);
    expect(said).toHaveLength(1);
    const again = looking.again();
    await timers.pass(50);
    await again;
    expect(said).toHaveLength(2);
  });

  it("clears the view, unless there was none", async () => {
    const { looking, timers, said } = ready();
    looking.set(null);
    await timers.pass(400);
    expect(said).toEqual([]);
    looking.set(box(1));
    await timers.pass(400);
    looking.set(null);
    await timers.pass(400);
    expect(said[1]).toEqual(["view.clear", {}]);
  });

  it("tells of a move that was made while it asked", async () => {
    const { looking, timers, said } = ready();
    looking.set(box(1));
    await timers.pass(251);
    looking.set(box(2));
    await timers.pass(600);
    expect(said.map(([, one]) => one)).toEqual([box(1), box(2)]);
  });

  it("waits for a connection, and tries again where it was refused", async () => {
    const { looking, timers, said, state } = ready();
    state.isOpen = false;
    looking.set(box(1));
    await timers.pass(1_000);
    expect(said).toEqual([]);
    state.isOpen = true;
    state.code = "rate_limited";
    const again = looking.again();
    await timers.pass(50);
    await again;
    state.code = "";
    await timers.pass(3_000);
    expect(said).toHaveLength(2);
    expect(state.entered).toBe(1);
  });

  it("does not repeat what the server calls invalid", async () => {
    const { looking, timers, said, state } = ready();
    state.code = "invalid";
    looking.set(box(1));
    await timers.pass(60_000);
    expect(said).toHaveLength(1);
  });
});
