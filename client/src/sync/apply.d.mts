/**
 * The types of apply.mjs, which stays plain JavaScript: the server's tests run it as it
 * is, in any Node.
 */

/** Say what `apply` reads of a broadcast; all else passes through. */
export interface Told {
  readonly type: string;
  readonly changes?: object | null;
}

/** Hold what is known of a room: its view, and the number of the last event in it. */
export interface Known<View extends object = object> {
  readonly seq: number;
  readonly at_ms: number;
  readonly view: View;
  /** Server time since when it is no longer heard: so it looked when last seen. */
  readonly left_ms?: number;
  /** Broadcasts were missed: the view stays as it is until it is resumed. */
  readonly missed?: boolean;
}

/** Map rooms to what is known of them. */
export type Rooms = Readonly<Record<string, Known>>;

/** Show a room to who enters it. */
export interface Shown {
  readonly seq: number;
  readonly at_ms: number;
  readonly snapshot: object;
}

/** Hold the broadcasts of one room: `from` is the number before the first. */
export interface Batch {
  readonly room: string;
  readonly from: number;
  readonly events: readonly (Told & { readonly seq: number; readonly at_ms: number })[];
}

export function apply<View extends object>(view: View, event: Told): View;

export function enter(
  known: Rooms,
  told: { readonly rooms: Readonly<Record<string, Shown>> },
): Rooms;

export function leave(
  known: Rooms,
  told: { readonly rooms: readonly string[]; readonly at_ms: number },
): Rooms;

export function hear(known: Rooms, batch: Batch): Rooms;

export function amountsAt(
  resources: {
    readonly amounts: Readonly<Record<string, number>>;
    readonly rates_per_hour: Readonly<Record<string, number>>;
    readonly capacity: Readonly<Record<string, number>>;
    readonly at_ms: number;
    readonly until_ms: number;
  },
  now_ms: number,
): Record<string, number>;
