/** Orders in battle: what may be ordered, and how pending orders show. */
import type { BattleView, ForceView, Formation } from "./views";

/** An order that was sent and whose effect has not been heard yet. */
export type BattleOrder = {
  readonly id: string;
  readonly force: string;
} & (
  | { readonly kind: "formation"; readonly value: Formation }
  | { readonly kind: "focus"; readonly value: string }
  | { readonly kind: "retreat" }
);

/** Show a battle's forces as they will be once pending orders are confirmed. */
export function withOrders(
  forces: BattleView["forces"],
  orders: readonly BattleOrder[],
): BattleView["forces"] {
  let shown = forces;
  for (const order of orders) {
    const force = shown[order.force];
    if (force) shown = { ...shown, [order.force]: ordered(force, order) };
  }
  return shown;
}

function ordered(force: ForceView, order: BattleOrder): ForceView {
  switch (order.kind) {
    case "formation":
      return marked({ ...force, formation: order.value }, "formation");
    case "focus":
      return marked({ ...force, focus: order.value }, "focus");
    case "retreat":
      return marked({ ...force, retreats: true }, "retreats");
  }
}

function marked(
  force: ForceView,
  what: NonNullable<ForceView["pending"]>[number],
): ForceView {
  return { ...force, pending: [...(force.pending ?? []), what] };
}

/** Tell whether a force already stands as an order wants it to. */
export function isHeard(forces: BattleView["forces"], order: BattleOrder): boolean {
  const force = forces[order.force];
  if (!force) return true;
  switch (order.kind) {
    case "formation":
      return force.formation === order.value;
    case "focus":
      return force.focus === order.value;
    case "retreat":
      return force.retreats;
  }
}

/** List the player's forces that can still be ordered, in the order they came. */
export function commanded(battle: BattleView, player: string | null): string[] {
  if (battle.winner !== null) return [];
  return Object.entries(battle.forces)
    .filter(([, one]) => one.player === player && one.state === "fighting")
    .sort(([, a], [, b]) => a.tick - b.tick)
    .map(([id]) => id);
}

/** List the forces that a force may fire at. */
export function targetsOf(battle: BattleView, force: string): string[] {
  const side = battle.forces[force]?.side;
  if (side === undefined) return [];
  return Object.entries(battle.forces)
    .filter(([, one]) => one.side !== side && one.state === "fighting")
    .map(([id]) => id);
}

/** Tell whether a force can flee: a garrison stays, and nobody flees twice. */
export function canRetreat(force: ForceView): boolean {
  return force.kind !== "colony" && force.state === "fighting" && !force.retreats;
}

/** A fleet as far as it matters to who wants to bring it. */
interface Reserve {
  readonly id: string;
  readonly battle: string | null;
  readonly x: number;
  readonly y: number;
  readonly ships: Readonly<Record<string, number>>;
}

/** List own fleets near enough to join a battle, nearest first; nobody joins an arena. */
export function reserves<T extends Reserve>(
  battle: BattleView,
  fleets: readonly T[],
  rules: { joins_within: number; isArmed(unit: string): boolean },
): { fleet: T; distance: number }[] {
  if (battle.arena || battle.winner !== null) return [];
  return fleets
    .filter((one) => !one.battle && !(one.id in battle.forces))
    .filter(({ ships }) =>
      Object.entries(ships).some(([unit, count]) => count > 0 && rules.isArmed(unit)),
    )
    .map((fleet) => ({
      fleet,
      distance: Math.hypot(fleet.x - battle.x, fleet.y - battle.y),
    }))
    .filter(({ distance }) => distance <= rules.joins_within)
    .sort((a, b) => a.distance - b.distance);
}
