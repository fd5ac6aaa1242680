import type { BattleSign } from "../../wire/types";
import { type Stance, stances } from "./stance";
import type { SideSum } from "./summary";

/** Sum up the sides of a battle of which only the sign is known: no losses, no damage. */
export function signSums(sign: BattleSign, player: string | null): SideSum[] {
  const of = stances(sign.alive, player);
  const sides = new Map<number, SideSum>();
  for (const [id, force] of Object.entries(sign.alive)) {
    const known = sides.get(force.side);
    const stance: Stance = of.get(id) ?? "neutral";
    const names = new Set([...(known?.names ?? []), force.username]);
    sides.set(force.side, {
      side: force.side,
      stance: known?.stance === "own" ? "own" : stance,
      names: [...names],
      left: (known?.left ?? 0) + force.ships,
      lost: 0,
      dealt: 0,
    });
  }
  return [...sides.values()].sort((a, b) => a.side - b.side);
}
