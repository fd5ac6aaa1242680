import { amountsAt } from "../sync/apply.mjs";
import type { Resources } from "../sync/empire";
import { RESOURCES } from "./stock";

/** What a colony stored at a moment, and could store. */
export interface Sample {
  readonly at_ms: number;
  readonly amounts: Readonly<Record<string, number>>;
  readonly capacity: Readonly<Record<string, number>>;
}

export const KEPT_MS = 3_600_000;
export const SAMPLE_EVERY_MS = 30_000;
/** Samples of one colony; as many as an hour holds. */
export const SAMPLES_MAX = KEPT_MS / SAMPLE_EVERY_MS + 1;

/** Take what a colony stores now into its history, and drop what is too old. */
export function sampled(
  history: readonly Sample[],
  resources: Resources,
  now_ms: number,
): readonly Sample[] {
  const last = history.at(-1);
  if (last !== undefined && now_ms - last.at_ms < SAMPLE_EVERY_MS) return history;
  const sample = sampleAt(resources, now_ms);
  const fresh = history.filter((one) => now_ms - one.at_ms <= KEPT_MS);
  return [...fresh, sample].slice(-SAMPLES_MAX);
}

/** Give the sample of a moment from a stock as it is shown. */
export function sampleAt(resources: Resources, now_ms: number): Sample {
  const amounts = amountsAt(resources, now_ms);
  return { at_ms: now_ms, amounts, capacity: resources.capacity };
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
  const now = sampleAt(resources, now_ms);
  const ahead = timesAhead(resources, now_ms).map((at) => sampleAt(resources, at));
  const all = [...before, now, ...ahead];
  const here = before.length;
  const column = (resource: string, shows: (index: number) => boolean) =>
    all.map((one, index) => (shows(index) ? percentOf(one, resource) : null));
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
): Sample[] {
  const since_ms = resources.at_ms;
  const known = history.filter(
    (one) => one.at_ms < now_ms && now_ms - one.at_ms <= KEPT_MS,
  );
  if (since_ms >= now_ms || now_ms - since_ms > KEPT_MS) return known;
  if (known.some((one) => one.at_ms === since_ms)) return known;
  return [...known, sampleAt(resources, since_ms)].sort((a, b) => a.at_ms - b.at_ms);
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

function percentOf(sample: Sample, resource: string): number {
  const capacity = sample.capacity[resource] ?? 0;
  if (capacity <= 0) return 0;
  return Math.round(((sample.amounts[resource] ?? 0) / capacity) * 1000) / 10;
}
