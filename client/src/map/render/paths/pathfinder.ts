import type { Pathfinder, Point, Terrain } from "../types";
import type { Answered, Asked } from "./worker";

/** Questions that wait at once, at most: the oldest is given up for a newer one. */
const WAITING_MAX = 32;

type Answer = (way: Point[] | null) => void;

/** Find ways in a worker, so that no search holds up a frame. */
export function createPathfinder(terrain: Terrain): Pathfinder {
  const worker = new Worker(new URL("./worker.ts", import.meta.url), {
    type: "module",
  });
  return ask(worker, terrain);
}

/** Ask a worker that answers by number. */
export function ask(worker: Worker, terrain: Terrain): Pathfinder {
  const waiting = new Map<number, Answer>();
  let asked = 0;
  const tell = (message: Asked) => worker.postMessage(message);
  const answer = (number: number, way: Point[] | null) => {
    waiting.get(number)?.(way);
    waiting.delete(number);
  };
  const giveUp = () => {
    for (const number of [...waiting.keys()]) answer(number, null);
  };
  worker.onmessage = ({ data }: MessageEvent<Answered>) =>
    answer(data.number, data.way);
  worker.onerror = giveUp;
  tell({ kind: "terrain", terrain });
  return {
    find: (from, to, { warships, opened = [] }) =>
      new Promise((resolve) => {
        const [oldest] = waiting.keys();
        if (waiting.size >= WAITING_MAX && oldest !== undefined) answer(oldest, null);
        asked++;
        waiting.set(asked, resolve);
        const question = { from, to, warships, opened };
        tell({ kind: "question", number: asked, question });
      }),
    dispose: () => {
      worker.terminate();
      giveUp();
    },
  };
}
