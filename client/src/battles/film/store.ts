/** A film that is being watched: what is loaded, and where one is in it. */
import { createStore } from "zustand/vanilla";
import type { Refusal } from "../../sync";
import type { Reel } from "../live/reel";
import { type Playback, type PlaybackAction, playback } from "../model/playhead";
import { type Film, loadedTo, NO_FILM } from "./film";
import { type FilmSource, loadFilm } from "./load";

interface Watching {
  readonly film: Film;
  readonly at: Playback;
  readonly error: Refusal | null;
}

/** Play a film: a reel for the stage, a store for what stands around it. */
export class FilmReel implements Reel {
  readonly store = createStore<Watching>(() => ({
    film: NO_FILM,
    at: { tick: 0, playing: true, speed: 1 },
    error: null,
  }));

  /** Load a film until the signal ends it. */
  async load(source: FilmSource, signal: AbortSignal): Promise<void> {
    const onFilm = (film: Film) => this.store.setState({ film });
    const error = await loadFilm(source, { onFilm, signal });
    if (!signal.aborted) this.store.setState({ error });
  }

  /** Play, pause, seek, change the speed. */
  act(action: PlaybackAction): void {
    const { at, film } = this.store.getState();
    const bounds = { loaded: loadedTo(film), complete: film.next_tick === null };
    const next = playback(at, action, bounds);
    if (next !== at) this.store.setState({ at: next });
  }

  get frames() {
    return this.store.getState().film.frames;
  }

  get tick(): number {
    return this.store.getState().at.tick;
  }

  advance(passed_ms: number): void {
    this.act({ type: "pass", ms: passed_ms });
  }
}
