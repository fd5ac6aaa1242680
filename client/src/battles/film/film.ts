/** A battle to be watched again: pages of frames become keyframes and sums. */
import type { Keyframe, Piece } from "../model/keyframes";
import { placeOf } from "../model/motion";
import type { HttpFrame, HttpFrames, Tally } from "../model/views";

/** One frame: what is drawn, and what is left of each force. */
export interface FilmFrame extends Keyframe {
  readonly forces: Readonly<Record<string, Tally>>;
}

export interface Film {
  readonly frames: readonly FilmFrame[];
  /** Hash over the whole fight, as far as it was fought. */
  readonly chain: string;
  readonly winner: number;
  readonly over: boolean;
  /** Where the next page begins; null once all is there. */
  readonly next_tick: number | null;
}

export const NO_FILM: Film = {
  frames: [],
  chain: "",
  winner: -1,
  over: false,
  next_tick: 0,
};

/** Frames that a film holds at most: every tenth tick of the longest battle. */
const FRAMES_MAX = 620;

/** Add a page to a film; frames that it has already are not added again. */
export function withPage(film: Film, page: HttpFrames): Film {
  const last = film.frames.at(-1)?.tick ?? -1;
  const more = page.frames
    .filter(({ tick }) => tick > last)
    .map((frame) => decoded(frame, page));
  return {
    frames: [...film.frames, ...more].slice(0, FRAMES_MAX),
    chain: page.chain,
    winner: page.winner,
    over: page.over,
    next_tick: page.next_tick,
  };
}

function decoded(frame: HttpFrame, page: HttpFrames): FilmFrame {
  const pieces = frame.id.map((id, i): Piece => {
    const target = frame.target[i] ?? -1;
    return {
      id,
      force: page.forces[frame.force[i] ?? -1] ?? "",
      unit: page.units[frame.unit[i] ?? -1] ?? "",
      ships: frame.ships[i] ?? 0,
      x: frame.x[i] ?? 0,
      y: frame.y[i] ?? 0,
      hp: frame.hp[i] ?? 0,
      ...(target >= 0 ? { target } : {}),
    };
  });
  const forces = frame.forces as Readonly<Record<string, Tally>>;
  const gone = Object.entries(forces).filter(([, { state }]) => state === "fled");
  return { tick: frame.tick, pieces, forces, fled: new Set(gone.map(([id]) => id)) };
}

/** Give what is left of each force at a tick. */
export function talliesAt(film: Film, tick: number): Readonly<Record<string, Tally>> {
  return film.frames[placeOf(film.frames, tick)]?.forces ?? {};
}

/** Give the last tick that can be shown. */
export function loadedTo(film: Film): number {
  return film.frames.at(-1)?.tick ?? 0;
}
