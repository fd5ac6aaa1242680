import type { Point, Waypoint } from "./empire";

const MILLI = 1_000;

/** Hold what moves along a path, or stands at a place while the path is empty. */
export interface Placed extends Point {
  readonly path?: readonly Waypoint[] | undefined;
}

/** Give the place on a path at a moment (server ms): its ends before and after it. */
export function along(path: readonly Waypoint[], now_ms: number): Point | undefined {
  const first = path[0];
  const last = path[path.length - 1];
  if (first === undefined || last === undefined) return undefined;
  if (now_ms <= first.at_ms) return { x: first.x, y: first.y };
  if (now_ms >= last.at_ms) return { x: last.x, y: last.y };
  const start = path[legAt(path, now_ms)] ?? first;
  const end = path[legAt(path, now_ms) + 1] ?? last;
  const part = (now_ms - start.at_ms) / (end.at_ms - start.at_ms);
  return {
    x: start.x + (end.x - start.x) * part,
    y: start.y + (end.y - start.y) * part,
  };
}

/** Find the index of the leg's start by halving: patrols have many legs. */
function legAt(path: readonly Waypoint[], now_ms: number): number {
  let low = 0;
  let high = path.length - 1;
  while (high - low > 1) {
    const middle = (low + high) >> 1;
    if ((path[middle]?.at_ms ?? 0) <= now_ms) low = middle;
    else high = middle;
  }
  return low;
}

/** Say where something is at a moment (server ms). */
export function positionAt(one: Placed, now_ms: number): Point {
  return along(one.path ?? [], now_ms) ?? { x: one.x, y: one.y };
}

/**
 * Say where something is at a moment, to the thousandth of a unit that the server has:
 * rounded down. For predictions; what is drawn moves smoothly by `positionAt`.
 */
export function placeAt(one: Placed, now_ms: number): Point {
  const path = one.path ?? [];
  const [start, end] = [path[legAt(path, now_ms)], path[legAt(path, now_ms) + 1]];
  if (start === undefined || end === undefined) return { x: one.x, y: one.y };
  const whole_ms = end.at_ms - start.at_ms;
  const passed_ms = Math.max(0, Math.min(whole_ms, now_ms - start.at_ms));
  if (whole_ms <= 0) return { x: end.x, y: end.y };
  const between = (from: number, to: number) => {
    const [low, high] = [Math.round(from * MILLI), Math.round(to * MILLI)];
    return (low + Math.floor(((high - low) * passed_ms) / whole_ms)) / MILLI;
  };
  return { x: between(start.x, end.x), y: between(start.y, end.y) };
}

/** Tell when a course ends, or undefined where there is none. */
export function arrivalOf(one: Placed): number | undefined {
  return one.path?.[one.path.length - 1]?.at_ms;
}
