/** Say what is meant by a place on the map, or by a key. */

import { positionAt } from "../sync/course";
import type { Point } from "../sync/empire";
import type { Target } from "./offers";
import { keyOf, type Thing, type Things } from "./things";
import type { GalaxyChart } from "./views";

/** Give where a thing is now; one that isn't seen any more, where it was seen last. */
export function whereIs(thing: Thing, now_ms: number): Point {
  if (thing.kind !== "fleet") return { x: thing.x, y: thing.y };
  const fleet = thing.own ?? thing.seen;
  return fleet === undefined ? thing : positionAt(fleet, thing.seen_ms ?? now_ms);
}

/** Give the target that a key names, where it is now. */
export function targetOf(
  key: string,
  things: Things,
  chart: GalaxyChart | null,
  now_ms: number,
): Target | null {
  const thing = things.get(key);
  if (thing !== undefined) return { kind: "thing", thing, at: whereIs(thing, now_ms) };
  const planet = planetOf(key, chart);
  if (planet === null) return null;
  const isTaken = things.has(keyOf("colony", planet.id));
  return { kind: "planet", id: planet.id, at: planet, isTaken };
}

/** A planet, read from the chart's columns. */
export interface Planet extends Point {
  id: string;
  type: string;
  region: string;
}

/** Give the planet that a key names. */
export function planetOf(key: string, chart: GalaxyChart | null): Planet | null {
  if (chart === null || !key.startsWith("planet:")) return null;
  const index = indexOf(chart).get(key.slice("planet:".length));
  if (index === undefined) return null;
  const { id, x, y, type, region, types, regions } = chart.planets;
  return {
    id: id[index] ?? "",
    x: x[index] ?? 0,
    y: y[index] ?? 0,
    type: types[type[index] ?? 0] ?? "",
    region: regions[region[index] ?? 0] ?? "",
  };
}

const indexes = new WeakMap<GalaxyChart, Map<string, number>>();

function indexOf(chart: GalaxyChart): Map<string, number> {
  const known = indexes.get(chart);
  if (known !== undefined) return known;
  const made = new Map(chart.planets.id.map((id, index) => [id, index] as const));
  indexes.set(chart, made);
  return made;
}
