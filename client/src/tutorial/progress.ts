import { useStore } from "zustand";
import { createStore } from "zustand/vanilla";
import { session } from "../sync";

/** What is remembered of a player's first steps; all else is read off the empire. */
export interface Progress {
  /** Steps that were seen or skipped, which the empire's state does not show. */
  readonly done: readonly string[];
  /** Whether the guide is put away for good. */
  readonly isHidden: boolean;
  /** Whether it is folded into one line. */
  readonly isFolded: boolean;
}

const NOTHING: Progress = { done: [], isHidden: false, isFolded: false };
/** More than there are steps; what was stored may be of somebody's hand. */
const DONE_MAX = 50;

const progressStore = createStore<Progress>(() => NOTHING);

let owner = "";

session.subscribe(({ player }) => follow(player?.id ?? ""));
follow(session.getState().player?.id ?? "");

/** Give how far the player's first steps are. */
export function useProgress(): Progress {
  return useStore(progressStore);
}

/** Remember a step as done. */
export function finishStep(id: string): void {
  const { done } = progressStore.getState();
  if (!done.includes(id)) keep({ done: [...done, id] });
}

/** Put the guide away; the settings bring it back. */
export function hideTutorial(): void {
  keep({ isHidden: true });
}

/** Fold the guide into one line, or unfold it. */
export function foldTutorial(isFolded: boolean): void {
  keep({ isFolded });
}

/** Begin again; what the empire already has counts as done at once. */
export function restartTutorial(): void {
  keep(NOTHING);
}

/** Take what was stored as far as it makes sense. */
export function read(kept: unknown): Progress {
  if (typeof kept !== "object" || kept === null) return NOTHING;
  const { done, isHidden, isFolded } = kept as Record<string, unknown>;
  const steps = Array.isArray(done) ? done.slice(0, DONE_MAX) : [];
  return {
    done: steps.filter((one) => typeof one === "string"),
    isHidden: isHidden === true,
    isFolded: isFolded === true,
  };
}

function follow(player: string): void {
  if (player === owner) return;
  owner = player;
  progressStore.setState(player === "" ? NOTHING : read(stored()));
}

function keep(change: Partial<Progress>): void {
  progressStore.setState(change);
  try {
    localStorage.setItem(key(), JSON.stringify(progressStore.getState()));
  } catch {
    // A browser that keeps nothing shows the guide again next time.
  }
}

function stored(): unknown {
  try {
    return JSON.parse(localStorage.getItem(key()) ?? "null");
  } catch {
    return null;
  }
}

function key(): string {
  return `gd.tutorial.${owner}`;
}
