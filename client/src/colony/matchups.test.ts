import { expect, it } from "vitest";
import type { UnitRules } from "../sync/rules";
import { strongAgainst, weakAgainst } from "./matchups";

const units = {
  fighter: { counters: { bomber: 150, scout: 130 } },
  interceptor: { counters: { fighter: 140, bomber: 160 } },
  bomber: { counters: {} },
  scout: { counters: {} },
} as unknown as Readonly<Record<string, UnitRules>>;

it("names what a unit beats, the easiest prey first", () => {
  expect(strongAgainst(units, "interceptor")).toEqual([
    { unit: "bomber", percent: 160 },
    { unit: "fighter", percent: 140 },
  ]);
  expect(strongAgainst(units, "scout")).toEqual([]);
});

it("names what beats a unit", () => {
  expect(weakAgainst(units, "bomber").map((one) => one.unit)).toEqual([
    "interceptor",
    "fighter",
  ]);
  expect(weakAgainst(units, "ghost")).toEqual([]);
});
