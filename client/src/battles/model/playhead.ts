/** Which tick is shown: live a little behind the server, in a replay as one pleases. */

/** Ticks that the live view stays behind: one step, and what its way takes. */
export const BEHIND_TICKS = 13;
/** Ticks behind from which it jumps instead of hurrying. */
const JUMP_TICKS = 60;

/**
 * Move the shown tick of a battle that goes on towards its goal.
 *
 * It runs at the battle's pace, hurries up to twice that when it fell behind, waits when
 * the next step is late, and never runs backwards.
 */
export function approach(
  shown: number,
  goal: { tick: number; newest: number },
  passed_ticks: number,
): number {
  const wanted = Math.min(goal.tick, goal.newest);
  const late = wanted - shown;
  if (late > JUMP_TICKS) return wanted;
  if (late <= 0) return shown;
  const pace = Math.min(2, 1 + late / 20);
  return Math.min(wanted, shown + passed_ticks * pace);
}

export const SPEEDS = [0.5, 1, 2, 4, 8] as const;
export type Speed = (typeof SPEEDS)[number];

/** Where a replay is. */
export interface Playback {
  readonly tick: number;
  readonly playing: boolean;
  readonly speed: Speed;
}

export type PlaybackAction =
  | { readonly type: "toggle" | "faster" | "slower" | "replay" }
  | { readonly type: "seek" | "step"; readonly ticks: number }
  | { readonly type: "speed"; readonly speed: Speed }
  | { readonly type: "pass"; readonly ms: number };

/**
 * Apply what happens to a replay. `loaded` is the last tick that can be shown,
 * `complete` says that the battle ends there.
 */
export function playback(
  state: Playback,
  action: PlaybackAction,
  film: { loaded: number; complete: boolean },
): Playback {
  const bounded = (tick: number) => Math.max(0, Math.min(tick, film.loaded));
  switch (action.type) {
    case "toggle": {
      const ended = film.complete && state.tick >= film.loaded;
      if (!state.playing && ended) return { ...state, tick: 0, playing: true };
      return { ...state, playing: !state.playing };
    }
    case "replay":
      return { ...state, tick: 0, playing: true };
    case "seek":
      return { ...state, tick: bounded(action.ticks) };
    case "step":
      return { ...state, tick: bounded(state.tick + action.ticks), playing: false };
    case "speed":
      return { ...state, speed: action.speed };
    case "faster":
    case "slower": {
      const place = SPEEDS.indexOf(state.speed) + (action.type === "faster" ? 1 : -1);
      return { ...state, speed: SPEEDS[place] ?? state.speed };
    }
    case "pass": {
      if (!state.playing) return state;
      const tick = bounded(state.tick + (action.ms / 100) * state.speed);
      const ended = film.complete && tick >= film.loaded;
      return { ...state, tick, playing: !ended };
    }
  }
}
