import type { Amounts } from "./stock";

/** An order in a colony's lines, as the views show it. */
export interface Order {
  readonly kind: "building" | "training";
  readonly order: string;
  readonly building?: string;
  readonly level?: number;
  readonly unit?: string;
  readonly count?: number;
  readonly paid: Amounts;
  readonly started_ms: number;
  readonly complete_ms: number;
  /** Not yet confirmed by the server. */
  readonly pending?: boolean;
}

/** Give the orders of one line, in their turn. */
export function lineOf(queue: readonly Order[], kind: Order["kind"]): readonly Order[] {
  return queue.filter((order) => order.kind === kind);
}

/** Give the level that an order for a building would be for. */
export function nextLevel(
  levels: Readonly<Record<string, number>>,
  queue: readonly Order[],
  building: string,
): number {
  const ordered = queue.filter((order) => order.building === building).length;
  return (levels[building] ?? 0) + ordered + 1;
}

/** Tell when the next order of a line would begin: now, or after the last. */
export function beginsAt(line: readonly Order[], now_ms: number): number {
  return Math.max(now_ms, line.at(-1)?.complete_ms ?? now_ms);
}

/** Tell when a place in a full line is free again: when its first order is done. */
export function freeAt(line: readonly Order[], queue_max: number): number | null {
  const blocking = line[line.length - queue_max];
  return blocking === undefined ? null : blocking.complete_ms;
}

/** Give what comes back of a price, rounded down to thousandths as the server does. */
export function refundOf(paid: Amounts, percent: number): Amounts {
  const back = ([name, units]: [string, number]) => [
    name,
    Math.floor((Math.round(units * 1000) * percent) / 100) / 1000,
  ];
  return Object.fromEntries(Object.entries(paid).map(back));
}

/** Name the orders that must be cancelled before this one: later levels of the same. */
export function laterLevels(queue: readonly Order[], order: Order): readonly Order[] {
  if (order.kind !== "building") return [];
  return queue.filter(
    (one) => one.building === order.building && (one.level ?? 0) > (order.level ?? 0),
  );
}
