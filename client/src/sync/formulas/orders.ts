/** Say what orders cost, how long they take, and what comes back of them. */
import type { Amounts, Colony, Counts, Player, QueuedOrder } from "../empire";
import type { Rules } from "../rules";
import { divided, each, grown, milliOf, unitsOf } from "./whole";

/** Give what a level of a building costs, in units. */
export function buildingCost(rules: Rules, building: string, level: number): Amounts {
  const { buildings, growth } = rules.colonies;
  return each(buildings[building]?.cost ?? {}, (base) =>
    grown(base, growth.cost, level - 1),
  );
}

/** Give how long a level of a building takes at `100 + speed_percent`, in ms. */
export function buildingMs(
  rules: Rules,
  building: string,
  level: number,
  speed_percent: number,
): number {
  const { buildings, growth } = rules.colonies;
  const base_ms = grown(buildings[building]?.time_ms ?? 0, growth.time, level - 1);
  return paced(base_ms, speed_percent);
}

/** Give what `count` of a unit cost, in units. */
export function unitCost(rules: Rules, unit: string, count: number): Amounts {
  return each(rules.colonies.units[unit]?.cost ?? {}, (one) => one * count);
}

/** Give how long `count` of a unit take at `100 + speed_percent`, in ms. */
export function unitMs(
  rules: Rules,
  unit: string,
  count: number,
  speed_percent: number,
): number {
  return paced((rules.colonies.units[unit]?.time_ms ?? 0) * count, speed_percent);
}

/** Give what a level of a technology costs, in units. */
export function technologyCost(
  rules: Rules,
  technology: string,
  level: number,
): Amounts {
  const { technologies, growth } = rules.research;
  return each(technologies[technology]?.cost ?? {}, (base) =>
    grown(base, growth.cost, level - 1),
  );
}

/** Give how long a level of a technology takes at `100 + speed_percent`, in ms. */
export function technologyMs(
  rules: Rules,
  technology: string,
  level: number,
  speed_percent: number,
): number {
  const { technologies, growth } = rules.research;
  const base = technologies[technology]?.time_ms ?? 0;
  return paced(grown(base, growth.time, level - 1), speed_percent);
}

export type Pace = "build_speed" | "train_speed" | "research_speed";

/** Give by how many percent buildings and research speed up a kind of work. */
export function speedPercent(
  rules: Rules,
  buildings: Counts,
  player: Player,
  pace: Pace,
): number {
  const { buildings: table } = rules.colonies;
  const standing = Object.entries(buildings).map(
    ([name, level]) => (table[name]?.effects[pace] ?? 0) * level,
  );
  return standing.reduce((sum, one) => sum + one, player.modifiers[pace] ?? 0);
}

/** Give the orders of one line of a colony's queue: buildings, or training. */
export function lineOf<Kind extends QueuedOrder["kind"]>(
  colony: Colony,
  kind: Kind,
): readonly Extract<QueuedOrder, { kind: Kind }>[] {
  const isIn = (one: QueuedOrder): one is Extract<QueuedOrder, { kind: Kind }> =>
    one.kind === kind;
  return colony.queue.filter(isIn);
}

/** Give the level that the next order for a building is for. */
export function nextLevel(colony: Colony, building: string): number {
  const ordered = lineOf(colony, "building").filter((one) => one.building === building);
  return (colony.buildings[building] ?? 0) + ordered.length + 1;
}

/** Tell when an order that is given now begins: at once, or when the last is done. */
export function startMs(
  line: readonly { readonly complete_ms: number }[],
  now_ms: number,
): number {
  return Math.max(now_ms, line[line.length - 1]?.complete_ms ?? now_ms);
}

/** Give what comes back of a price when its order is cancelled, in units. */
export function refundOf(rules: Rules, paid: Amounts): Amounts {
  const percent = rules.colonies.refund_percent;
  return each(paid, (units) => unitsOf(divided(milliOf(units) * percent, 100)));
}

/** Time of a line's order. */
interface Planned {
  readonly order: string;
  readonly started_ms: number;
  readonly complete_ms: number;
}

/** Give a line without one of its orders: what waits behind it moves up. */
export function movedUp<Order extends Planned>(
  line: readonly Order[],
  gone: string,
  now_ms: number,
): readonly Order[] {
  const place = line.findIndex((one) => one.order === gone);
  if (place < 0) return line;
  const left = line.slice(0, place);
  for (const order of line.slice(place + 1)) {
    const started_ms = left[left.length - 1]?.complete_ms ?? now_ms;
    const lasts_ms = order.complete_ms - order.started_ms;
    left.push({ ...order, started_ms, complete_ms: started_ms + lasts_ms });
  }
  return left;
}

function paced(base_ms: number, speed_percent: number): number {
  return divided(base_ms * 100, 100 + speed_percent);
}
