/** Note losses of a battle as they are heard, for the line of its course. */
import { useRef } from "react";
import { lossesBetween } from "../model/summary";
import type { BattleView, LossNote } from "../model/views";

interface Notes {
  battle: string;
  forces: BattleView["forces"];
  notes: readonly LossNote[];
}

/** A step a second at most, for the longest battle. */
const NOTES_MAX = 620;

/** Give the losses since the battle's start; what was before the first look is one. */
export function useLosses(battle: BattleView): readonly LossNote[] {
  const kept = useRef<Notes>({ battle: "", forces: {}, notes: [] });
  const { current } = kept;
  const isNew = current.battle !== battle.id;
  if (isNew || current.forces !== battle.forces) {
    const before = isNew ? {} : current.forces;
    const note = lossesBetween(before, battle.forces, battle.tick);
    const notes = isNew ? [] : current.notes;
    kept.current = {
      battle: battle.id,
      forces: battle.forces,
      notes: note ? [...notes, note].slice(-NOTES_MAX) : notes,
    };
  }
  return kept.current.notes;
}
