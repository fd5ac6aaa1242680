/**
 * Reckon how long ways take, to the millisecond as the server does: in integers, every
 * leg rounded up. What comes out is a prediction: the server's answer corrects it.
 */

import type { Point, Waypoint } from "../sync/empire";

const MILLI = 1000;
const SECOND_MS = 1000n;

/** What a fleet's speed is made of. */
export interface Pace {
  /** Units a second of the slowest ship. */
  speed: number;
  /** What research adds, in percent. */
  research_percent: number;
  /** What the weather where it sets out makes of it, in percent. */
  weather_percent: number;
}

/** Give the speed in milli-units a second. */
export function speedMilli(pace: Pace): number {
  const percent = (100 + pace.research_percent) * pace.weather_percent;
  return Math.floor((pace.speed * MILLI * percent) / 10_000);
}

/** Give the least whole time, in ms, in which a speed (milli-units a second) gets there. */
export function legMs(from: Point, to: Point, speed_milli: number): number {
  const [dx, dy] = [milliOf(to.x) - milliOf(from.x), milliOf(to.y) - milliOf(from.y)];
  const squared = dx * dx + dy * dy;
  if (squared === 0n) return 0;
  if (speed_milli <= 0) return Number.POSITIVE_INFINITY;
  const scaled = isqrt(squared * SECOND_MS * SECOND_MS - 1n) + 1n;
  const speed = BigInt(speed_milli);
  return Number((scaled + speed - 1n) / speed);
}

/** Give when a fleet is where on a way through points, from the first. */
export function courseThrough(
  points: readonly Point[],
  speed_milli: number,
  depart_ms: number,
): readonly Waypoint[] {
  const path: Waypoint[] = [];
  let at_ms = depart_ms;
  let before: Point | undefined;
  for (const point of points) {
    if (before !== undefined) at_ms += legMs(before, point, speed_milli);
    path.push({ x: point.x, y: point.y, at_ms });
    before = point;
  }
  return path;
}

function milliOf(units: number): bigint {
  return BigInt(Math.round(units * MILLI));
}

/** Give the whole root, rounded down: the float's root is off by a few at most. */
function isqrt(value: bigint): bigint {
  let root = BigInt(Math.floor(Math.sqrt(Number(value))));
  while (root * root > value) root -= 1n;
  while ((root + 1n) * (root + 1n) <= value) root += 1n;
  return root;
}
