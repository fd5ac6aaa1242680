/** Say what is drawn over the map: courses, ranges, and where fleets will be. */

import { positionAt } from "../sync/course";
import type { Colony, Fleet, Point } from "../sync/empire";
import type { Plan } from "./mapStore";
import type { Preview } from "./preview";
import {
  modifier,
  placeOf,
  type Realm,
  sensorRange,
  weaponRange,
  weatherAt,
} from "./realm";
import type { CourseLine, Range } from "./render/types";
import type { Selection } from "./selection";
import type { Things } from "./things";

/** How far a colony sees without a sensor array, in units; the rules don't tell. */
const COLONY_SENSOR = 150;
/** Ranges are drawn around so many things at most. */
const RANGED_MAX = 8;

/** Give what is left of own courses, and patrols whole. */
export function ownCourses(fleets: readonly Fleet[], now_ms: number): CourseLine[] {
  return fleets.flatMap((fleet): CourseLine[] => {
    if (fleet.path.length < 2) return [];
    const stance = "own" as const;
    if (fleet.order?.kind === "patrol") {
      const { points } = fleet.order;
      return [{ id: fleet.id, points, stance, style: "patrol" }];
    }
    return [{ id: fleet.id, points: ahead(fleet, now_ms), stance, style: "course" }];
  });
}

/** Give the queued ways of fleets: from one order's end to the next. */
export function queuedCourses(fleets: readonly Fleet[]): CourseLine[] {
  return fleets.flatMap((fleet) => {
    const waiting = fleet.queue.flatMap(({ points }) => points);
    const start = fleet.path.at(-1) ?? fleet;
    if (waiting.length === 0) return [];
    const points = [start, ...waiting];
    return [{ id: `${fleet.id}+`, points, stance: "own", style: "preview" }];
  });
}

/** Give the courses that are foreseen, and the plan's own lines until they are. */
export function previewCourses(
  previews: readonly Preview[],
  plan: Plan | null,
): CourseLine[] {
  const isPatrol = plan?.kind === "patrol" && plan.points.length > 1;
  const lines = previews.map(({ fleet, path }): CourseLine => {
    return { id: `${fleet}?`, points: path, stance: "own", style: "preview" };
  });
  if (!isPatrol) return lines;
  const loop = { points: plan.points, stance: "own", style: "patrol" } as const;
  return [...lines, { id: "plan", ...loop }];
}

/** Give the path from where a fleet is now. */
export function ahead(fleet: Fleet, now_ms: number): Point[] {
  return [positionAt(fleet, now_ms), ...fleet.path.filter((one) => one.at_ms > now_ms)];
}

/** Give how far what is selected sees and shoots. */
export function rangesOf(selection: Selection, things: Things, realm: Realm): Range[] {
  const ranges: Range[] = [];
  for (const key of selection.slice(0, RANGED_MAX)) {
    const thing = things.get(key);
    if (thing?.kind === "fleet" && thing.own) {
      ranges.push(...fleetRanges(thing.own, realm));
    } else if (thing?.kind === "colony" && thing.own) {
      ranges.push(colonyRange(thing.own, realm));
    }
  }
  return ranges;
}

function fleetRanges(fleet: Fleet, realm: Realm): Range[] {
  const at = placeOf(fleet, realm);
  const weapon = weaponRange(fleet, realm);
  const sensor = sensorRange(fleet, at, realm);
  return [
    { ...at, radius: sensor, style: "sensor" },
    ...(weapon > 0 ? [{ ...at, radius: weapon, style: "weapon" as const }] : []),
  ];
}

function colonyRange(colony: Colony, realm: Realm): Range {
  const array = realm.rules.colonies.buildings.sensor_array;
  const each = array?.effects.sensor_range_units ?? 0;
  const units = COLONY_SENSOR + each * (colony.buildings.sensor_array ?? 0);
  const percent = 100 + modifier(realm, "sensor_range");
  const weather = weatherAt(colony, realm)?.sensor_percent ?? 100;
  const radius = (units * percent * weather) / 10_000;
  return { x: colony.x, y: colony.y, radius, style: "sensor" };
}
