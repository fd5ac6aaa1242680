/** Hold what orders are judged by: the empire, the rules, the galaxy, the weather. */

import type { Units } from "../fleets/ships";
import { hasWarships } from "../fleets/ships";
import { speedMilli } from "../fleets/travel";
import { positionAt } from "../sync/course";
import type { Empire, Fleet, Point } from "../sync/empire";
import { regionAt, sectorAt } from "./places";
import type { GalaxyChart } from "./views";

/** What the map reads of the rules. */
export interface Rulebook {
  galaxy: {
    side: number;
    sector: number;
    regions: Readonly<Record<string, { reach: number }>>;
  };
  colonies: {
    units: Units;
    buildings: Readonly<Record<string, { effects: Readonly<Record<string, number>> }>>;
  };
  fleets: {
    fleets_max: number;
    orders_max: number;
    travel_max_ms: number;
    via_max: number;
    merge_reach: number;
    patrol: { points_min: number; points_max: number; loop_min_ms: number };
    peaceful_units: readonly string[];
  };
  combat: { joins_within: number; debris: { salvaged_within: number } };
}

/** Weather of one region. */
export interface Weather {
  name: string;
  sensor_percent: number;
  speed_percent: number;
  until_ms: number;
}

/** What orders are judged by. */
export interface Realm {
  empire: Empire;
  rules: Rulebook;
  chart: Pick<GalaxyChart, "hazards" | "protected">;
  /** Region -> weather; empty until it is known. */
  weather: Readonly<Record<string, Weather>>;
  now_ms: number;
}

/** Give where a fleet is now. */
export function placeOf(fleet: Fleet, { now_ms }: Realm): Point {
  return positionAt(fleet, now_ms);
}

/** Tell whether a fleet is made to attack. */
export function isArmed(fleet: Fleet, { rules }: Realm): boolean {
  return hasWarships(fleet.ships, rules.fleets.peaceful_units);
}

/** Give the speed with which a fleet would set out from a place, in milli-units a second. */
export function speedFrom(fleet: Fleet, from: Point, realm: Realm): number {
  return speedMilli({
    speed: fleet.speed,
    research_percent: modifier(realm, "speed"),
    weather_percent: weatherAt(from, realm)?.speed_percent ?? 100,
  });
}

/** Give a fleet's weapon range under its owner's research, in units. */
export function weaponRange(fleet: Fleet, realm: Realm): number {
  return (fleet.range * (100 + modifier(realm, "range"))) / 100;
}

/** Give how far a fleet sees from a place in the weather there, in units. */
export function sensorRange(fleet: Fleet, from: Point, realm: Realm): number {
  return (fleet.sensor * (weatherAt(from, realm)?.sensor_percent ?? 100)) / 100;
}

/** Give how many units of goods a fleet carries at most, and how many fit in still. */
export function holdOf(fleet: Fleet, realm: Realm): { capacity: number; room: number } {
  const capacity = (fleet.cargo_capacity * (100 + modifier(realm, "cargo"))) / 100;
  const held = Object.values(fleet.cargo).reduce((sum, units) => sum + units, 0);
  return { capacity, room: Math.max(0, capacity - held) };
}

/** Give the weather of a place, where it is known. */
export function weatherAt(
  place: Point,
  { rules, weather }: Realm,
): Weather | undefined {
  return weather[regionAt(place, rules.galaxy)];
}

/** Name the sectors of own colonies: protection doesn't close these. */
export function ownSectors({ empire, rules }: Realm): readonly string[] {
  const sectors = Object.values(empire.colonies).map((colony) =>
    sectorAt(colony, rules.galaxy.sector),
  );
  return [...new Set(sectors)];
}

/** Give what research adds to something, mostly in percent. */
export function modifier({ empire }: Realm, name: string): number {
  return empire.player.modifiers[name] ?? 0;
}
