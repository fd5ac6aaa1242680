import { fits, ROUTES } from "./routes";

const fetched = new Set<string>();

/** Fetch the code of the page at a path, once; what fails is tried when it is opened. */
export function preload(path: string): void {
  const route = ROUTES.find((one) => fits(one.path, path));
  if (!route || fetched.has(route.path)) return;
  fetched.add(route.path);
  route.load().catch(() => fetched.delete(route.path));
}

/**
 * Fetch likely next pages one after another while the browser has nothing to do.
 *
 * Who asks the browser to save data fetches only what is opened.
 */
export function preloadWhenIdle(paths: readonly string[]): () => void {
  if (savesData()) return () => {};
  const waiting = [...paths];
  let asked = whenIdle(next);
  function next() {
    const path = waiting.shift();
    if (path === undefined) return;
    preload(path);
    asked = whenIdle(next);
  }
  return () => cancelIdle(asked);
}

const IDLE_MS = 400;
const IDLE_WAIT_MS = 5_000;

// Safari has no requestIdleCallback.
const hasIdle = typeof globalThis.requestIdleCallback === "function";

function whenIdle(then: () => void): number {
  if (!hasIdle) return window.setTimeout(then, IDLE_MS);
  return requestIdleCallback(then, { timeout: IDLE_WAIT_MS });
}

function cancelIdle(asked: number): void {
  if (hasIdle) cancelIdleCallback(asked);
  else window.clearTimeout(asked);
}

function savesData(): boolean {
  const connection: unknown = Reflect.get(navigator, "connection");
  return (connection as { saveData?: unknown } | undefined)?.saveData === true;
}
