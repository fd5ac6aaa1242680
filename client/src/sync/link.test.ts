import { describe, expect, it } from "vitest";
import type { Ear } from "./dial";
import { Link, type Notice } from "./link";
import { FakeTimers, settled } from "./testing/fakeTimers";

interface Call {
  readonly token: string;
  readonly ear: Ear;
  readonly isCautious: boolean;
  readonly said: { name: string; answered: (ack: unknown) => void }[];
  isHungUp: boolean;
}

const WELCOME = {
  player_id: "me",
  galaxy: "1",
  instance: "web.1",
  server_ms: 0,
  rooms: {},
};

function ready() {
  const timers = new FakeTimers();
  const calls: Call[] = [];
  const heard = { ups: 0, downs: 0, notices: [] as Notice[], refusals: [] as string[] };
  const state = { token: "t" as string | null, isOffline: false, isWorthIt: false };
  const link = new Link(
    {
      dial: ({ token }, ear, isCautious) => {
        const call: Call = { token, ear, isCautious, said: [], isHungUp: false };
        calls.push(call);
        return {
          say: (name, _data, answered) => call.said.push({ name, answered }),
          hangUp: () => {
            call.isHungUp = true;
          },
        };
      },
      timers,
      random: () => 0.5,
      isOffline: () => state.isOffline,
      credentials: () => (state.token ? { token: state.token, galaxy: "1" } : null),
    },
    {
      up: () => heard.ups++,
      down: () => heard.downs++,
      told: () => undefined,
      noticed: (notice) => heard.notices.push(notice),
      refused: (code) => {
        heard.refusals.push(code);
        return Promise.resolve(state.isWorthIt);
      },
    },
  );
  const last = () => calls[calls.length - 1] as Call;
  return { timers, calls, heard, state, link, last };
}

describe("a link", () => {
  it("is open from the welcome on, not before", () => {
    const { link, last, heard } = ready();
    link.start();
    expect(link.isOpen).toBe(false);
    last().ear.told("welcome", WELCOME);
    expect(link.isOpen).toBe(true);
    expect(heard.ups).toBe(1);
    link.start();
    expect(heard.ups).toBe(1);
  });

  it("dials again after a break, later each time, with a bound", async () => {
    const { link, last, calls, timers } = ready();
    link.start();
    const waits: number[] = [];
    for (let turn = 0; turn < 12; turn++) {
      const before = calls.length;
      const since_ms = timers.now();
      last().ear.closed();
      while (calls.length === before) await timers.pass(10);
      waits.push(timers.now() - since_ms);
    }
    expect(waits[0]).toBeLessThan(500);
    expect(waits).toEqual([...waits].sort((a, b) => a - b));
    expect(Math.max(...waits)).toBeLessThanOrEqual(15_000);
  });

  it("dials anew where no welcome comes", async () => {
    const { link, calls, timers } = ready();
    link.start();
    await timers.pass(13_000);
    expect(calls).toHaveLength(2);
    expect(calls[0]?.isHungUp).toBe(true);
  });

  it("hears nothing of a connection that it hung up", async () => {
    const { link, calls, timers, heard } = ready();
    link.start();
    calls[0]?.ear.closed();
    await timers.pass(1_000);
    calls[0]?.ear.told("welcome", WELCOME);
    expect(heard.ups).toBe(0);
  });

  it("tells what is under way that there is no answer, once the line breaks", async () => {
    const { link, last, heard } = ready();
    link.start();
    last().ear.told("welcome", WELCOME);
    const ack = link.request("resume", {}, 9_000);
    last().ear.closed();
    expect(await ack).toMatchObject({ ok: false, error: { code: "unavailable" } });
    expect(heard.downs).toBe(1);
    expect(await link.request("resume", {}, 1)).toMatchObject({ ok: false });
  });

  it("has only so much patience for an answer, and takes the first", async () => {
    const { link, last, timers } = ready();
    link.start();
    last().ear.told("welcome", WELCOME);
    const slow = link.request("slow", {}, 100);
    const quick = link.request("quick", {}, 100);
    last().said[1]?.answered({ ok: true, result: { a: 1 } });
    await timers.pass(100);
    expect(await slow).toMatchObject({ ok: false });
    last().said[0]?.answered({ ok: true });
    expect(await quick).toMatchObject({ ok: true, result: { a: 1 } });
  });

  it("dials at once after a refusal that was mended, but not for ever", async () => {
    const { link, last, calls, state, heard } = ready();
    state.isWorthIt = true;
    link.start();
    last().ear.refused("unauthenticated", undefined);
    await settled();
    expect(calls).toHaveLength(2);
    last().ear.refused("unauthenticated", undefined);
    await settled();
    expect(calls).toHaveLength(2);
    expect(heard.refusals).toHaveLength(2);
  });

  it("waits as long as the server says, longer where it is crowded", async () => {
    const { link, last, calls, timers } = ready();
    link.start();
    last().ear.refused("unavailable", 3_000);
    await timers.pass(2_900);
    expect(calls).toHaveLength(1);
    await timers.pass(600);
    expect(calls).toHaveLength(2);
    last().ear.refused("too_many_connections", 1_000);
    await timers.pass(7_900);
    expect(calls).toHaveLength(2);
    await timers.pass(2_000);
    expect(calls).toHaveLength(3);
  });

  it("comes back quickly where the server said farewell", async () => {
    const { link, last, calls, timers, heard } = ready();
    link.start();
    last().ear.told("welcome", WELCOME);
    last().ear.told("notice", { code: "draining", message: "" });
    last().ear.closed();
    await timers.pass(600);
    expect(calls).toHaveLength(2);
    expect(heard.notices).toHaveLength(1);
  });

  it("dials seldom without a network, and at once when it is back", async () => {
    const { link, last, calls, timers, state } = ready();
    link.start();
    state.isOffline = true;
    last().ear.closed();
    await timers.pass(10_000);
    expect(calls).toHaveLength(1);
    link.nudge();
    expect(calls).toHaveLength(2);
    link.nudge();
    expect(calls).toHaveLength(2);
  });

  it("begins with polling every other time where WebSockets lead nowhere", async () => {
    const { link, last, calls, timers } = ready();
    link.start();
    for (let turn = 0; turn < 4; turn++) {
      last().ear.closed();
      await timers.pass(5_000);
    }
    const cautious = calls.map((one) => one.isCautious);
    expect(cautious).toEqual([false, false, true, false, true]);
    last().ear.told("welcome", WELCOME);
    last().ear.closed();
    await timers.pass(5_000);
    expect(last().isCautious).toBe(false);
  });

  it("is over once it is stopped", async () => {
    const { link, last, calls, timers } = ready();
    link.start();
    link.stop();
    expect(last().isHungUp).toBe(true);
    await timers.pass(60_000);
    link.nudge();
    expect(calls).toHaveLength(1);
  });
});
