import { describe, expect, it } from "vitest";
import type { Rules } from "../sync/rules";
import { effectsAt, steps } from "./effects";

const growth = { times: 11, by: 10, factor: "" };

function building(changes: object) {
  const requires = { buildings: {}, technologies: {} };
  const nothing = { cost: {}, time_ms: 0, output_per_hour: {}, draw_per_hour: 0 };
  return { ...nothing, effects: {}, requires, ...changes };
}

const rules = {
  galaxy: {
    regions: { rim: { production_percent: { minerals: 130 } } },
    planet_types: { ice: { production_percent: { minerals: 50 } } },
  },
  colonies: {
    buildings: {
      mine: building({ output_per_hour: { minerals: 1000 }, draw_per_hour: 100 }),
      warehouse: building({}),
      yard: building({ effects: { train_speed: 10 } }),
    },
    units: {},
    growth: {
      level_max: 30,
      output: growth,
      cost: growth,
      time: growth,
      storage: { times: 3, by: 2, factor: "" },
    },
    base: {
      output_per_hour: {},
      storage: { minerals: 1000, energy: 1000, rare_elements: 500, population: 200 },
    },
  },
} as unknown as Rules;

const where = { region: "rim", planet_type: "ice", modifiers: {} };

describe("effectsAt", () => {
  it("counts place and research into what is made", () => {
    const [made] = effectsAt(rules, "mine", 1, where);
    expect(made).toEqual({ kind: "output", name: "minerals", value: 650 });
    const modifiers = { minerals_rate: 20 };
    expect(effectsAt(rules, "mine", 2, { ...where, modifiers })[0]?.value).toBe(1716);
  });

  it("names the energy that is drawn last", () => {
    expect(effectsAt(rules, "mine", 2, where).at(-1)).toEqual({
      kind: "draw",
      name: "energy",
      value: 220,
    });
  });

  it("knows nothing of what the rules don't", () => {
    expect(effectsAt(rules, "palace", 1, where)).toEqual([]);
  });
});

describe("steps", () => {
  it("compares a level with the next, from nothing on", () => {
    expect(steps(rules, "yard", 0, where)).toEqual([
      { kind: "effect", name: "train_speed", value: 0, next: 10 },
    ]);
  });

  it("shows what the stores hold with research", () => {
    const modifiers = { storage: 10 };
    const [minerals] = steps(rules, "warehouse", 1, { ...where, modifiers });
    expect(minerals).toEqual({
      kind: "storage",
      name: "minerals",
      value: 1650,
      next: 2475,
    });
  });
});
