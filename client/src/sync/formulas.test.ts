import { describe, expect, it } from "vitest";
import vectors from "../../../tests/vectors/formulas.json";
import { amountsAt } from "./apply.mjs";
import { placeAt, positionAt } from "./course";
import type { Amounts, Colony, Counts, Resources } from "./empire";
import { NO_EMPIRE } from "./empire";
import {
  buildingCost,
  buildingMs,
  cargoOf,
  colonySensor,
  courseThrough,
  hasWarships,
  missingOf,
  movedUp,
  neededBy,
  payableAt,
  powerOf,
  production,
  refundOf,
  sensorOf,
  shortOf,
  speedMilli,
  technologyCost,
  technologyMs,
  unitCost,
  unitMs,
  whyNotBuild,
  whyNotResearch,
  whyNotTrain,
} from "./formulas";
import type { Rules } from "./rules";
import { colonyOf } from "./testing/specimens";

const rules = vectors.rules as unknown as Rules;
/** What the server carries over beyond a milli-unit is not on the wire. */
const MILLI = 0.001_000_001;

function isNear(found: Amounts, wanted: Amounts): void {
  expect(Object.keys(found).sort()).toEqual(Object.keys(wanted).sort());
  for (const [name, units] of Object.entries(wanted)) {
    expect(Math.abs((found[name] ?? 0) - units)).toBeLessThanOrEqual(MILLI);
  }
}

describe("what the server's own functions give", () => {
  it("is what buildings cost and take", () => {
    for (const { building, level, cost, ms } of vectors.buildings) {
      expect(buildingCost(rules, building, level)).toEqual(cost);
      for (const [speed, lasts_ms] of Object.entries(ms)) {
        expect(buildingMs(rules, building, level, Number(speed))).toBe(lasts_ms);
      }
    }
  });

  it("is what units cost and take", () => {
    for (const { unit, count, cost, ms } of vectors.units) {
      expect(unitCost(rules, unit, count)).toEqual(cost);
      for (const [speed, lasts_ms] of Object.entries(ms)) {
        expect(unitMs(rules, unit, count, Number(speed))).toBe(lasts_ms);
      }
    }
  });

  it("is what technologies cost and take", () => {
    for (const { technology, level, cost, ms } of vectors.technologies) {
      expect(technologyCost(rules, technology, level)).toEqual(cost);
      for (const [speed, lasts_ms] of Object.entries(ms)) {
        expect(technologyMs(rules, technology, level, Number(speed))).toBe(lasts_ms);
      }
    }
  });

  it("is what colonies produce and store", () => {
    for (const { site, modifiers, rates_per_hour, capacity } of vectors.productions) {
      const made = production(rules, site as unknown as Colony, modifiers);
      expect(made.rates_per_hour).toEqual(rates_per_hour);
      expect(made.capacity).toEqual(capacity);
    }
  });

  it("is what a stock holds later", () => {
    for (const { resources, now_ms, amounts } of vectors.stocks) {
      isNear(amountsAt(resources as Resources, now_ms), amounts);
    }
  });

  it("is what comes back of a price", () => {
    for (const { paid, back } of vectors.refunds) {
      expect(refundOf(rules, paid)).toEqual(back);
    }
  });

  it("is what ships can do together", () => {
    for (const one of vectors.ships) {
      const [ships, modifiers] = [one.ships as unknown as Counts, one.modifiers];
      const { speed, range, upkeep } = powerOf(rules, ships);
      expect([speed, range, upkeep]).toEqual([one.speed, one.range, one.upkeep]);
      expect(speedMilli(rules, ships, modifiers, one.weather_percent)).toBe(
        one.speed_milli,
      );
      expect(sensorOf(rules, ships, modifiers)).toBe(one.sensor);
      expect(cargoOf(rules, ships, modifiers)).toBe(one.cargo);
      expect(hasWarships(rules, ships)).toBe(one.has_warships);
    }
  });

  it("is how far colonies see", () => {
    for (const { buildings, modifiers, sensor } of vectors.colony_sensors) {
      const levels = buildings as unknown as Counts;
      expect(colonySensor(rules, levels, modifiers)).toBe(sensor);
    }
  });

  it("is when fleets are where", () => {
    for (const { points, speed_milli, depart_ms, path, places } of vectors.courses) {
      const course = courseThrough(points, speed_milli, depart_ms);
      expect(course).toEqual(path);
      for (const { at_ms, x, y } of places) {
        const placed = { x: 0, y: 0, path: course };
        expect(placeAt(placed, at_ms)).toEqual({ x, y });
        const found = positionAt(placed, at_ms);
        expect(Math.hypot(found.x - x, found.y - y)).toBeLessThan(0.002);
      }
    }
  });
});

describe("reasons", () => {
  const colony = colonyOf({ buildings: { mine: 1, power_plant: 1 } });
  const empire = { ...NO_EMPIRE, colonies: { home: colony } };
  const code = (refusal: { code: string } | null) => refusal?.code ?? null;

  it("tell what a building lacks, as the server would", () => {
    expect(whyNotBuild(rules, empire, colony, "mine", 0)).toBeNull();
    expect(whyNotBuild(rules, empire, colony, "fabricator", 0)).toMatchObject({
      code: "requirements_missing",
      missing: {
        buildings: { research_lab: 2, refinery: 1 },
        technologies: { automation: 1 },
      },
    });
    const poor = colonyOf({ amounts: { minerals: 10, energy: 100 } });
    expect(whyNotBuild(rules, empire, poor, "mine", 0)).toMatchObject({
      code: "not_enough_resources",
      short: { minerals: 50 },
    });
    const high = colonyOf({ buildings: { mine: 30 } });
    expect(code(whyNotBuild(rules, empire, high, "mine", 0))).toBe("level_max");
    expect(code(whyNotBuild(rules, empire, colony, "palace", 0))).toBe("invalid");
  });

  it("tell that a line is full before they look at prices", () => {
    const order = { kind: "building", building: "mine", level: 1 } as const;
    const queue = Array.from({ length: 5 }, (_, at) => ({
      ...order,
      order: `${at}`,
      paid: {},
      started_ms: 0,
      complete_ms: 1,
    }));
    const busy = colonyOf({ queue, amounts: {} });
    expect(code(whyNotBuild(rules, empire, busy, "mine", 0))).toBe("queue_full");
    expect(code(whyNotTrain(rules, empire, busy, "scout", 1, 0))).toBe(
      "requirements_missing",
    );
  });

  it("tell what research lacks", () => {
    const lab = colonyOf({ buildings: { research_lab: 1 } });
    const start = (one: typeof lab, projects: readonly object[] = []) =>
      code(
        whyNotResearch(
          rules,
          { ...empire, research: { projects: projects as never } },
          one,
          "sensors",
          0,
        ),
      );
    expect(start(lab)).toBeNull();
    expect(start(colony)).toBe("requirements_missing");
    expect(start(lab, [{ technology: "sensors", colony: "home" }])).toBe("in_progress");
    expect(start(lab, [{ technology: "protocol", colony: "home" }])).toBe("queue_full");
  });

  it("name what needs a building", () => {
    const site = colonyOf({ buildings: { mine: 1, power_plant: 1, shipyard: 1 } });
    expect(neededBy(rules, site, "mine")).toEqual(["shipyard"]);
    expect(neededBy(rules, site, "shipyard")).toEqual([]);
  });

  it("list only levels that are missing", () => {
    const requires = {
      buildings: { mine: 2, habitat: 1 },
      technologies: { sensors: 1 },
    };
    expect(missingOf(requires, { mine: 2 }, { sensors: 3 })).toEqual({
      buildings: { habitat: 1 },
      technologies: {},
    });
  });
});

describe("payable at", () => {
  const resources = colonyOf({ amounts: { minerals: 0 } }).resources;

  it("is when what is short has grown", () => {
    expect(shortOf({ minerals: 40 }, { minerals: 100, energy: 0 })).toEqual({
      minerals: 60,
    });
    expect(payableAt(resources, { minerals: 3_600 }, 0)).toBe(3_600_000);
    expect(payableAt(resources, {}, 5)).toBe(5);
  });

  it("is never where it doesn't fit, doesn't grow, or the colony sleeps before", () => {
    expect(payableAt(resources, { minerals: 10_001 }, 0)).toBeNull();
    expect(payableAt(resources, { rare_elements: 1 }, 0)).toBeNull();
    const sleepy = { ...resources, until_ms: 10 };
    expect(payableAt(sleepy, { minerals: 100 }, 0)).toBeNull();
  });
});

describe("a line", () => {
  it("moves up behind an order that is cancelled", () => {
    const line = ["a", "b", "c"].map((order, at) => ({
      order,
      started_ms: at * 100,
      complete_ms: at * 100 + 100,
    }));
    expect(movedUp(line, "a", 30)).toEqual([
      { order: "b", started_ms: 30, complete_ms: 130 },
      { order: "c", started_ms: 130, complete_ms: 230 },
    ]);
    expect(movedUp(line, "b", 30)[1]).toEqual({
      order: "c",
      started_ms: 100,
      complete_ms: 200,
    });
    expect(movedUp(line, "x", 30)).toBe(line);
  });
});
