/** What the server shows of battles: the shapes of `battle:<id>`, reports and replays. */

/** A number of ships, by unit. */
export type Ships = Readonly<Record<string, number>>;

export type ForceState = "fighting" | "fled" | "destroyed";
export type Formation = "line" | "assault" | "defensive";
export const FORMATIONS: readonly Formation[] = ["line", "assault", "defensive"];

/** What is left of one force, and what it did. */
export interface Tally {
  readonly ships: Ships;
  readonly lost: Ships;
  readonly dealt: number;
  readonly state: ForceState;
}

/** One force of a battle, as the battle's room shows it. */
export interface ForceView extends Tally {
  readonly player: string;
  readonly username: string;
  readonly kind: "fleet" | "colony" | "seat" | (string & {});
  readonly side: number;
  /** It fights from the tick after this one on. */
  readonly tick: number;
  readonly formation: Formation;
  readonly focus: string;
  readonly retreats: boolean;
  /** What an own order that is not confirmed yet has changed. */
  readonly pending?: readonly ("formation" | "focus" | "retreats")[];
}

/** One entity on the field: a ship, a squadron, or a colony's guns. */
export interface RowView {
  readonly force: string;
  readonly unit: string;
  readonly ships: number;
  readonly x: number;
  readonly y: number;
  readonly hp_percent: number;
}

export interface ScoreView {
  readonly player: string;
  readonly username: string;
  readonly points: number;
  readonly won: boolean;
}

/** A battle as its room shows it. */
export interface BattleView {
  readonly id: string;
  readonly engine: number;
  readonly sector: string;
  readonly x: number;
  readonly y: number;
  readonly colony: string;
  readonly arena: string;
  readonly began_ms: number;
  readonly tick: number;
  readonly chain: string;
  readonly forces: Readonly<Record<string, ForceView>>;
  readonly rows: readonly RowView[];
  readonly scores: readonly ScoreView[];
  readonly ended_ms: number;
  /** The side that won, -1 for none; null while it goes on. */
  readonly winner: number | null;
  readonly loot: Readonly<Record<string, Readonly<Record<string, number>>>>;
  readonly debris: string;
  readonly report: string | null;
  readonly seed: string | null;
}

/** What was destroyed up to a tick since the note before, by force and unit. */
export interface LossNote {
  readonly tick: number;
  readonly lost: Readonly<Record<string, Ships>>;
}

export interface OrderNote {
  readonly tick: number;
  readonly force: string;
  readonly kind: "focus" | "retreat" | "formation";
  readonly value: string;
}

/** A battle as a report shows it to who has a part in it. */
export interface ReportView extends BattleView {
  readonly orders: readonly OrderNote[];
  readonly log: readonly LossNote[];
  readonly stale?: boolean;
}

/** A line of the list of own reports; worths are in units of resources. */
export interface ReportLine {
  readonly battle: string;
  readonly board: "battles" | "arenas" | (string & {});
  readonly sector: string;
  readonly colony: string;
  readonly began_ms: number;
  readonly ended_ms: number;
  readonly points: number;
  readonly won: boolean;
  readonly destroyed: number;
  readonly lost: number;
}

/** A force as `POST /simulator` takes it and a replay shows it. */
export interface FoughtForce {
  readonly id: string;
  readonly side: number;
  readonly ships: Ships;
  readonly modifiers: Ships;
  readonly grid: number;
  readonly tick: number;
  readonly x: number;
  readonly y: number;
}

/** What a finished battle was fought with, and what came of it. */
export interface ReplayView {
  readonly battle: string;
  readonly engine: number;
  readonly seed: string;
  readonly began_ms: number;
  readonly ended_ms: number;
  readonly forces: readonly FoughtForce[];
  readonly orders: readonly OrderNote[];
  readonly parties: Readonly<
    Record<string, { readonly username: string; readonly kind: string }>
  >;
  readonly tick: number;
  readonly winner: number;
  readonly chain: string;
  readonly log: readonly LossNote[];
}

/** A seat that a player took in an arena. */
export interface Entry {
  readonly player: string;
  readonly username: string;
  readonly side: number;
  readonly group: string;
  readonly force: string;
}

/** A group battle that is called for. */
export interface ArenaView {
  readonly id: string;
  readonly name: string;
  readonly host: string;
  readonly sides: number;
  readonly seats: number;
  readonly join_until_ms: number;
  readonly state: "open" | "fights" | "called_off";
  readonly ships: Ships;
  readonly entries: readonly Entry[];
}

/** What the room `battle:<id>` holds. */
export interface BattleRoom {
  readonly battles: Readonly<Record<string, BattleView>>;
  readonly arenas: Readonly<Record<string, ArenaView>>;
}
