/** Count time and wait, so that tests can pass it by themselves. */
export interface Timers {
  /** Monotonic ms. */
  now(): number;
  /** Run something later; gives what calls it off. */
  later(run: () => void, wait_ms: number): () => void;
}

/** Be the page's timers. */
export const timers: Timers = {
  now: () => performance.now(),
  later: (run, wait_ms) => {
    const id = setTimeout(run, wait_ms);
    return () => clearTimeout(id);
  },
};
