import { useCallback, useEffect, useState } from "react";
import { http, type Refusal } from "../../sync";
import type { ArenaView, HttpArenas } from "../model/views";

/** How often the list is read anew while it is looked at, in ms. */
const EVERY_MS = 4_000;

/** List the group battles that can be joined or watched. */
export function useArenas() {
  const [arenas, setArenas] = useState<readonly ArenaView[] | null>(null);
  const [error, setError] = useState<Refusal | null>(null);
  const read = useCallback(async (signal: AbortSignal) => {
    const answer = await http.get<HttpArenas>("/arenas");
    if (signal.aborted) return;
    if (answer.ok) setArenas(answer.data.arenas as unknown as readonly ArenaView[]);
    setError(answer.ok ? null : answer.error);
  }, []);
  useEffect(() => {
    const abort = new AbortController();
    void read(abort.signal);
    const timer = setInterval(() => {
      if (document.visibilityState === "visible") void read(abort.signal);
    }, EVERY_MS);
    return () => {
      abort.abort();
      clearInterval(timer);
    };
  }, [read]);
  return { arenas, error };
}
