import { describe, expect, it } from "vitest";
import { columns } from "./chartColumns";
import { specimenColony } from "./empire.fixture";

const resources = specimenColony().resources;
const MINUTE_MS = 60_000;

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
