import { createStore } from "zustand/vanilla";
import type { Shown } from "./apply.mjs";
import { type Batch, enter, hear, type Known, leave, type Rooms } from "./apply.mjs";

/** Hold what is known of every room that is heard, or was and is kept as last seen. */
export const rooms = createStore<{ readonly rooms: Rooms }>(() => ({ rooms: {} }));

/** Rooms that were left and are still shown as last seen; the oldest are forgotten. */
const LAST_SEEN_MAX = 600;

export interface Left {
  readonly rooms: readonly string[];
  readonly at_ms: number;
}

/** Give all rooms, for loops outside of React. */
export function roomsState(): Rooms {
  return rooms.getState().rooms;
}

/** Hear of each change of any room, for loops outside of React. */
export function subscribeRooms(listener: (rooms: Rooms, before: Rooms) => void) {
  return rooms.subscribe((state, before) => listener(state.rooms, before.rooms));
}

/** Take snapshots of rooms that are heard from now on. */
export function enterRooms(told: Readonly<Record<string, Shown>>): void {
  set(enter(roomsState(), { rooms: told }));
}

/** Take rooms that are heard no longer. */
export function leaveRooms(told: Left): void {
  set(bounded(leave(roomsState(), told)));
}

/** Take broadcasts of one room; true where something before them was missed. */
export function hearRoom(batch: Batch): boolean {
  set(hear(roomsState(), batch));
  return roomsState()[batch.room]?.missed === true;
}

/** Forget one room. */
export function forgetRoom(name: string): void {
  const { [name]: _gone, ...others } = roomsState();
  set(others);
}

/** Forget all: another player, or none. */
export function forgetRooms(): void {
  set({});
}

/** Tell whether a room is heard now, not merely kept as last seen. */
export function isHeard(room: Known | undefined): room is Known {
  return room !== undefined && room.left_ms === undefined;
}

function set(next: Rooms): void {
  if (next !== roomsState()) rooms.setState({ rooms: next });
}

function bounded(known: Rooms): Rooms {
  const left = Object.entries(known).filter(([, room]) => !isHeard(room));
  if (left.length <= LAST_SEEN_MAX) return known;
  const oldest = left
    .sort(([, one], [, other]) => (one.left_ms ?? 0) - (other.left_ms ?? 0))
    .slice(0, left.length - LAST_SEEN_MAX);
  const gone = new Set(oldest.map(([name]) => name));
  return Object.fromEntries(Object.entries(known).filter(([name]) => !gone.has(name)));
}
