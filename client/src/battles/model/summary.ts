/** Sum up battles: bars of forces, lines of losses, who stands where. */
import type { Stance } from "./stance";
import type { BattleView, ForceView, LossNote, Ships, Tally } from "./views";

/** Count ships of all units. */
export function total(ships: Ships): number {
  return Object.values(ships).reduce((sum, count) => sum + count, 0);
}

/** One unit of a force: how many are left of how many. */
export interface UnitLine {
  readonly unit: string;
  readonly left: number;
  readonly lost: number;
}

/** List the units of a force, most numerous first. */
export function unitLines({ ships, lost }: Pick<Tally, "ships" | "lost">): UnitLine[] {
  const names = [...new Set([...Object.keys(ships), ...Object.keys(lost)])];
  return names
    .map((unit) => ({ unit, left: ships[unit] ?? 0, lost: lost[unit] ?? 0 }))
    .filter(({ left, lost }) => left + lost > 0)
    .sort((a, b) => b.left + b.lost - a.left - a.lost || a.unit.localeCompare(b.unit));
}

/** A side's ships at a tick. */
export interface SidePoint {
  readonly tick: number;
  readonly left: number;
}

/** The course of one side's strength. */
export interface SideLine {
  readonly side: number;
  readonly points: readonly SidePoint[];
}

/**
 * Draw each side's ships over time from what was brought and the log of losses.
 *
 * A force counts from the tick it joined at. Ships that fled stay counted: they live.
 */
export function sideLines(
  forces: Readonly<Record<string, Pick<ForceView, "side" | "tick" | "ships" | "lost">>>,
  log: readonly LossNote[],
  end: number,
): SideLine[] {
  const changes = new Map<number, Map<number, number>>();
  const change = (side: number, tick: number, by: number) => {
    const line = changes.get(side) ?? new Map<number, number>();
    line.set(tick, (line.get(tick) ?? 0) + by);
    changes.set(side, line);
  };
  for (const force of Object.values(forces)) {
    change(force.side, force.tick, total(force.ships) + total(force.lost));
  }
  for (const { tick, lost } of log) {
    for (const [id, ships] of Object.entries(lost)) {
      const side = forces[id]?.side;
      if (side !== undefined) change(side, Math.min(tick, end), -total(ships));
    }
  }
  return [...changes]
    .sort(([a], [b]) => a - b)
    .map(([side, line]) => ({ side, points: summed(line, end) }));
}

function summed(changes: ReadonlyMap<number, number>, end: number): SidePoint[] {
  const points: SidePoint[] = [];
  let left = 0;
  for (const [tick, by] of [...changes].sort(([a], [b]) => a - b)) {
    left += by;
    points.push({ tick, left });
  }
  const last = points.at(-1);
  if (last && last.tick < end) points.push({ tick: end, left: last.left });
  return points;
}

/** What a side has left, for a sentence. */
export interface SideSum {
  readonly side: number;
  readonly stance: Stance;
  readonly names: readonly string[];
  readonly left: number;
  readonly lost: number;
  readonly dealt: number;
}

/** Sum up each side of a battle, in the order of the sides. */
export function sideSums(
  forces: BattleView["forces"],
  stanceOf: (force: string) => Stance,
): SideSum[] {
  const sides = new Map<number, [string, ForceView][]>();
  for (const one of Object.entries(forces)) {
    const { side } = one[1];
    sides.set(side, [...(sides.get(side) ?? []), one]);
  }
  return [...sides]
    .sort(([a], [b]) => a - b)
    .map(([side, some]) => ({
      side,
      stance: bestStance(some.map(([id]) => stanceOf(id))),
      names: [...new Set(some.map(([, { username }]) => username))],
      left: some.reduce((sum, [, force]) => sum + total(force.ships), 0),
      lost: some.reduce((sum, [, force]) => sum + total(force.lost), 0),
      dealt: some.reduce((sum, [, force]) => sum + force.dealt, 0),
    }));
}

function bestStance(stances: readonly Stance[]): Stance {
  const order: readonly Stance[] = ["own", "ally", "hostile", "neutral"];
  return order.find((one) => stances.includes(one)) ?? "neutral";
}

/**
 * Note what was lost from one view of a battle to the next: the live view has no log of
 * what was before it looked.
 */
export function lossesBetween(
  before: BattleView["forces"],
  after: BattleView["forces"],
  tick: number,
): LossNote | null {
  const lost: Record<string, Ships> = {};
  for (const [id, force] of Object.entries(after)) {
    const known: Ships = before[id]?.lost ?? {};
    const more = Object.entries(force.lost)
      .map(([unit, count]) => [unit, count - (known[unit] ?? 0)] as const)
      .filter(([, count]) => count > 0);
    if (more.length > 0) lost[id] = Object.fromEntries(more);
  }
  return Object.keys(lost).length > 0 ? { tick, lost } : null;
}
