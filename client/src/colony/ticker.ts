import { serverNow } from "../sync";

/** How often running numbers are written anew. */
const STEP_MS = 250;

type Listener = (now_ms: number) => void;

const listeners = new Set<Listener>();
let timer: ReturnType<typeof setInterval> | undefined;

/**
 * Call a listener with the server's time a few times a second; gives what ends it.
 *
 * One timer serves all running numbers, outside React: a page full of them renders
 * nothing anew.
 */
export function onTick(listener: Listener): () => void {
  listeners.add(listener);
  timer ??= setInterval(tick, STEP_MS);
  return () => {
    listeners.delete(listener);
    if (listeners.size > 0) return;
    clearInterval(timer);
    timer = undefined;
  };
}

function tick(): void {
  if (document.hidden) return;
  const now_ms = serverNow();
  for (const listener of listeners) listener(now_ms);
}
