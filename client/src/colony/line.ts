import type {
  Amounts,
  BuildingOrder,
  QueuedOrder,
  TrainingOrder,
} from "../sync/empire";

/** Give the orders of the construction line, in their turn. */
export function constructions(queue: readonly QueuedOrder[]): BuildingOrder[] {
  return queue.filter((order) => order.kind === "building");
}

/** Give the orders of the shipyard, in their turn. */
export function trainings(queue: readonly QueuedOrder[]): TrainingOrder[] {
  return queue.filter((order) => order.kind === "training");
}

/** Give the level that an order for a building would be for. */
export function nextLevel(
  levels: Readonly<Record<string, number>>,
  queue: readonly QueuedOrder[],
  building: string,
): number {
  const ordered = constructions(queue).filter(
    (one) => one.building === building,
  ).length;
  return (levels[building] ?? 0) + ordered + 1;
}

/** Tell when the next order of a line would begin: now, or after the last. */
export function beginsAt(line: readonly QueuedOrder[], now_ms: number): number {
  return Math.max(now_ms, line.at(-1)?.complete_ms ?? now_ms);
}

/** Tell when a place in a full line is free again: when its first order is done. */
export function freeAt(line: readonly QueuedOrder[], queue_max: number): number | null {
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
export function laterLevels(
  queue: readonly QueuedOrder[],
  order: QueuedOrder,
): readonly QueuedOrder[] {
  if (order.kind !== "building") return [];
  return constructions(queue).filter(
    (one) => one.building === order.building && one.level > order.level,
  );
}
