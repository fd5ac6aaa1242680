import type { TFunction } from "i18next";
import type { BattleView, ForceView } from "../model/views";

/** Name forces by their players; those of the same player are numbered. */
export function nameForces(
  forces: Readonly<Record<string, Pick<ForceView, "username" | "kind">>>,
  t: TFunction<"battles">,
): Record<string, string> {
  const counts = new Map<string, number>();
  for (const { username } of Object.values(forces)) {
    counts.set(username, (counts.get(username) ?? 0) + 1);
  }
  const given = new Map<string, number>();
  const names = Object.entries(forces).map(([id, { username, kind }]) => {
    const number = (given.get(username) ?? 0) + 1;
    given.set(username, number);
    const whose = kind === "colony" ? t("garrison_of", { username }) : username;
    const isOne = counts.get(username) === 1 || kind === "colony";
    return [id, isOne ? whose : `${whose} (${number})`];
  });
  return Object.fromEntries(names);
}

/** Give a battle in which those whom nobody plays have a name in the language. */
export function presented<T extends Pick<BattleView, "forces" | "scores">>(
  battle: T,
  t: TFunction<"battles">,
): T {
  const npcs = new Set(
    Object.values(battle.forces).flatMap(({ kind, player }) =>
      kind === "npc" ? [player] : [],
    ),
  );
  if (npcs.size === 0) return battle;
  const renamed = <One extends { player: string; username: string }>(one: One): One =>
    npcs.has(one.player) ? { ...one, username: t("pirates") } : one;
  const forces = Object.entries(battle.forces).map(([id, one]) => [id, renamed(one)]);
  return {
    ...battle,
    forces: Object.fromEntries(forces),
    scores: battle.scores.map(renamed),
  };
}
