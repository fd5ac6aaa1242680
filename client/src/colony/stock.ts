import { amountsAt } from "../sync/apply.mjs";
import type { Amounts, Resource, Resources } from "../sync/empire";

/** Resources in the order in which they are shown. */
export const RESOURCES: readonly Resource[] = [
  "minerals",
  "energy",
  "rare_elements",
  "population",
];

/** What a colony stores at `at_ms`, and how that grows. */
export type Stock = Resources;

/** Why an amount is never reached. */
export type Never = "storage" | "no_income" | "asleep";

export type Reached = { readonly at_ms: number } | { readonly never: Never };

const HOUR_MS = 3_600_000;

/** Tell how much of a resource there is at a moment of the server's clock. */
export function amountAt(stock: Stock, resource: string, now_ms: number): number {
  return amountsAt(stock, now_ms)[resource] ?? 0;
}

/** Tell when a stock holds an amount, or why it never will. */
export function reached(
  stock: Stock,
  resource: string,
  amount: number,
  now_ms: number,
): Reached {
  const held = amountAt(stock, resource, now_ms);
  if (held >= amount) return { at_ms: now_ms };
  if ((stock.capacity[resource] ?? 0) < amount) return { never: "storage" };
  const rate = stock.rates_per_hour[resource] ?? 0;
  if (rate <= 0) return { never: "no_income" };
  const at_ms = Math.ceil(now_ms + ((amount - held) / rate) * HOUR_MS);
  return at_ms > stock.until_ms ? { never: "asleep" } : { at_ms };
}

/** Tell when a store is full; null where it never gets so. */
export function fullAt(stock: Stock, resource: string, now_ms: number): number | null {
  const found = reached(stock, resource, stock.capacity[resource] ?? 0, now_ms);
  return "at_ms" in found ? found.at_ms : null;
}

/** Give how full a store is, 0 to 1; what lies above the capacity counts as full. */
export function fill(stock: Stock, resource: string, now_ms: number): number {
  const capacity = stock.capacity[resource] ?? 0;
  if (capacity <= 0) return 1;
  return Math.min(1, amountAt(stock, resource, now_ms) / capacity);
}

/** Give how often a price can be paid from a stock as it is at a moment. */
export function affordable(stock: Stock, cost: Amounts, now_ms: number): number {
  const held = amountsAt(stock, now_ms);
  const counts = Object.entries(cost)
    .filter(([, each]) => each > 0)
    .map(([name, each]) => Math.floor((held[name] ?? 0) / each));
  return counts.length === 0 ? Number.POSITIVE_INFINITY : Math.min(...counts);
}
