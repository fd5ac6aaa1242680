import { describe, expect, it } from "vitest";
import type { Colony } from "../sync/empire";
import { attention } from "./attention";
import { specimenColony, specimenEmpire, specimenFleet } from "./empire.fixture";

function kindsOf(changes: Partial<Colony>, now_ms = 0): string[] {
  return attention(specimenEmpire([specimenColony(changes)]), now_ms).map(
    (one) => one.kind,
  );
}

const resources = specimenColony().resources;
const busy: Partial<Colony> = {
  queue: [
    {
      kind: "building",
      order: "o",
      building: "mine",
      level: 1,
      paid: {},
      started_ms: 0,
      complete_ms: 9,
    },
  ],
};

describe("attention", () => {
  it("leaves a busy colony alone", () => {
    expect(kindsOf(busy)).toEqual([]);
  });

  it("names what stands idle, but only where it stands", () => {
    expect(kindsOf({})).toEqual(["builder_idle"]);
    const buildings = { research_lab: 1, shipyard: 2 };
    expect(kindsOf({ ...busy, buildings })).toEqual(["lab_idle", "shipyard_idle"]);
  });

  it("leaves a lab alone whose project runs", () => {
    const project = { project: "p", technology: "sensors", level: 1, colony: "home" };
    const projects = [{ ...project, started_ms: 0, complete_ms: 9 }];
    const colony = specimenColony({ ...busy, buildings: { research_lab: 1 } });
    const empire = specimenEmpire([colony], { research: { projects } });
    expect(attention(empire, 0)).toEqual([]);
  });

  it("warns before a store is full, and when it is", () => {
    const hours = 3_600_000;
    expect(kindsOf(busy, 6.6 * hours)).toEqual([]);
    expect(kindsOf(busy, 6.7 * hours)).toEqual(["storage_nearly_full"]);
    expect(kindsOf(busy, 7.6 * hours)).toEqual(["storage_full"]);
  });

  it("does not warn of a store that doesn't grow", () => {
    const amounts = { ...resources.amounts, rare_elements: 480 };
    expect(kindsOf({ ...busy, resources: { ...resources, amounts } })).toEqual([]);
  });

  it("sees that ships and buildings draw all the energy", () => {
    const rates_per_hour = { ...resources.rates_per_hour, energy: 0 };
    const short = { ...busy, resources: { ...resources, rates_per_hour } };
    expect(kindsOf(short)).toEqual(["power_short"]);
    expect(kindsOf({ ...short, occupier: "foe" })).toEqual(["occupied"]);
  });

  it("puts danger first, wherever it is", () => {
    const colonies = [
      specimenColony(),
      specimenColony({ ...busy, id: "far", battle: "b1", blockades: ["f"] }),
    ];
    const fleets = { eyes: specimenFleet({ battle: "b2" }) };
    const found = attention(specimenEmpire(colonies, { fleets }), 0);
    expect(found.map((one) => [one.kind, one.href])).toEqual([
      ["under_attack", "/battles/b1"],
      ["blockaded", "/colonies/far"],
      ["fleet_fights", "/battles/b2"],
      ["builder_idle", "/colonies/home"],
    ]);
  });

  it("tells that a colony fell asleep", () => {
    expect(kindsOf(busy, resources.until_ms)).toContain("asleep");
  });
});
