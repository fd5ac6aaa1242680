import { useMemo, useState } from "react";
import { commanded } from "../model/orders";
import { type Stance, stances } from "../model/stance";
import type { BattleView } from "../model/views";
import type { Cast } from "../render/stage";

/** Say who is who for a player, and which own force is commanded. */
export function useCast(
  battle: BattleView,
  forces: BattleView["forces"],
  player: string | null,
) {
  const [hovered, setHovered] = useState<string | null>(null);
  const [wanted, setWanted] = useState<string | null>(null);
  const own = commanded(battle, player);
  const chosen = wanted && own.includes(wanted) ? wanted : (own[0] ?? null);
  const focus = (chosen && forces[chosen]?.focus) || null;
  const stanceOf = useMemo(() => {
    const of = stances(battle.forces, player);
    return (force: string): Stance => of.get(force) ?? "neutral";
  }, [battle.forces, player]);
  const isOneOfMany = own.length > 1;
  const cast = useMemo<Cast>(
    () => ({ stanceOf, commanded: isOneOfMany ? chosen : null, focus, hovered }),
    [stanceOf, isOneOfMany, chosen, focus, hovered],
  );
  return { own, chosen, choose: setWanted, stanceOf, cast, hovered, hover: setHovered };
}
