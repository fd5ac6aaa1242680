import { describe, expect, it } from "vitest";
import { columns, KEPT_MS, SAMPLES_MAX, type Sample, sampled } from "./history";
import { specimenColony } from "./specimens";

const resources = specimenColony().resources;
const MINUTE_MS = 60_000;

describe("sampled", () => {
  it("takes a sample now and then, not at each look", () => {
    const once = sampled([], resources, 0);
    expect(once).toHaveLength(1);
    expect(sampled(once, resources, 29_999)).toBe(once);
    expect(sampled(once, resources, 30_000)).toHaveLength(2);
  });

  it("keeps an hour and no more", () => {
    let history: readonly Sample[] = [];
    for (let at = 0; at <= 3 * KEPT_MS; at += 30_000) {
      history = sampled(history, resources, at);
    }
    expect(history).toHaveLength(SAMPLES_MAX);
    expect(history[0]?.at_ms).toBe(2 * KEPT_MS);
  });
});

describe("columns", () => {
  const now_ms = 60 * MINUTE_MS;
  const made = columns([], resources, now_ms);

  it("knows the past exactly since the stock last changed", () => {
    expect(made.times_s[0]).toBe(0);
    expect(made.past.minerals?.[0]).toBe(10);
    expect(made.past.minerals?.[1]).toBe(22);
    expect(made.past.minerals?.[2]).toBeNull();
  });

  it("goes on from now to full, and stays there", () => {
    expect(made.forecast.minerals?.[0]).toBeNull();
    expect(made.forecast.minerals?.[1]).toBe(22);
    expect(made.forecast.minerals?.at(-1)).toBe(100);
    expect(made.times_s).toContain((7.5 * 60 * MINUTE_MS) / 1000);
  });

  it("keeps what doesn't grow level", () => {
    expect(new Set(made.forecast.rare_elements?.slice(1))).toEqual(new Set([2]));
  });

  it("has times that only rise, with a value or a gap for each", () => {
    const history = [0, 10, 20].map((minutes) => ({
      at_ms: minutes * MINUTE_MS,
      amounts: resources.amounts,
      capacity: resources.capacity,
    }));
    const later = { ...resources, at_ms: 15 * MINUTE_MS };
    const { times_s, past, forecast } = columns(history, later, now_ms);
    expect([...times_s].sort((a, b) => a - b)).toEqual(times_s);
    expect(new Set(times_s).size).toBe(times_s.length);
    expect(past.energy).toHaveLength(times_s.length);
    expect(forecast.energy).toHaveLength(times_s.length);
  });
});
