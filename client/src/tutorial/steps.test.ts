import { describe, expect, it } from "vitest";
import { type Colony, type Empire, type Fleet, NO_EMPIRE } from "../sync";
import { read } from "./progress";
import { currentStep, readyAt, STEPS, shownDone } from "./steps";
import { stateOf } from "./useSkirmish";

const colony = {
  id: "c",
  founded_ms: 0,
  x: 10,
  y: 20,
  buildings: {},
  queue: [],
  units: {},
} as unknown as Colony;

const fleet = { id: "f", x: 5.4, y: 6, path: [], order: null } as unknown as Fleet;

function empire(about: Partial<Colony>, more: Partial<Empire> = {}): Empire {
  return { ...NO_EMPIRE, colonies: { c: { ...colony, ...about } }, ...more };
}

function building(name: string, complete_ms = 9) {
  return { kind: "building", building: name, complete_ms } as Colony["queue"][number];
}

function idOf(state: Empire, done: readonly string[] = []) {
  return currentStep(state, done)?.id;
}

describe("the first steps", () => {
  it("begin with a welcome, and go on once it was seen", () => {
    expect(idOf(empire({}))).toBe("welcome");
    expect(idOf(empire({}), ["welcome"])).toBe("mine");
  });

  it("take an order that stands in line for done", () => {
    const ordered = empire({ queue: [building("mine")] });
    expect(idOf(ordered, ["welcome"])).toBe("power_plant");
  });

  it("skip what the empire has already", () => {
    const grown = empire({
      buildings: { mine: 4, power_plant: 3, shipyard: 1, research_lab: 1 },
      units: { scout: 1 },
    });
    expect(idOf(grown)).toBe("map");
    expect(idOf(grown, ["map"])).toBe("launch");
  });

  it("remember what was lost since", () => {
    const lost = empire({}, { fleets: {} });
    const done = STEPS.map(({ id }) => id).filter((id) => id !== "skirmish");
    expect(idOf(lost, done)).toBe("skirmish");
  });

  it("end with the skirmish", () => {
    const done = STEPS.map(({ id }) => id);
    expect(currentStep(empire({}), done)).toBeUndefined();
    expect(STEPS.at(-1)?.id).toBe("skirmish");
  });

  it("take a fleet under way for moved", () => {
    const path = [{ x: 0, y: 0, at_ms: 0 }];
    const flying = empire({}, { fleets: { f: { ...fleet, path } } });
    expect(shownDone(flying)).toEqual(["map", "train", "launch", "move"]);
  });

  it("lead to the colony, the fleet on the map, and the research", () => {
    const state = empire({}, { fleets: { f: fleet } });
    const leads = Object.fromEntries(STEPS.map((one) => [one.id, one.leads(state)]));
    expect(leads.mine).toBe("/colonies/c#buildings");
    expect(leads.train).toBe("/colonies/c#training");
    expect(leads.move).toBe("/map?x=5&y=6&z=1&fleet=f");
    expect(leads.research).toBe("/research");
  });
});

describe("a step that has to wait", () => {
  const step = (id: string) => STEPS.find((one) => one.id === id) as (typeof STEPS)[0];

  it("tells when what it needs will stand", () => {
    const queue = [building("mine", 5), building("power_plant", 8)];
    expect(readyAt(step("shipyard"), empire({ queue }))).toBe(8);
  });

  it("waits for nothing that stands or isn't ordered", () => {
    const buildings = { mine: 1, power_plant: 1 };
    expect(readyAt(step("shipyard"), empire({ buildings }))).toBeNull();
    expect(readyAt(step("shipyard"), empire({}))).toBeNull();
  });

  it("waits for the first ships before the launch", () => {
    const queue = [{ kind: "training", complete_ms: 7 }] as unknown as Colony["queue"];
    expect(readyAt(step("launch"), empire({ queue }))).toBe(7);
    expect(readyAt(step("launch"), empire({ queue, units: { scout: 1 } }))).toBeNull();
  });
});

describe("a skirmish", () => {
  it("is won on the player's side only", () => {
    expect(stateOf("", undefined)).toBe("none");
    expect(stateOf("b", undefined)).toBe("none");
    expect(stateOf("b", { winner: null })).toBe("fights");
    expect(stateOf("b", { winner: 0 })).toBe("won");
    expect(stateOf("b", { winner: 1 })).toBe("lost");
  });
});

describe("what was stored of the steps", () => {
  it.each([null, 7, "x", { done: 3 }, { done: [1, {}] }])("may be %j", (kept) => {
    expect(read(kept)).toEqual({ done: [], isHidden: false, isFolded: false });
  });

  it("is taken where it makes sense", () => {
    const kept = { done: ["mine"], isHidden: true, isFolded: "yes" };
    expect(read(kept)).toEqual({ done: ["mine"], isHidden: true, isFolded: false });
  });
});
