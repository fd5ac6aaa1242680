import { describe, expect, test } from "vitest";
import { RULES } from "../map/realm.fixture";
import {
  countOf,
  hasWarships,
  leadOf,
  onlyPresent,
  powerOf,
  together,
  without,
} from "./ships";
import { courseThrough, legMs, speedMilli } from "./travel";

describe("ships together", () => {
  test("fly as slow as the slowest and see as far as the best", () => {
    expect(
      powerOf({ fighter: 2, scout: 1, freighter: 0 }, RULES.colonies.units),
    ).toEqual({ speed: 10, range: 200, sensor: 600, cargo: 25, upkeep: 11 });
  });

  test("have no power where there are none", () => {
    const none = { speed: 0, range: 0, sensor: 0, cargo: 0, upkeep: 0 };
    expect(powerOf({ fighter: 0 }, RULES.colonies.units)).toEqual(none);
  });

  test("are armed as soon as one of them is", () => {
    const peaceful = RULES.fleets.peaceful_units;
    expect(hasWarships({ scout: 1, fighter: 0 }, peaceful)).toBe(false);
    expect(hasWarships({ scout: 1, fighter: 1 }, peaceful)).toBe(true);
  });

  test("are neither lost nor made by parting and joining", () => {
    const all = { scout: 3, fighter: 2 };
    const some = { scout: 1, fighter: 2 };
    const rest = without(all, some);
    expect(rest).toEqual({ scout: 2 });
    expect(countOf(rest) + countOf(some)).toBe(countOf(all));
    expect(together(rest, some)).toEqual(all);
    expect(onlyPresent({ scout: 0, fighter: 2 })).toEqual({ fighter: 2 });
  });
});

test("a fleet is drawn as what it has most of", () => {
  expect(leadOf({ scout: 1, fighter: 5 })).toBe("fighter");
  expect(leadOf({ scout: 5, fighter: 5 })).toBe("fighter");
  expect(leadOf({})).toBe("");
});

describe("travel", () => {
  test("takes the least whole time, rounded up", () => {
    expect(legMs({ x: 0, y: 0 }, { x: 3, y: 4 }, 1000)).toBe(5000);
    expect(legMs({ x: 0, y: 0 }, { x: 1, y: 1 }, 1000)).toBe(1415);
    expect(legMs({ x: 0, y: 0 }, { x: 0, y: 0 }, 1000)).toBe(0);
    expect(legMs({ x: 0, y: 0 }, { x: 10_000, y: 10_000 }, 7)).toBe(2_020_305_090);
  });

  test("never ends for what doesn't move", () => {
    expect(legMs({ x: 0, y: 0 }, { x: 1, y: 0 }, 0)).toBe(Number.POSITIVE_INFINITY);
  });

  test("goes at the pace that research and weather allow, rounded down", () => {
    expect(speedMilli({ speed: 7, research_percent: 15, weather_percent: 90 })).toBe(
      7245,
    );
    expect(speedMilli({ speed: 3, research_percent: 33, weather_percent: 77 })).toBe(
      3072,
    );
  });

  test("adds up legs, each rounded up", () => {
    const points = [
      { x: 0, y: 0 },
      { x: 1, y: 1 },
      { x: 2, y: 2 },
    ];
    expect(courseThrough(points, 1000, 100).map(({ at_ms }) => at_ms)).toEqual([
      100, 1515, 2930,
    ]);
  });
});
