import { describe, expect, it } from "vitest";
import { specimenColony } from "../colony/empire.fixture";
import type { Project } from "../sync/empire";
import { NO_EMPIRE } from "../sync/empire";
import type { Rules } from "../sync/rules";
import { labPlaces, opens, projectsAt, stateOf, technologyOffer } from "./offer";

const double = { times: 2, by: 1, factor: "" };

function technology(technologies: Record<string, number> = {}, lab = 1) {
  return {
    branch: "economy",
    cost: { minerals: 40 },
    time_ms: 10_000,
    level_max: 3,
    effects: {},
    requires: { buildings: { research_lab: lab }, technologies },
  };
}

const rules = {
  colonies: { buildings: { research_lab: { effects: { research_speed: 25 } } } },
  research: {
    technologies: { drills: technology(), refining: technology({ drills: 2 }, 2) },
    growth: { cost: double, time: double },
    projects_per_lab_max: 2,
  },
} as unknown as Rules;

function project(id: string, technology: string, complete_ms: number): Project {
  const place = { technology, level: 1, colony: "home" };
  return { project: id, ...place, started_ms: 0, complete_ms };
}

function buyer(
  technologies: Record<string, number>,
  projects: readonly Project[] = [],
  research_lab = 1,
) {
  const player = { ...NO_EMPIRE.player, technologies };
  const colony = specimenColony({ buildings: { research_lab } });
  return { rules, colony, empire: { player, research: { projects } } };
}

function kindsOf(offer: { missing: readonly { kind: string }[] }): string[] {
  return offer.missing.map(({ kind }) => kind);
}

describe("technologyOffer", () => {
  it("offers the next level at the lab's pace", () => {
    const offer = technologyOffer(buyer({ drills: 1 }), "drills", 0);
    expect(offer).toEqual({
      amount: 2,
      cost: { minerals: 80 },
      lasts_ms: 16_000,
      missing: [],
    });
  });

  it("names the lab and the technologies that are missing", () => {
    const offer = technologyOffer(buyer({ drills: 1 }), "refining", 0);
    expect(kindsOf(offer)).toEqual(["building", "technology"]);
  });

  it("waits for a place in the lab, and says until when", () => {
    const offer = technologyOffer(
      buyer({}, [project("p", "refining", 70)]),
      "drills",
      0,
    );
    expect(offer.missing).toEqual([{ kind: "queue_full", free_ms: 70 }]);
  });

  it("doesn't run twice, nor beyond the highest level", () => {
    const running = buyer({}, [project("p", "drills", 70)], 2);
    expect(kindsOf(technologyOffer(running, "drills", 0))).toEqual(["in_progress"]);
    const known = buyer({ drills: 3 });
    expect(kindsOf(technologyOffer(known, "drills", 0))).toEqual(["level_max"]);
  });
});

describe("the lab", () => {
  it("has as many places as levels, up to the most", () => {
    expect(labPlaces(rules, specimenColony())).toBe(0);
    const big = specimenColony({ buildings: { research_lab: 7 } });
    expect(labPlaces(rules, big)).toBe(2);
  });

  it("shows its own projects, the next to end first", () => {
    const far = { ...project("far", "drills", 1), colony: "away" };
    const own = [project("late", "drills", 90), project("soon", "refining", 20)];
    const names = projectsAt(specimenColony(), [far, ...own]).map((one) => one.project);
    expect(names).toEqual(["soon", "late"]);
  });
});

describe("stateOf", () => {
  const offer = (kinds: readonly string[]) =>
    ({ missing: kinds.map((kind) => ({ kind })) }) as never;

  it.each([
    [[], "available"],
    [["resource"], "short"],
    [["queue_full", "resource"], "busy"],
    [["technology", "queue_full"], "missing"],
    [["level_max"], "max"],
  ])("of %j is %s", (kinds, state) => {
    expect(stateOf(offer(kinds), undefined)).toBe(state);
  });

  it("tells what runs from what is not confirmed", () => {
    expect(stateOf(offer([]), {})).toBe("progress");
    expect(stateOf(offer([]), { pending: true })).toBe("pending");
  });
});

it("names what a technology opens", () => {
  expect(opens(rules, "drills")).toEqual([{ technology: "refining", level: 2 }]);
  expect(opens(rules, "refining")).toEqual([]);
});
