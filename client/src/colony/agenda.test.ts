import { describe, expect, it } from "vitest";
import type { FleetOrder, QueuedOrder } from "../sync/empire";
import { NO_EMPIRE } from "../sync/empire";
import { agenda } from "./agenda";
import { specimenColony, specimenEmpire, specimenFleet } from "./empire.fixture";

const queue: QueuedOrder[] = [
  {
    kind: "building",
    order: "o1",
    building: "mine",
    level: 2,
    paid: {},
    started_ms: 0,
    complete_ms: 300,
  },
  {
    kind: "training",
    order: "o2",
    unit: "scout",
    count: 3,
    paid: {},
    started_ms: 0,
    complete_ms: 100,
    pending: true,
  },
];
const project = {
  project: "p1",
  technology: "sensors",
  level: 1,
  colony: "home",
  started_ms: 0,
  complete_ms: 200,
};

function order(kind: string): FleetOrder {
  return { order: "f1", kind, points: [], target: null, source: "", cargo: {} };
}

const path = [
  { x: 0, y: 0, at_ms: 10 },
  { x: 5, y: 5, at_ms: 150 },
];

describe("agenda", () => {
  it("puts queues, research and arrivals into one order of time", () => {
    const empire = specimenEmpire([specimenColony({ queue })], {
      research: { projects: [project] },
      fleets: { eyes: specimenFleet({ path, order: order("move") }) },
    });
    expect(agenda(empire, 20).map((one) => [one.kind, one.name, one.at_ms])).toEqual([
      ["training", "scout", 100],
      ["arrival", "move", 150],
      ["research", "sensors", 200],
      ["building", "mine", 300],
    ]);
  });

  it("tells what is not confirmed yet", () => {
    const empire = specimenEmpire([specimenColony({ queue })]);
    expect(agenda(empire, 0).map((one) => one.pending)).toEqual([true, false]);
  });

  it("has no arrival for who is there, or goes round and round", () => {
    const fleets = {
      there: specimenFleet({ id: "there", path }),
      round: specimenFleet({ id: "round", path, order: order("patrol") }),
    };
    expect(agenda(specimenEmpire([], { fleets }), 150)).toEqual([]);
    expect(agenda(specimenEmpire([], { fleets }), 20)).toHaveLength(1);
  });

  it("tells when a shield and an occupation end", () => {
    const colony = specimenColony({ occupier: "foe", occupied_until_ms: 70 });
    const player = { ...NO_EMPIRE.player, shield_until_ms: 60 };
    const found = agenda(specimenEmpire([colony], { player }), 10);
    expect(found.map((one) => [one.kind, one.at_ms])).toEqual([
      ["shield", 60],
      ["occupation", 70],
    ]);
  });
});
