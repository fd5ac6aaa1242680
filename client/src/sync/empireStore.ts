import { createStore } from "zustand/vanilla";
import { serverNow } from "./clock";
import { type Empire, NO_EMPIRE } from "./empire";
import { pendingStore, pendings } from "./pending";
import { predict } from "./predict";
import { roomsState, subscribeRooms } from "./rooms";
import { rulesRead } from "./rules";

/** Hold the own empire, confirmed and as predicted; `isReady` once it was shown. */
export interface EmpireState {
  readonly confirmed: Empire;
  readonly empire: Empire;
  readonly isReady: boolean;
}

const NOTHING: EmpireState = {
  confirmed: NO_EMPIRE,
  empire: NO_EMPIRE,
  isReady: false,
};

export const empireStore = createStore<EmpireState>(() => NOTHING);

let own = "";
let held = 0;
let isStale = false;

/** Say whose empire is shown. */
export function showEmpireOf(player_id: string): void {
  own = player_id === "" ? "" : `player:${player_id}`;
  show();
}

/** Name the own room; empty while nobody plays. */
export function ownRoom(): string {
  return own;
}

/** Keep the empire up to date; gives what ends it. */
export function followEmpire(): () => void {
  const ends = [
    subscribeRooms((rooms, before) => {
      if (rooms[own] !== before[own]) show();
    }),
    pendingStore.subscribe(show),
    rulesRead.store.subscribe(show),
  ];
  return () => {
    for (const end of ends) end();
  };
}

/** Let several changes of rooms and commands show as one. */
export function atOnce(work: () => void): void {
  held++;
  try {
    work();
  } finally {
    held--;
    if (held === 0 && isStale) show();
  }
}

function show(): void {
  isStale = held > 0;
  if (isStale) return;
  const view = roomsState()[own]?.view as Empire | undefined;
  if (view === undefined || view.player === null) {
    empireStore.setState(NOTHING);
    return;
  }
  const rules = rulesRead.store.getState().data;
  const empire = rules === null ? view : predict(view, pendings(), serverNow(), rules);
  const shown = empireStore.getState();
  if (shown.confirmed === view && shown.empire === empire) return;
  empireStore.setState({ confirmed: view, empire, isReady: true });
}
