/** Fetch a film page by page, as long as it is wanted. */
import { http, type Refusal } from "../../sync";
import type { HttpFrames } from "../model/views";
import { type Film, NO_FILM, withPage } from "./film";

/** What is watched: a finished battle by its link, or one that never was. */
export type FilmSource =
  | { readonly kind: "replay"; readonly token: string }
  | { readonly kind: "simulation"; readonly asked: unknown };

/** Pages of the longest film, empty ones included. */
const PAGES_MAX = 120;
const TRIES_MAX = 8;
const WAIT_MS = 1_500;

interface Wants {
  /** Tells of each page as it comes. */
  onFilm(film: Film): void;
  signal: AbortSignal;
  wait?: (ms: number) => Promise<void>;
}

/** Load a whole film; gives why it stopped, or null once all of it is there. */
export async function loadFilm(
  source: FilmSource,
  { onFilm, signal, wait = pause }: Wants,
): Promise<Refusal | null> {
  let film = NO_FILM;
  let tries = 0;
  for (let page = 0; page < PAGES_MAX && film.next_tick !== null; page++) {
    const answer = await fetched(source, film.next_tick);
    if (signal.aborted) return null;
    if (answer.ok) {
      film = withPage(film, answer.data);
      tries = 0;
      onFilm(film);
    } else {
      tries += 1;
      const { retry_after_ms, code } = answer.error;
      const passes = retry_after_ms !== undefined || code === "unavailable";
      if (!passes || tries >= TRIES_MAX) return answer.error;
      await wait(retry_after_ms ?? WAIT_MS);
      if (signal.aborted) return null;
    }
  }
  return null;
}

function fetched(source: FilmSource, from_tick: number) {
  const query = `?from_tick=${from_tick}`;
  if (source.kind === "simulation") {
    return http.post<HttpFrames>(`/simulator/frames${query}`, source.asked);
  }
  const token = encodeURIComponent(source.token);
  return http.get<HttpFrames>(`/replays/${token}/frames${query}`);
}

function pause(ms: number): Promise<void> {
  return new Promise((done) => setTimeout(done, ms));
}
