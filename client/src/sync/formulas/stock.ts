/** Say how fast a colony's stock grows, how far, and what it holds when. */
import { amountsAt } from "../apply.mjs";
import type { Amounts, Colony, Counts, Resources } from "../empire";
import type { Rules } from "../rules";
import { divided, each, grown, milliOf, unitsOf } from "./whole";

const HOUR_MS = 3_600_000;
/** What slows down where energy is short. */
const POWERED = ["minerals", "rare_elements"];
const POWER_PER_MILLE_MIN = 100;
const HOUSED = "population";

/** What a colony's production follows from. */
export type Site = Pick<
  Colony,
  "region" | "planet_type" | "buildings" | "units" | "away" | "occupier"
>;

/** Hold how fast a stock grows, in units an hour, and up to what. */
export interface Production {
  readonly rates_per_hour: Amounts;
  readonly capacity: Amounts;
  /** Energy made and drawn an hour; what is missing slows mines and refineries. */
  readonly made: number;
  readonly drawn: number;
}

/** Compute rates and capacities of a colony under its owner's modifiers. */
export function production(rules: Rules, site: Site, modifiers: Counts): Production {
  const { storage } = rules.colonies.base;
  const capacity = each(storage, (_base, name) =>
    unitsOf(capacityMilli(rules, site, modifiers, name)),
  );
  const idle = each(storage, () => 0);
  if (site.occupier) return { rates_per_hour: idle, capacity, made: 0, drawn: 0 };
  const made = each(storage, (_base, name) => madeMilli(rules, site, modifiers, name));
  const drawn = drawnMilli(rules, site, modifiers);
  const energy = made.energy ?? 0;
  const power = powerPerMille(energy, drawn);
  const slowed = (milli: number, name: string) =>
    POWERED.includes(name) ? divided(milli * power, 1_000) : milli;
  const rates = { ...each(made, slowed), energy: Math.max(0, energy - drawn) };
  return {
    rates_per_hour: each(rates, unitsOf),
    capacity,
    made: unitsOf(energy),
    drawn: unitsOf(drawn),
  };
}

/** Give an hourly figure of a table at a level, in milli-units. */
export function hourlyMilli(rules: Rules, base: number, level: number): number {
  if (level === 0) return 0;
  return grown(milliOf(base) * level, rules.colonies.growth.output, level - 1);
}

function madeMilli(
  rules: Rules,
  site: Site,
  modifiers: Counts,
  resource: string,
): number {
  const { buildings, base } = rules.colonies;
  const standing = Object.entries(site.buildings).map(([name, level]) =>
    hourlyMilli(rules, buildings[name]?.output_per_hour[resource] ?? 0, level),
  );
  const landed = milliOf(base.output_per_hour[resource] ?? 0);
  const whole = standing.reduce((sum, one) => sum + one, landed);
  const place = placePerMyriad(rules, site.region, site.planet_type, resource);
  const research = 100 + (modifiers[`${resource}_rate`] ?? 0);
  return divided(whole * place * research, 1_000_000);
}

/** Give what region and planet make of a resource's production, in 1/10,000. */
export function placePerMyriad(
  rules: Rules,
  region: string,
  planet_type: string,
  resource: string,
): number {
  const { regions, planet_types } = rules.galaxy;
  const of_region = regions[region]?.production_percent[resource] ?? 100;
  return of_region * (planet_types[planet_type]?.production_percent[resource] ?? 100);
}

function drawnMilli(rules: Rules, site: Site, modifiers: Counts): number {
  const standing = Object.entries(site.buildings).map(([name, level]) =>
    hourlyMilli(rules, rules.colonies.buildings[name]?.draw_per_hour ?? 0, level),
  );
  const fed = upkeepMilli(rules, site.units) + upkeepMilli(rules, site.away);
  const upkeep = divided(fed * (100 + (modifiers.upkeep ?? 0)), 100);
  return standing.reduce((sum, one) => sum + one, upkeep);
}

function upkeepMilli(rules: Rules, units: Counts): number {
  const { units: table } = rules.colonies;
  const each_one = Object.entries(units).map(
    ([name, count]) => (table[name]?.upkeep ?? 0) * count,
  );
  return milliOf(each_one.reduce((sum, one) => sum + one, 0));
}

function powerPerMille(made: number, drawn: number): number {
  if (made >= drawn) return 1_000;
  return Math.max(POWER_PER_MILLE_MIN, divided(made * 1_000, drawn));
}

function capacityMilli(
  rules: Rules,
  site: Site,
  modifiers: Counts,
  resource: string,
): number {
  const isHoused = resource === HOUSED;
  const level = site.buildings[isHoused ? "habitat" : "warehouse"] ?? 0;
  const base = milliOf(rules.colonies.base.storage[resource] ?? 0);
  const held = grown(base, rules.colonies.growth.storage, level);
  return divided(
    held * (100 + (modifiers[isHoused ? "housing" : "storage"] ?? 0)),
    100,
  );
}

/** Give a stock as it is at a moment, growing on from there. */
export function stockAt(resources: Resources, now_ms: number): Resources {
  const at_ms = Math.max(now_ms, resources.at_ms);
  return { ...resources, amounts: amountsAt(resources, at_ms), at_ms };
}

/** Give a stock at a moment after something was paid (or, negative, came in). */
export function paidFrom(
  resources: Resources,
  cost: Amounts,
  now_ms: number,
): Resources {
  const settled = stockAt(resources, now_ms);
  const amounts = each(settled.amounts, (held, name) =>
    Math.max(0, unitsOf(milliOf(held) - milliOf(cost[name] ?? 0))),
  );
  return { ...settled, amounts };
}

/** Give what is missing of a cost, by resource in units; empty where it can be paid. */
export function shortOf(held: Amounts, cost: Amounts): Record<string, number> {
  const short = Object.entries(cost).map(
    ([name, units]) =>
      [name, unitsOf(milliOf(units) - milliOf(held[name] ?? 0))] as const,
  );
  return Object.fromEntries(short.filter(([, units]) => units > 0));
}

/**
 * Tell when a stock holds a price, in server ms; null where it never will: it is more
 * than fits, or than what grows until the colony sleeps.
 */
export function payableAt(
  resources: Resources,
  cost: Amounts,
  now_ms: number,
): number | null {
  const held = amountsAt(resources, now_ms);
  let when_ms = now_ms;
  for (const [name, short] of Object.entries(shortOf(held, cost))) {
    const rate = resources.rates_per_hour[name] ?? 0;
    const fits = (cost[name] ?? 0) <= (resources.capacity[name] ?? 0);
    if (rate <= 0 || !fits) return null;
    when_ms = Math.max(when_ms, now_ms + Math.ceil((short / rate) * HOUR_MS));
  }
  return when_ms > resources.until_ms && when_ms > now_ms ? null : when_ms;
}
