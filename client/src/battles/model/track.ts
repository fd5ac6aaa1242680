/** The keyframes of a battle that goes on: the last few, as they are heard. */
import { fledOf, follow, type Keyframe, survivors } from "./keyframes";
import type { BattleView } from "./views";

export interface Track {
  readonly battle: string;
  readonly frames: readonly Keyframe[];
  /** Ids that were given so far. */
  readonly ids: number;
  readonly isOver: boolean;
}

/** Keyframes that are kept: the view is a step behind, and explosions outlast one. */
const FRAMES_MAX = 6;

export const NO_TRACK: Track = { battle: "", frames: [], ids: 0, isOver: false };

/** Take what is known of a battle now; what is no news changes nothing. */
export function grow(track: Track, battle: BattleView): Track {
  const old = track.battle === battle.id ? track : { ...NO_TRACK, battle: battle.id };
  if (old.isOver) return old;
  const last = old.frames.at(-1);
  const isOver = battle.winner !== null;
  if (last && battle.tick <= last.tick) return isOver ? { ...old, isOver } : old;
  if (battle.rows.length === 0) {
    if (!last || !isOver) return { ...old, isOver };
    return extended(old, survivors(last, battle.forces, battle.tick), old.ids, isOver);
  }
  let ids = old.ids;
  const at = { tick: battle.tick, fled: fledOf(battle.forces) };
  const next = follow(last, battle.rows, at, () => ids++);
  return extended(old, next, ids, isOver);
}

function extended(old: Track, next: Keyframe, ids: number, isOver: boolean): Track {
  const frames = [...old.frames, next].slice(-FRAMES_MAX);
  return { battle: old.battle, frames, ids, isOver };
}
