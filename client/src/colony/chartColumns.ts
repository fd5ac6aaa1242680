import { amountsAt } from "../sync/apply.mjs";
import type { Amounts, Resources } from "../sync/empire";
import type { Sample } from "../sync/history";
import { RESOURCES } from "./stock";

/** How far back the chart reaches. */
const KEPT_MS = 3_600_000;

/** What a colony holds at a moment. */
interface Point {
  readonly at_ms: number;
  readonly amounts: Amounts;
}

/** Columns of a chart: times in s, then for each resource past and forecast in %. */
export interface ChartColumns {
  readonly times_s: readonly number[];
  readonly past: Readonly<Record<string, readonly (number | null)[]>>;
  readonly forecast: Readonly<Record<string, readonly (number | null)[]>>;
}

const AHEAD_MIN_MS = 900_000;
const AHEAD_MAX_MS = 24 * 3_600_000;
const AHEAD_POINTS = 24;

/** Make the chart's columns: the samples of the last hour, now, and on to full. */
export function columns(
  history: readonly Sample[],
  resources: Resources,
  now_ms: number,
): ChartColumns {
  const before = past(history, resources, now_ms);
  const ahead = timesAhead(resources, now_ms);
  const all = [...before, ...[now_ms, ...ahead].map((at) => pointAt(resources, at))];
  const here = before.length;
  const column = (resource: string, shows: (index: number) => boolean) =>
    all.map((one, index) =>
      shows(index) ? percentOf(resources, one, resource) : null,
    );
  const each = (shows: (index: number) => boolean) =>
    Object.fromEntries(RESOURCES.map((one) => [one, column(one, shows)]));
  return {
    times_s: all.map((one) => one.at_ms / 1000),
    past: each((index) => index <= here),
    forecast: each((index) => index >= here),
  };
}

/** Give the samples before now; since the stock last changed it is known exactly. */
function past(
  history: readonly Sample[],
  resources: Resources,
  now_ms: number,
): Point[] {
  const since_ms = resources.at_ms;
  const known: Point[] = history.filter(
    (one) => one.at_ms < now_ms && now_ms - one.at_ms <= KEPT_MS,
  );
  if (since_ms >= now_ms || now_ms - since_ms > KEPT_MS) return known;
  if (known.some((one) => one.at_ms === since_ms)) return known;
  return [...known, pointAt(resources, since_ms)].sort((a, b) => a.at_ms - b.at_ms);
}

/** Give the times of the forecast: evenly, and where a store gets full. */
function timesAhead(resources: Resources, now_ms: number): number[] {
  const ends = RESOURCES.map((one) => fullIn(resources, one, now_ms)).filter(
    (ms) => ms !== null,
  );
  const most_ms = Math.max(AHEAD_MIN_MS, ...ends.map((ms) => ms * 1.1));
  const span_ms = Math.min(AHEAD_MAX_MS, most_ms);
  const even = Array.from(
    { length: AHEAD_POINTS },
    (_, index) => (span_ms * (index + 1)) / AHEAD_POINTS,
  );
  const all = new Set([...even, ...ends.filter((ms) => ms > 0 && ms <= span_ms)]);
  return [...all].sort((a, b) => a - b).map((ms) => now_ms + ms);
}

function fullIn(resources: Resources, resource: string, now_ms: number): number | null {
  const rate = resources.rates_per_hour[resource] ?? 0;
  if (rate <= 0) return null;
  const held = amountsAt(resources, now_ms)[resource] ?? 0;
  const room = (resources.capacity[resource] ?? 0) - held;
  return room <= 0 ? null : (room / rate) * 3_600_000;
}

/** Past amounts are measured by what the stores hold today, so that curves compare. */
function percentOf(resources: Resources, point: Point, resource: string): number {
  const capacity = resources.capacity[resource] ?? 0;
  if (capacity <= 0) return 0;
  return Math.round(((point.amounts[resource] ?? 0) / capacity) * 1000) / 10;
}

function pointAt(resources: Resources, at_ms: number): Point {
  return { at_ms, amounts: amountsAt(resources, at_ms) };
}
