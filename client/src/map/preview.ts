/**
 * Foresee a course before it is ordered: its way, how long it takes, when it ends, and
 * what the server would refuse. The server's answer corrects it.
 */

import { courseThrough } from "../fleets/travel";
import type { Fleet, Point, Waypoint } from "../sync/empire";
import { placeRefusal } from "./offers";
import { distance } from "./places";
import { isArmed, ownSectors, placeOf, type Realm, speedFrom } from "./realm";
import type { Pathfinder } from "./render/types";

/** Find a way as the server does. */
export type FindWay = Pathfinder["find"];

/** A course that isn't ordered yet. */
export interface Preview {
  fleet: string;
  /** The way with its times; when it sets out is unknown where it has to wait. */
  path: readonly Waypoint[];
  /** In units. */
  length: number;
  travel_ms: number;
  /** Server time; `null` where the order has to wait for others. */
  arrive_ms: number | null;
  /** Code of what speaks against it. */
  refusal?: string;
}

/** What is foreseen: a way through points, at once or after what waits. */
export interface Wish {
  points: readonly Point[];
  isQueued: boolean;
  isPatrol?: boolean;
}

/** Foresee a fleet's course through points. */
export async function preview(
  fleet: Fleet,
  wish: Wish,
  realm: Realm,
  find: FindWay,
): Promise<Preview> {
  const from = startOf(fleet, wish.isQueued, realm);
  const legs = await wayThrough([from.at, ...wish.points], fleet, realm, find);
  const speed = speedFrom(fleet, from.at, realm);
  const corners = legs ?? [from.at, ...wish.points];
  const path = courseThrough(corners, speed, from.depart_ms ?? realm.now_ms);
  const travel_ms = (path.at(-1)?.at_ms ?? 0) - (path[0]?.at_ms ?? 0);
  const refusal =
    refusalOf(fleet, wish, realm) ??
    (legs === null ? "path_blocked" : undefined) ??
    tooLong(travel_ms, realm) ??
    (wish.isPatrol ? await loopRefusal(fleet, wish.points, realm, find) : undefined);
  return {
    fleet: fleet.id,
    path,
    length: lengthOf(corners),
    travel_ms,
    arrive_ms: from.depart_ms === null ? null : from.depart_ms + travel_ms,
    ...(refusal === undefined ? {} : { refusal }),
  };
}

/** Say where a fleet would set out, and when, unless it has to wait for more than that. */
export function startOf(
  fleet: Fleet,
  isQueued: boolean,
  realm: Realm,
): { at: Point; depart_ms: number | null } {
  const here = { at: placeOf(fleet, realm), depart_ms: realm.now_ms };
  if (!isQueued) return here;
  const waiting = fleet.queue.at(-1);
  if (waiting !== undefined) {
    return { at: waiting.points.at(-1) ?? here.at, depart_ms: null };
  }
  const end = fleet.path.at(-1);
  return end === undefined ? here : { at: end, depart_ms: end.at_ms };
}

/** Measure a way, in units. */
export function lengthOf(points: readonly Point[]): number {
  return points.reduce((sum, point, index) => {
    const before = points[index - 1];
    return before === undefined ? sum : sum + distance(before, point);
  }, 0);
}

async function wayThrough(
  points: readonly Point[],
  fleet: Fleet,
  realm: Realm,
  find: FindWay,
): Promise<Point[] | null> {
  const options = { warships: isArmed(fleet, realm), opened: [...ownSectors(realm)] };
  const way: Point[] = [];
  let from: Point | undefined;
  for (const to of points) {
    const leg = from === undefined ? [to] : await find(from, to, options);
    if (leg === null) return null;
    way.push(...leg.slice(from === undefined ? 0 : 1));
    from = to;
  }
  return way;
}

function refusalOf(
  fleet: Fleet,
  { points, isQueued }: Wish,
  realm: Realm,
): string | undefined {
  const { orders_max } = realm.rules.fleets;
  if (fleet.battle) return "in_battle";
  if (isQueued && fleet.queue.length >= orders_max) return "queue_full";
  return points
    .map((point) => placeRefusal(fleet, point, realm))
    .find((code) => code !== undefined);
}

function tooLong(travel_ms: number, { rules }: Realm): string | undefined {
  return travel_ms > rules.fleets.travel_max_ms ? "out_of_range" : undefined;
}

/** A patrol's loop is checked as if the fleet stood at its end. */
async function loopRefusal(
  fleet: Fleet,
  points: readonly Point[],
  realm: Realm,
  find: FindWay,
): Promise<string | undefined> {
  const last = points.at(-1);
  if (last === undefined) return undefined;
  const loop = await wayThrough([last, ...points], fleet, realm, find);
  if (loop === null) return "path_blocked";
  const path = courseThrough(loop, speedFrom(fleet, last, realm), 0);
  const loop_ms = path.at(-1)?.at_ms ?? 0;
  if (loop_ms < realm.rules.fleets.patrol.loop_min_ms) return "too_short";
  return tooLong(loop_ms, realm);
}
