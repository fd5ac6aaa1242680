import { describe, expect, it } from "vitest";
import { type Empire, NO_EMPIRE } from "./empire";
import { SAMPLES_MAX, sampled } from "./history";
import { newId } from "./ids";
import type { Ack } from "./refusal";
import { StockSync } from "./stockSync";
import { FakeTimers } from "./testing/fakeTimers";
import { colonyOf } from "./testing/specimens";

function empireOf(...ids: string[]): Empire {
  const colonies = ids.map((id) => [id, colonyOf({ id })]);
  return { ...NO_EMPIRE, colonies: Object.fromEntries(colonies) };
}

function ready() {
  const timers = new FakeTimers();
  const said: { colony: string; predicted: Record<string, number> }[] = [];
  const state = {
    isLive: true,
    isPending: false,
    empire: empireOf("home", "far"),
    truth: (held: number) => held,
    mended: 0,
  };
  const sync = new StockSync({
    now: () => timers.now(),
    serverNow: () => timers.now(),
    random: () => 0.5,
    newId: () => "id",
    isLive: () => state.isLive,
    isPending: () => state.isPending,
    empire: () => state.empire,
    request: (_name, data) => {
      const claim = data as (typeof said)[number];
      said.push(claim);
      return Promise.resolve(answer(claim.colony));
    },
    mend: () => state.mended++,
  });
  function answer(colony: string): Ack {
    const { resources } = state.empire.colonies[colony] ?? colonyOf();
    const hours = timers.now() / 3_600_000;
    const held = { minerals: state.truth(1_000 + hours * 3_600) };
    const result = { ...resources, amounts: held, at_ms: timers.now() };
    return { ok: true, id: null, at_ms: timers.now(), result };
  }
  const beats = async (seconds: number) => {
    for (let second = 0; second < seconds; second++) {
      await timers.pass(1_000);
      sync.beat();
    }
    await timers.pass(0);
  };
  return { state, said, sync, beats };
}

describe("comparing stocks", () => {
  it("claims whole units of every colony, about twice a minute", async () => {
    const { beats, said } = ready();
    await beats(80);
    const of = (colony: string) => said.filter((one) => one.colony === colony).length;
    expect([of("home"), of("far")]).toEqual([3, 3]);
    expect(said[0]?.predicted).toEqual({
      energy: 1_016,
      minerals: 1_016,
      rare_elements: 1_000,
      population: 1_000,
    });
  });

  it("is content where the truth is as shown", async () => {
    const { beats, state } = ready();
    await beats(120);
    expect(state.mended).toBe(0);
  });

  it("has the room shown anew where it isn't, at most once a minute", async () => {
    const { beats, state } = ready();
    state.truth = (held) => held - 50;
    await beats(110);
    expect(state.mended).toBe(2);
  });

  it("says nothing while it isn't sure, and judges nothing that is pending", async () => {
    const { beats, state, said } = ready();
    state.isLive = false;
    await beats(60);
    expect(said).toEqual([]);
    state.isLive = true;
    state.isPending = true;
    state.truth = () => 0;
    await beats(60);
    expect(state.mended).toBe(0);
  });
});

describe("the history", () => {
  it("takes a sample of each colony every half a minute, not too many", () => {
    let samples = {};
    for (let second = 0; second < 4 * 3_600; second += 1) {
      samples = sampled(samples, empireOf("home"), second * 1_000);
    }
    const kept = (samples as Record<string, { at_ms: number }[]>).home ?? [];
    expect(kept).toHaveLength(SAMPLES_MAX);
    expect((kept[1]?.at_ms ?? 0) - (kept[0]?.at_ms ?? 0)).toBe(30_000);
  });

  it("forgets colonies that are lost", () => {
    const samples = sampled({}, empireOf("home", "far"), 0);
    expect(Object.keys(sampled(samples, empireOf("far"), 1))).toEqual(["far"]);
  });
});

describe("ids", () => {
  it("are UUIDs, also where the browser makes none", () => {
    const form =
      /^[0-9a-f]{8}-[0-9a-f]{4}-4[0-9a-f]{3}-[89ab][0-9a-f]{3}-[0-9a-f]{12}$/;
    expect(newId()).toMatch(form);
    const { randomUUID } = crypto;
    Object.defineProperty(crypto, "randomUUID", {
      value: undefined,
      configurable: true,
    });
    const ids = new Set(Array.from({ length: 50 }, newId));
    Object.defineProperty(crypto, "randomUUID", { value: randomUUID });
    expect(ids.size).toBe(50);
    for (const id of ids) expect(id).toMatch(form);
  });
});
