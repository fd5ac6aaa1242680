import { useCommand, useEmpire, useHearing, useRoom } from "../sync";

/** The player's side in a skirmish. */
const OWN_SIDE = 0;

interface BattleRoom {
  readonly battles: Readonly<
    Record<string, { readonly ended_ms: number; readonly winner: number | null }>
  >;
}

export type SkirmishState = "none" | "fights" | "won" | "lost";

/** Follow the player's last skirmish against pirates, and let another begin. */
export function useSkirmish() {
  const battle = useEmpire(({ player }) => player.skirmish ?? "");
  const room = battle === "" ? "" : `battle:${battle}`;
  useHearing(room);
  const known = useRoom<BattleRoom>(room)?.view.battles[battle];
  const command = useCommand("skirmish:begin");
  return { battle, state: stateOf(battle, known), ...command };
}

/** Tell how a skirmish stands; one that nobody knows any more counts as none. */
export function stateOf(
  battle: string,
  known: { readonly winner: number | null } | undefined,
): SkirmishState {
  if (battle === "" || known === undefined) return "none";
  if (known.winner === null) return "fights";
  return known.winner === OWN_SIDE ? "won" : "lost";
}
