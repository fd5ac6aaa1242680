/** Whose forces are whose: seen by who fights, or by who only watches. */
import type { ForceView } from "./views";

export type Stance = "own" | "ally" | "hostile" | "neutral";

/** How the sides look to who is on none of them. */
const WATCHED: readonly Stance[] = ["own", "hostile", "ally", "neutral"];

/** Give the stance of each force towards a player; to a watcher, one for each side. */
export function stances(
  forces: Readonly<Record<string, Pick<ForceView, "player" | "side">>>,
  player: string | null,
): ReadonlyMap<string, Stance> {
  const own = Object.values(forces).find((force) => force.player === player);
  const sides = [...new Set(Object.values(forces).map(({ side }) => side))];
  sides.sort((a, b) => a - b);
  return new Map(
    Object.entries(forces).map(([id, force]) => {
      if (!own) return [id, WATCHED[sides.indexOf(force.side)] ?? "neutral"];
      if (force.player === player) return [id, "own"];
      return [id, force.side === own.side ? "ally" : "hostile"];
    }),
  );
}
