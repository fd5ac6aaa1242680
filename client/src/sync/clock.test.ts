import { describe, expect, it } from "vitest";
import { Clock } from "./clock";
import { ClockSync } from "./clockSync";
import type { Ack } from "./refusal";
import { chance, FakeTimers } from "./testing/fakeTimers";

/** Make a clock whose server is `ahead_ms` before the local one. */
function ready(guess_ms = 0) {
  const local = { ms: 1_000 };
  const clock = new Clock(() => local.ms, guess_ms);
  const exchange = (ahead_ms: number, there_ms: number, back_ms: number) => {
    const sent_ms = local.ms;
    local.ms += there_ms;
    const server_ms = local.ms + ahead_ms;
    local.ms += back_ms;
    clock.learn(sent_ms, server_ms, local.ms);
  };
  const off = (ahead_ms: number) => clock.now() - (local.ms + ahead_ms);
  return { local, clock, exchange, off };
}

describe("the clock", () => {
  it("is right at once after the first exchange, forward or back", () => {
    for (const guess of [0, 1e9]) {
      const { exchange, off } = ready(guess);
      exchange(500_000, 20, 20);
      expect(off(500_000)).toBeCloseTo(0);
    }
  });

  it("trusts the exchange with the shortest way", () => {
    const { exchange, off, local } = ready();
    exchange(5_000, 5, 5);
    exchange(5_000, 400, 2);
    exchange(5_000, 2, 300);
    local.ms += 60_000;
    expect(Math.abs(off(5_000))).toBeLessThan(1);
  });

  it("slews small corrections, and never runs back", () => {
    const { exchange, clock, local, off } = ready();
    exchange(1_000, 10, 10);
    exchange(600, 1, 1);
    let before = clock.now();
    for (let step = 0; step < 400; step++) {
      local.ms += 50;
      const now = clock.now();
      expect(now - before).toBeGreaterThanOrEqual(47);
      expect(now - before).toBeLessThanOrEqual(53);
      before = now;
    }
    expect(Math.abs(off(600))).toBeLessThan(1);
  });

  it("leaps forward where it is far behind, as after sleep", () => {
    const { exchange, clock, off } = ready();
    exchange(0, 1, 1);
    clock.doubt();
    exchange(3_600_000, 30, 30);
    expect(off(3_600_000)).toBeCloseTo(0);
  });

  it("never runs back under any exchanges", () => {
    for (let seed = 1; seed < 20; seed++) {
      const random = chance(seed);
      const { exchange, clock, local } = ready();
      let before = 0;
      exchange(0, 1, 1);
      before = clock.now();
      for (let step = 0; step < 60; step++) {
        exchange((random() - 0.5) * 8_000, random() * 300, random() * 300);
        local.ms += random() * 5_000;
        expect(clock.now()).toBeGreaterThanOrEqual(before);
        before = clock.now();
      }
    }
  });

  it("knows its latency", () => {
    const { clock, exchange } = ready();
    expect(clock.latency_ms).toBeNull();
    exchange(0, 30, 40);
    exchange(0, 10, 15);
    expect(clock.latency_ms).toBe(25);
  });
});

describe("keeping the clock", () => {
  function kept() {
    const timers = new FakeTimers(1_000);
    const state = {
      asked: 0,
      unheard: 0,
      drift_ms: 0,
      isAnswering: true,
      isOpen: true,
    };
    const clock = new Clock(() => timers.now(), 0);
    const sync = new ClockSync({
      clock,
      now: () => timers.now(),
      wall: () => timers.now() + state.drift_ms,
      newId: () => "id",
      isOpen: () => state.isOpen,
      request: () => {
        state.asked++;
        return new Promise<Ack>((resolve) => timers.later(() => resolve(answer()), 8));
      },
      unheard: () => state.unheard++,
      learned: () => undefined,
    });
    function answer(): Ack {
      const head = { id: null, at_ms: 0 };
      if (state.isAnswering) {
        return { ...head, ok: true, result: { server_ms: timers.now() } };
      }
      return { ...head, ok: false, error: { code: "unavailable", message: "" } };
    }
    const beats = async (seconds: number) => {
      for (let second = 0; second < seconds; second++) {
        sync.beat();
        await timers.pass(1_000);
      }
    };
    return { state, sync, beats };
  }

  it("asks a few times at first, then every 20 s", async () => {
    const { state, sync, beats } = kept();
    sync.again();
    await beats(4);
    expect(state.asked).toBe(3);
    await beats(60);
    expect(state.asked).toBe(6);
  });

  it("asks anew after the machine slept", async () => {
    const { state, sync, beats } = kept();
    sync.again();
    await beats(10);
    state.drift_ms = 60_000;
    await beats(5);
    expect(state.asked).toBe(6);
  });

  it("notices that nobody answers", async () => {
    const { state, sync, beats } = kept();
    state.isAnswering = false;
    sync.again();
    await beats(2);
    expect(state.unheard).toBeGreaterThan(0);
    state.isOpen = false;
    const before = state.asked;
    await beats(60);
    expect(state.asked).toBe(before);
  });
});
