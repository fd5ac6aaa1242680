import { describe, expect, it } from "vitest";
import type { BuildingOrder } from "../sync/empire";
import { NO_EMPIRE } from "../sync/empire";
import type { Rules } from "../sync/rules";
import { specimenColony } from "./empire.fixture";
import { buildingOffer, nextChange, unitOffer } from "./offers";

const double = { times: 2, by: 1, factor: "" };
const requires = { buildings: {}, technologies: {} };
const mine = {
  cost: { minerals: 60, energy: 20 },
  time_ms: 10_000,
  output_per_hour: {},
  draw_per_hour: 0,
  effects: {},
  requires,
};
const rules = {
  colonies: {
    buildings: {
      mine,
      shipyard: {
        ...mine,
        effects: { train_speed: 100 },
        requires: { buildings: { mine: 1 }, technologies: {} },
      },
    },
    units: {
      scout: {
        cost: { minerals: 30 },
        time_ms: 8000,
        requires: { buildings: { shipyard: 1 }, technologies: {} },
      },
    },
    growth: { level_max: 3, cost: double, time: double },
    queue_max: 2,
  },
} as unknown as Rules;

function order(building: string, level: number, complete_ms: number): BuildingOrder {
  const times = { paid: {}, started_ms: 0, complete_ms };
  return { kind: "building", order: `${building}${level}`, building, level, ...times };
}

function buyer(changes: object) {
  return { rules, empire: NO_EMPIRE, colony: specimenColony(changes) };
}

describe("buildingOffer", () => {
  it("offers the level after what is ordered, at its price", () => {
    const queue = [order("mine", 2, 50)];
    const offer = buildingOffer(buyer({ buildings: { mine: 1 }, queue }), "mine", 0);
    expect(offer.amount).toBe(3);
    expect(offer.cost).toEqual({ minerals: 240, energy: 80 });
    expect(offer.lasts_ms).toBe(40_000);
    expect(offer.missing.map((one) => one.kind)).toEqual(["resource"]);
  });

  it("ends at the highest level", () => {
    const offer = buildingOffer(buyer({ buildings: { mine: 3 } }), "mine", 0);
    expect(offer.missing).toEqual([{ kind: "level_max", level: 3 }]);
  });

  it("names a full queue, requirements and prices together", () => {
    const queue = [order("mine", 1, 50), order("mine", 2, 90)];
    const resources = { ...specimenColony().resources, amounts: {} };
    const offer = buildingOffer(buyer({ queue, resources }), "shipyard", 0);
    expect(offer.missing.map((one) => one.kind)).toEqual([
      "queue_full",
      "building",
      "resource",
      "resource",
    ]);
  });
});

describe("unitOffer", () => {
  it("trains faster with the shipyard's levels", () => {
    const offer = unitOffer(buyer({ buildings: { shipyard: 1 } }), "scout", 3, 0);
    expect(offer).toEqual({
      amount: 3,
      cost: { minerals: 90 },
      lasts_ms: 12_000,
      missing: [],
    });
  });
});

describe("nextChange", () => {
  it("is the earliest end that lies ahead", () => {
    const missing = [
      { kind: "queue_full", free_ms: 5 },
      { kind: "building", name: "mine", need: 1, have: 0, ready_ms: 30 },
      { kind: "building", name: "lab", need: 1, have: 0, ready_ms: null },
    ] as const;
    expect(nextChange(missing, 0)).toBe(5);
    expect(nextChange(missing, 5)).toBe(30);
    expect(nextChange(missing, 30)).toBeNull();
  });
});
