import type { Point, Terrain } from "../types";
import { type Question, Wayfinder } from "./wayfinder";

/** What a worker is told: the terrain once, then questions by number. */
export type Asked =
  | { kind: "terrain"; terrain: Terrain }
  | { kind: "question"; number: number; question: Question };
/** What it answers. */
export interface Answered {
  number: number;
  way: Point[] | null;
}

declare const self: DedicatedWorkerGlobalScope;
let wayfinder: Wayfinder | null = null;

self.onmessage = ({ data }: MessageEvent<Asked>) => {
  if (data.kind === "terrain") {
    wayfinder = new Wayfinder(data.terrain);
    return;
  }
  const way = wayfinder?.find(data.question) ?? null;
  self.postMessage({ number: data.number, way } satisfies Answered);
};
