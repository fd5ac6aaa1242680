import { describe, expect, it } from "vitest";
import type { BuildingOrder } from "../sync/empire";
import { missingPlace, missingRequirements, missingResources } from "./missing";
import type { Stock } from "./stock";

const HOUR_MS = 3_600_000;
const NOW_MS = 1_000_000;

const stock: Stock = {
  amounts: { minerals: 100, energy: 50, rare_elements: 0, population: 10 },
  rates_per_hour: { minerals: 3600, energy: 1800, rare_elements: 0, population: 60 },
  capacity: { minerals: 1000, energy: 1000, rare_elements: 500, population: 200 },
  at_ms: NOW_MS,
  until_ms: NOW_MS + 2 * HOUR_MS,
};

function order(building: string, level: number, complete_ms: number): BuildingOrder {
  const times = { paid: {}, started_ms: NOW_MS, complete_ms };
  return { kind: "building", order: `${building}${level}`, building, level, ...times };
}

describe("missingResources", () => {
  it("names nothing that can be paid", () => {
    expect(missingResources(stock, { minerals: 100, energy: 50 }, NOW_MS)).toEqual([]);
  });

  it("says how much is short, and when it is there", () => {
    expect(missingResources(stock, { minerals: 160, energy: 20 }, NOW_MS)).toEqual([
      {
        kind: "resource",
        name: "minerals",
        short: 60,
        ready_ms: NOW_MS + 60_000,
        never: null,
      },
    ]);
  });

  it.each([
    ["minerals", 1001, "storage"],
    ["rare_elements", 5, "no_income"],
    ["population", 190, "asleep"],
  ])("says why %s never reach %i", (name, units, never) => {
    const [found] = missingResources(stock, { [name]: units }, NOW_MS);
    expect(found).toMatchObject({ ready_ms: null, never });
  });
});

describe("missingRequirements", () => {
  const has = {
    buildings: { mine: 1 },
    technologies: { ballistics: 2 },
    queue: [order("power_plant", 1, 5), order("power_plant", 2, 9)],
    projects: [{ technology: "armor_plating", level: 1, complete_ms: 70 }],
  };

  it("names nothing that stands and is known", () => {
    const needs = { buildings: { mine: 1 }, technologies: { ballistics: 1 } };
    expect(missingRequirements(needs, has)).toEqual([]);
  });

  it("says when an ordered level stands, not an earlier one", () => {
    const needs = { buildings: { power_plant: 2 }, technologies: {} };
    expect(missingRequirements(needs, has)).toEqual([
      { kind: "building", name: "power_plant", need: 2, have: 0, ready_ms: 9 },
    ]);
  });

  it("knows research under way, and levels nobody ordered", () => {
    const needs = { buildings: {}, technologies: { armor_plating: 1, deflectors: 1 } };
    expect(missingRequirements(needs, has)).toEqual([
      { kind: "technology", name: "armor_plating", need: 1, have: 0, ready_ms: 70 },
      { kind: "technology", name: "deflectors", need: 1, have: 0, ready_ms: null },
    ]);
  });
});

describe("missingPlace", () => {
  it("has a place until the line is full", () => {
    expect(missingPlace([order("mine", 1, 5)], 2)).toEqual([]);
  });

  it("says when the first order is done", () => {
    const line = [order("mine", 1, 5), order("mine", 2, 9)];
    expect(missingPlace(line, 2)).toEqual([{ kind: "queue_full", free_ms: 5 }]);
  });
});
