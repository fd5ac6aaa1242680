/** What a stage shows: keyframes, and which tick of them. */
import type { Keyframe } from "../model/keyframes";
import { approach, BEHIND_TICKS } from "../model/playhead";
import { grow, NO_TRACK, type Track } from "../model/track";
import type { BattleView } from "../model/views";

export interface Reel {
  /** Go on by the time that passed. */
  advance(passed_ms: number): void;
  readonly frames: readonly Keyframe[];
  readonly tick: number;
}

const TICK_MS = 100;

/** Show a battle that goes on, a little behind the server's time. */
export class LiveReel implements Reel {
  private track: Track = NO_TRACK;
  private began_ms = 0;
  private shown = 0;

  constructor(private readonly now: () => number) {}

  /** Take what is known of the battle now. */
  take(battle: BattleView): void {
    const isNew = this.track.battle !== battle.id;
    this.track = grow(this.track, battle);
    this.began_ms = battle.began_ms;
    if (isNew) this.shown = this.frames[0]?.tick ?? 0;
  }

  get frames(): readonly Keyframe[] {
    return this.track.frames;
  }

  get tick(): number {
    return this.shown;
  }

  advance(passed_ms: number): void {
    const newest = this.frames.at(-1)?.tick ?? 0;
    const tick = (this.now() - this.began_ms) / TICK_MS - BEHIND_TICKS;
    this.shown = approach(this.shown, { tick, newest }, passed_ms / TICK_MS);
  }
}
