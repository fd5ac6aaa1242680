import { describe, expect, it } from "vitest";
import type { BuildingOrder, TrainingOrder } from "../sync/empire";
import {
  beginsAt,
  constructions,
  freeAt,
  laterLevels,
  nextLevel,
  refundOf,
  trainings,
} from "./line";

function built(building: string, level: number, complete_ms = 100): BuildingOrder {
  const order = `${building}.${level}`;
  const times = { paid: {}, started_ms: 0, complete_ms };
  return { kind: "building", order, building, level, ...times };
}

const training: TrainingOrder = {
  kind: "training",
  order: "t",
  unit: "scout",
  count: 2,
  paid: {},
  started_ms: 0,
  complete_ms: 50,
};

describe("line", () => {
  const queue = [built("mine", 3, 100), built("mine", 4, 200), training];

  it("keeps construction and training apart", () => {
    expect(trainings(queue)).toEqual([training]);
    expect(constructions(queue)).toHaveLength(2);
  });

  it("orders the level after what stands and what is ordered", () => {
    expect(nextLevel({ mine: 2 }, queue, "mine")).toBe(5);
    expect(nextLevel({}, queue, "habitat")).toBe(1);
  });

  it("begins after the last order, never in the past", () => {
    expect(beginsAt(constructions(queue), 150)).toBe(200);
    expect(beginsAt(constructions(queue), 250)).toBe(250);
    expect(beginsAt([], 7)).toBe(7);
  });

  it("has a place again once enough orders are done", () => {
    const line = constructions(queue);
    expect(freeAt(line, 3)).toBeNull();
    expect(freeAt(line, 2)).toBe(100);
    expect(freeAt(line, 1)).toBe(200);
  });

  it("names later levels of the same building", () => {
    expect(laterLevels(queue, built("mine", 3, 100))).toEqual([queue[1]]);
    expect(laterLevels(queue, training)).toEqual([]);
  });
});

describe("refundOf", () => {
  it("rounds down to thousandths, as the server does", () => {
    expect(refundOf({ minerals: 60, energy: 0.001 }, 80)).toEqual({
      minerals: 48,
      energy: 0,
    });
    expect(refundOf({ minerals: 1234.567 }, 80)).toEqual({ minerals: 987.653 });
  });
});
