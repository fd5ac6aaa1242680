/** Ask for something again and again, each time after the wait that came out of it. */

/** The shortest wait between two questions, in ms. */
export const WAIT_MS_MIN = 5_000;
/** The longest: browsers count timers in 31 bits, and answers get old. */
export const WAIT_MS_MAX = 3_600_000;

/** Ask at once and from then on, until the function that comes back is called. */
export function poll(ask: () => Promise<number>): () => void {
  let isOver = false;
  let timer: ReturnType<typeof setTimeout> | undefined;
  const again = async () => {
    const wait_ms = await ask();
    if (isOver) return;
    timer = setTimeout(again, Math.min(Math.max(wait_ms, WAIT_MS_MIN), WAIT_MS_MAX));
  };
  void again();
  return () => {
    isOver = true;
    clearTimeout(timer);
  };
}
