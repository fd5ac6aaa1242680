/** What is put together in the simulator, and what the server is asked with it. */
import type { Formation } from "../model/views";

/** Modifiers that a battle knows, in percent on top of the units' stats. */
export const MODIFIERS = ["attack", "hp", "defense", "range", "speed"] as const;
export type Modifier = (typeof MODIFIERS)[number];

/** Units that can be brought to a simulated battle, in the order they are shown. */
export const WARSHIPS = [
  "fighter",
  "interceptor",
  "bomber",
  "frigate",
  "cruiser",
  "battleship",
  "carrier",
] as const;

export interface DraftForce {
  readonly name: string;
  readonly ships: Readonly<Record<string, number>>;
  readonly formation: Formation;
  /** Number of the side that it fires at first, from 0; null for none. */
  readonly focus: number | null;
  /** Second of the battle in which it flees; null for never. */
  readonly retreat_s: number | null;
  /** Level of a colony's defence grid, 0 for a fleet. */
  readonly grid: number;
  readonly modifiers: Readonly<Record<Modifier, number>>;
}

export interface Draft {
  readonly forces: readonly DraftForce[];
  readonly seed: string;
}

export const SIDES_MAX = 4;
export const SIDES_MIN = 2;
export const SHIPS_MAX = 10_000;
export const MODIFIER_MIN = -90;
export const MODIFIER_MAX = 1_000;
export const GRID_MAX = 30;

const TICKS_A_SECOND = 10;
const UNMODIFIED = { attack: 0, hp: 0, defense: 0, range: 0, speed: 0 };

/** Where the sides stand, in units from the middle: in range of one another. */
const CORNERS = [
  [-150, 0],
  [150, 0],
  [0, -150],
  [0, 150],
] as const;

/** Make a force with given ships. */
export function force(name: string, ships: Record<string, number> = {}): DraftForce {
  return {
    name,
    ships,
    formation: "line",
    focus: null,
    retreat_s: null,
    grid: 0,
    modifiers: UNMODIFIED,
  };
}

/** Take only the modifiers that a battle knows, within its bounds. */
export function battleModifiers(
  known: Readonly<Record<string, number>>,
): Record<Modifier, number> {
  const bounded = (value: number) =>
    Math.max(MODIFIER_MIN, Math.min(MODIFIER_MAX, Math.trunc(value)));
  return Object.fromEntries(
    MODIFIERS.map((name) => [name, bounded(known[name] ?? 0)]),
  ) as Record<Modifier, number>;
}

/** Tell what keeps a draft from being fought. */
export function problemOf(draft: Draft): "no_ships" | null {
  const isEmpty = draft.forces.some(
    ({ ships, grid }) =>
      grid === 0 && Object.values(ships).every((count) => count === 0),
  );
  return isEmpty ? "no_ships" : null;
}

/** Make what `POST /simulator` takes. */
export function asked(draft: Draft) {
  return {
    seed: draft.seed,
    forces: draft.forces.map((one, side) => {
      const [x, y] = CORNERS[side] ?? [0, 0];
      return {
        id: idOf(side),
        side,
        ships: positive(one.ships),
        modifiers: nonzero(one.modifiers),
        grid: one.grid,
        x,
        y,
      };
    }),
    orders: draft.forces.flatMap((one, side) => ordersOf(one, side, draft)),
  };
}

/** Name the force of a side as the server calls it. */
export function idOf(side: number): string {
  return `side${side + 1}`;
}

function ordersOf(one: DraftForce, side: number, { forces }: Draft) {
  const own = idOf(side);
  const target =
    one.focus !== null && one.focus !== side ? forces[one.focus] : undefined;
  const canFlee = one.retreat_s !== null && one.grid === 0;
  return [
    ...(one.formation === "line"
      ? []
      : [{ tick: 0, force: own, kind: "formation", value: one.formation }]),
    ...(target && one.focus !== null
      ? [{ tick: 0, force: own, kind: "focus", value: idOf(one.focus) }]
      : []),
    ...(canFlee
      ? [
          {
            tick: Math.round((one.retreat_s ?? 0) * TICKS_A_SECOND),
            force: own,
            kind: "retreat",
            value: "",
          },
        ]
      : []),
  ];
}

function positive(counts: Readonly<Record<string, number>>) {
  return Object.fromEntries(Object.entries(counts).filter(([, count]) => count > 0));
}

function nonzero(counts: Readonly<Record<string, number>>) {
  return Object.fromEntries(Object.entries(counts).filter(([, count]) => count !== 0));
}

/** Draw another seed of 53 bits: more than a player will ever try. */
export function otherSeed(random: () => number): string {
  return String(Math.floor(random() * Number.MAX_SAFE_INTEGER));
}
