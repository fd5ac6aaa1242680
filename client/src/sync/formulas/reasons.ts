/** Say why an order would be refused, as the server will, before it is given. */
import { amountsAt } from "../apply.mjs";
import type { Amounts, Colony, Counts, Empire } from "../empire";
import type { Refusal } from "../refusal";
import type { Requirements, Rules } from "../rules";
import { buildingCost, lineOf, nextLevel, technologyCost, unitCost } from "./orders";
import { shortOf } from "./stock";

/** Name the levels that are missing, each with the level that is needed. */
export function missingOf(
  requires: Requirements,
  buildings: Counts,
  technologies: Counts,
): { buildings: Record<string, number>; technologies: Record<string, number> } {
  return {
    buildings: below(requires.buildings, buildings),
    technologies: below(requires.technologies, technologies),
  };
}

function below(needed: Counts, levels: Counts): Record<string, number> {
  const missing = Object.entries(needed).filter(
    ([name, level]) => (levels[name] ?? 0) < level,
  );
  return Object.fromEntries(missing);
}

/** Say why the next level of a building can't be ordered now; null where it can. */
export function whyNotBuild(
  rules: Rules,
  empire: Empire,
  colony: Colony,
  building: string,
  now_ms: number,
): Refusal | null {
  const { buildings, queue_max, growth } = rules.colonies;
  const table = buildings[building];
  if (table === undefined) return because("invalid");
  const level = nextLevel(colony, building);
  if (lineOf(colony, "building").length >= queue_max) {
    return because("queue_full", { queue_max });
  }
  if (level > growth.level_max) {
    return because("level_max", { level_max: growth.level_max });
  }
  const cost = buildingCost(rules, building, level);
  return unmet(table.requires, colony, empire) ?? unpaid(colony, cost, now_ms);
}

/** Say why units can't be ordered now; null where they can. */
export function whyNotTrain(
  rules: Rules,
  empire: Empire,
  colony: Colony,
  unit: string,
  count: number,
  now_ms: number,
): Refusal | null {
  const { units, queue_max } = rules.colonies;
  const table = units[unit];
  if (table === undefined) return because("invalid");
  if (lineOf(colony, "training").length >= queue_max) {
    return because("queue_full", { queue_max });
  }
  const cost = unitCost(rules, unit, count);
  return unmet(table.requires, colony, empire) ?? unpaid(colony, cost, now_ms);
}

/** Say why a technology can't be researched at a colony now; null where it can. */
export function whyNotResearch(
  rules: Rules,
  empire: Empire,
  colony: Colony,
  technology: string,
  now_ms: number,
): Refusal | null {
  const { technologies, projects_per_lab_max } = rules.research;
  const table = technologies[technology];
  if (table === undefined) return because("invalid");
  const { projects } = empire.research;
  if (projects.some((one) => one.technology === technology)) {
    return because("in_progress");
  }
  const level = (empire.player.technologies[technology] ?? 0) + 1;
  if (level > table.level_max)
    return because("level_max", { level_max: table.level_max });
  const missing = unmet(table.requires, colony, empire);
  if (missing !== null) return missing;
  const running = projects.filter((one) => one.colony === colony.id).length;
  const allowed = Math.min(colony.buildings.research_lab ?? 0, projects_per_lab_max);
  if (running >= allowed) return because("queue_full", { queue_max: allowed });
  return unpaid(colony, technologyCost(rules, technology, level), now_ms);
}

/** Name what stands or is ordered in a colony and can't be without a building. */
export function neededBy(rules: Rules, colony: Colony, building: string): string[] {
  const { buildings, units } = rules.colonies;
  const constructions = lineOf(colony, "building").map((one) => one.building);
  const standing = new Set([...Object.keys(colony.buildings), ...constructions]);
  const training = new Set(lineOf(colony, "training").map((one) => one.unit));
  const needs = (requires: Requirements | undefined) =>
    building in (requires?.buildings ?? {});
  return [
    ...[...standing].filter((name) => needs(buildings[name]?.requires)),
    ...[...training].filter((name) => needs(units[name]?.requires)),
  ].sort();
}

function unmet(requires: Requirements, colony: Colony, empire: Empire): Refusal | null {
  const missing = missingOf(requires, colony.buildings, empire.player.technologies);
  const isMet = [missing.buildings, missing.technologies].every(
    (levels) => Object.keys(levels).length === 0,
  );
  return isMet ? null : because("requirements_missing", { missing });
}

function unpaid(colony: Colony, cost: Amounts, now_ms: number): Refusal | null {
  const short = shortOf(amountsAt(colony.resources, now_ms), cost);
  if (Object.keys(short).length === 0) return null;
  return because("not_enough_resources", { short });
}

function because(code: string, details: object = {}): Refusal {
  return { code, message: "", ...details };
}
