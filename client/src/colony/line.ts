import type { BuildingOrder, QueuedOrder } from "../sync/empire";

/** Tell when a place in a full line is free again; null where there is one now. */
export function freeAt(
  line: readonly { readonly complete_ms: number }[],
  queue_max: number,
): number | null {
  return line[line.length - queue_max]?.complete_ms ?? null;
}

/** Give the orders for buildings, in their turn. */
export function constructions(queue: readonly QueuedOrder[]): BuildingOrder[] {
  return queue.filter((order) => order.kind === "building");
}

/** Name the orders that must be cancelled before this one: later levels of the same. */
export function laterLevels(
  queue: readonly QueuedOrder[],
  order: QueuedOrder,
): readonly BuildingOrder[] {
  if (order.kind !== "building") return [];
  return constructions(queue).filter(
    (one) => one.building === order.building && one.level > order.level,
  );
}
