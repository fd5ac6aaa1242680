/** Say what ships can do together, and when they are where. */
import type { Counts, Point, Waypoint } from "../empire";
import type { Rules } from "../rules";
import { divided, milliOf, unitsOf } from "./whole";

const SECOND_MS = 1_000n;
/** How far a colony sees without a sensor array, in units. */
const COLONY_SIGHT = 150;

/** Hold what ships are together, before research and weather. */
export interface Power {
  readonly speed: number;
  readonly range: number;
  readonly sensor: number;
  readonly cargo: number;
  readonly upkeep: number;
}

/** Sum up what ships are together: as fast as the slowest, as sharp as the best. */
export function powerOf(rules: Rules, ships: Counts): Power {
  const flying = Object.entries(ships).flatMap(([name, count]) => {
    const unit = rules.colonies.units[name];
    return unit === undefined || count <= 0 ? [] : [{ unit, count }];
  });
  const best = (stat: "range" | "sensor") =>
    Math.max(0, ...flying.map(({ unit }) => unit[stat]));
  const sum = (stat: "cargo" | "upkeep") =>
    flying.reduce((total, { unit, count }) => total + unit[stat] * count, 0);
  return {
    speed: flying.length === 0 ? 0 : Math.min(...flying.map(({ unit }) => unit.speed)),
    range: best("range"),
    sensor: best("sensor"),
    cargo: sum("cargo"),
    upkeep: sum("upkeep"),
  };
}

/** Tell whether any of them is made to attack. */
export function hasWarships(rules: Rules, ships: Counts): boolean {
  const peaceful = new Set(rules.fleets.peaceful_units);
  return Object.keys(ships).some((name) => !peaceful.has(name));
}

/** Give the speed of ships in milli-units a second, under research and weather. */
export function speedMilli(
  rules: Rules,
  ships: Counts,
  modifiers: Counts,
  weather_percent: number,
): number {
  const percent = 100 + (modifiers.speed ?? 0);
  const base = milliOf(powerOf(rules, ships).speed);
  return divided(base * percent * weather_percent, 10_000);
}

/** Give how far ships see before weather, in units. */
export function sensorOf(rules: Rules, ships: Counts, modifiers: Counts): number {
  const base = milliOf(powerOf(rules, ships).sensor);
  return unitsOf(divided(base * (100 + (modifiers.sensor_range ?? 0)), 100));
}

/** Give how far a colony sees before weather, in units. */
export function colonySensor(
  rules: Rules,
  buildings: Counts,
  modifiers: Counts,
): number {
  const arrays = Object.entries(buildings).map(
    ([name, level]) =>
      (rules.colonies.buildings[name]?.effects.sensor_range_units ?? 0) * level,
  );
  const base = milliOf(arrays.reduce((sum, one) => sum + one, COLONY_SIGHT));
  return unitsOf(divided(base * (100 + (modifiers.sensor_range ?? 0)), 100));
}

/** Give what ships carry, in units, under research. */
export function cargoOf(rules: Rules, ships: Counts, modifiers: Counts): number {
  const base = milliOf(powerOf(rules, ships).cargo);
  return unitsOf(divided(base * (100 + (modifiers.cargo ?? 0)), 100));
}

/** Give the least whole time in ms in which a speed (milli-units a second) gets there. */
export function legMs(from: Point, to: Point, speed_milli: number): number {
  const dx = BigInt(milliOf(to.x) - milliOf(from.x));
  const dy = BigInt(milliOf(to.y) - milliOf(from.y));
  const squared = dx * dx + dy * dy;
  if (squared === 0n) return 0;
  if (speed_milli <= 0) return Number.POSITIVE_INFINITY;
  const scaled = rootOf(squared * SECOND_MS ** 2n - 1n) + 1n;
  const speed = BigInt(speed_milli);
  return Number((scaled + speed - 1n) / speed);
}

/** Give a course through points, from the first, with the times of passing each. */
export function courseThrough(
  points: readonly Point[],
  speed_milli: number,
  depart_ms: number,
): readonly Waypoint[] {
  const [first, ...rest] = points;
  if (first === undefined) return [];
  const path: Waypoint[] = [{ x: first.x, y: first.y, at_ms: depart_ms }];
  let before = { x: first.x, y: first.y, at_ms: depart_ms };
  for (const point of rest) {
    const lasts_ms = legMs(before, point, speed_milli);
    before = { x: point.x, y: point.y, at_ms: before.at_ms + lasts_ms };
    if (lasts_ms > 0) path.push(before);
  }
  return path.length === 1 ? [...path, ...path] : path;
}

/** Give the whole root, rounded down: the float's root is off by a few at most. */
function rootOf(value: bigint): bigint {
  if (value < 2n) return value;
  let root = BigInt(Math.floor(Math.sqrt(Number(value))));
  while (root * root > value) root -= 1n;
  while ((root + 1n) * (root + 1n) <= value) root += 1n;
  return root;
}
