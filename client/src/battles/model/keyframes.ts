/** Pieces on the field at one tick, and which piece of a later tick is which. */
import type { ForceView, RowView, Tally } from "./views";

/** One entity at one tick. The same ship keeps its id from keyframe to keyframe. */
export interface Piece {
  readonly id: number;
  readonly force: string;
  readonly unit: string;
  readonly ships: number;
  /** Units of the galaxy, from the battle's own origin. */
  readonly x: number;
  readonly y: number;
  /** Percent of what it came with. */
  readonly hp: number;
  /** Id of the piece that it fights, where the server tells. */
  readonly target?: number;
}

/** The field at a tick. `fled` are forces that have got away by then. */
export interface Keyframe {
  readonly tick: number;
  readonly pieces: readonly Piece[];
  readonly fled: ReadonlySet<string>;
}

/** Units that a piece can go in a tick, whatever its research: 4 times the fastest. */
const STEP_MAX = 8;
const GROUP_MAX = 500;

/**
 * Give rows of a new tick the ids of the pieces that they were, new ids to new ones.
 *
 * Rows have no ids of their own, but those of a force and unit keep their order, and
 * only ever get fewer: so the pairs are those in order with the least way in sum.
 */
export function follow(
  before: Keyframe | undefined,
  rows: readonly RowView[],
  at: { tick: number; fled: ReadonlySet<string> },
  nextId: () => number,
): Keyframe {
  const known = groups(before?.pieces ?? []);
  const reach = STEP_MAX * Math.max(1, at.tick - (before?.tick ?? at.tick));
  const ids = new Map<RowView, number>();
  for (const [key, some] of groups(rows)) {
    const old = known.get(key) ?? [];
    const paired = pair(old, some, reach);
    some.forEach((row, i) => {
      ids.set(row, old[paired[i] ?? -1]?.id ?? nextId());
    });
  }
  const pieces = rows.map((row) => ({
    id: ids.get(row) ?? nextId(),
    force: row.force,
    unit: row.unit,
    ships: row.ships,
    x: row.x,
    y: row.y,
    hp: row.hp_percent,
  }));
  return { tick: at.tick, pieces, fled: at.fled };
}

function groups<T extends { force: string; unit: string }>(all: readonly T[]) {
  const found = new Map<string, T[]>();
  for (const one of all) {
    const key = `${one.force} ${one.unit}`;
    const group = found.get(key);
    if (group) group.push(one);
    else found.set(key, [one]);
  }
  return found;
}

interface Place {
  readonly x: number;
  readonly y: number;
}

/**
 * Choose for each of `next` its place in `old`, in order, with the least squares of
 * ways in sum; -1 for all where there are more than before or the way is too far.
 */
export function pair(
  old: readonly Place[],
  next: readonly Place[],
  reach: number,
): number[] {
  const gone = old.length - next.length;
  if (gone < 0 || old.length > GROUP_MAX) return next.map(() => -1);
  const skips = gone === 0 ? next.map(() => 0) : leastSkips(old, next, gone);
  return next.map((to, i) => {
    const place = i + (skips[i] ?? 0);
    const from = old[place];
    return from && square(from, to) <= reach * reach ? place : -1;
  });
}

/** Give for each of `next` how many of `old` before it are gone, by the least sum. */
function leastSkips(old: readonly Place[], next: readonly Place[], gone: number) {
  const width = gone + 1;
  const best = new Float64Array((next.length + 1) * width);
  const from = new Int16Array((next.length + 1) * width);
  for (let i = 1; i <= next.length; i++) {
    let least = Number.POSITIVE_INFINITY;
    let which = 0;
    for (let skip = 0; skip < width; skip++) {
      const before = best[(i - 1) * width + skip] ?? 0;
      if (before < least) {
        least = before;
        which = skip;
      }
      const way = square(old[i - 1 + skip], next[i - 1]);
      best[i * width + skip] = least + way;
      from[i * width + skip] = which;
    }
  }
  const skips = new Array<number>(next.length);
  let skip = 0;
  for (let one = 1; one < width; one++) {
    const last = next.length * width;
    if ((best[last + one] ?? 0) < (best[last + skip] ?? 0)) skip = one;
  }
  for (let i = next.length; i > 0; i--) {
    skips[i - 1] = skip;
    skip = from[i * width + skip] ?? 0;
  }
  return skips;
}

function square(from: Place | undefined, to: Place | undefined): number {
  if (!from || !to) return Number.POSITIVE_INFINITY;
  return (from.x - to.x) ** 2 + (from.y - to.y) ** 2;
}

/**
 * Give the field after the last tick: the room shows no rows of a battle that is over,
 * but says how many ships each force has left.
 */
export function survivors(
  last: Keyframe,
  forces: Readonly<Record<string, Tally>>,
  tick: number,
): Keyframe {
  const left = new Map<string, number>();
  const pieces: Piece[] = [];
  for (const piece of last.pieces) {
    const force = forces[piece.force];
    if (!force || force.state === "fled") continue;
    const key = `${piece.force} ${piece.unit}`;
    const room = left.get(key) ?? force.ships[piece.unit] ?? (isGuns(piece) ? 1 : 0);
    const ships = Math.min(piece.ships, room);
    left.set(key, room - ships);
    if (ships > 0 && force.state === "fighting") pieces.push({ ...piece, ships });
  }
  return { tick, pieces, fled: fledOf(forces) };
}

/** A colony's guns are no ships: they are in no tally. */
export const GUNS = "defense_grid";

function isGuns(piece: Piece): boolean {
  return piece.unit === GUNS;
}

/** Name the forces that got away. */
export function fledOf(
  forces: Readonly<Record<string, Pick<ForceView, "state">>>,
): ReadonlySet<string> {
  return new Set(
    Object.entries(forces)
      .filter(([, { state }]) => state === "fled")
      .map(([id]) => id),
  );
}
