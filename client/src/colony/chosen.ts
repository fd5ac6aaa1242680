import { useStore } from "zustand";
import { createStore } from "zustand/vanilla";
import { useEmpire } from "../sync";
import type { Colony } from "../sync/empire";

const KEY = "gd.colony";

/** Which colony's resources are shown all over the game; empty before any choice. */
const chosenStore = createStore<{ readonly id: string }>(() => ({ id: stored() }));

/** Choose the colony that the top bar and new pages show; kept in this browser. */
export function chooseColony(id: string): void {
  if (chosenStore.getState().id === id) return;
  chosenStore.setState({ id });
  try {
    localStorage.setItem(KEY, id);
  } catch {
    // A browser that keeps nothing still plays: the choice lasts until it is closed.
  }
}

/** Give the chosen colony; the first one where the choice is none of the player's. */
export function useChosenColony(): Colony | undefined {
  const { id } = useStore(chosenStore);
  return useEmpire((empire) => empire.colonies[id] ?? firstOf(empire.colonies));
}

/** Give the colony that was founded first. */
export function firstOf(
  colonies: Readonly<Record<string, Colony>>,
): Colony | undefined {
  const all = Object.values(colonies);
  return all.reduce<Colony | undefined>(
    (first, one) => (first && first.founded_ms <= one.founded_ms ? first : one),
    undefined,
  );
}

function stored(): string {
  try {
    return localStorage.getItem(KEY) ?? "";
  } catch {
    return "";
  }
}
