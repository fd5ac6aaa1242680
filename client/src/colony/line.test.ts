import { describe, expect, it } from "vitest";
import type { BuildingOrder, TrainingOrder } from "../sync/empire";
import { constructions, freeAt, laterLevels } from "./line";

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

  it("has a place again once enough orders are done", () => {
    const line = constructions(queue);
    expect(freeAt(line, 3)).toBeNull();
    expect(freeAt(line, 2)).toBe(100);
    expect(freeAt(line, 1)).toBe(200);
  });

  it("names later levels of the same building", () => {
    expect(laterLevels(queue, built("mine", 3))).toEqual([queue[1]]);
    expect(laterLevels(queue, training)).toEqual([]);
  });
});
