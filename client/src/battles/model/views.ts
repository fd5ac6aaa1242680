/** What the server shows of battles, as the wire's types say, and what is added here. */
import type {
  ForceState,
  BattleView as ShownBattle,
  ForceView as ShownForce,
} from "../../wire/types";

export type {
  ArenaView,
  Formation,
  GivenOrder,
  HttpArenas,
  HttpFought,
  HttpFrame,
  HttpFrames,
  HttpReport,
  HttpReports,
  HttpSimulated,
  LossesView,
  ReplayForce,
  ReplayView,
  RowView,
} from "../../wire/types";
export type { ForceState };

/** A number of ships, by unit. */
export type Ships = Readonly<Record<string, number>>;

export const FORMATIONS = ["line", "assault", "defensive"] as const;

/** What is left of one force, and what it did. */
export interface Tally {
  readonly ships: Ships;
  readonly lost: Ships;
  readonly dealt: number;
  readonly state: ForceState;
}

/** One force of a battle; `pending` is what an own order, not confirmed yet, changed. */
export type ForceView = ShownForce & {
  readonly pending?: readonly ("formation" | "focus" | "retreats")[];
};

/** A battle as its room shows it. */
export type BattleView = Omit<ShownBattle, "forces"> & {
  readonly forces: Readonly<Record<string, ForceView>>;
};

/** What the room `battle:<id>` holds. */
export interface BattleRoom {
  readonly battles: Readonly<Record<string, BattleView>>;
  readonly arenas: Readonly<Record<string, import("../../wire/types").ArenaView>>;
}

/** What was destroyed up to a tick since the note before, by force and unit. */
export interface LossNote {
  readonly tick: number;
  readonly lost: Readonly<Record<string, Ships>>;
}
