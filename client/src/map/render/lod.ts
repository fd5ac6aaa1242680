import type { Kind } from "./types";

/** Levels of detail, from near to far. */
export const TIERS = ["model", "simple", "icon", "far"] as const;
export type Tier = (typeof TIERS)[number];

export type Level = "low" | "medium" | "high";

/** The zoom, in pixels a unit, from which each level is drawn. */
const FROM_ZOOM: readonly (readonly [Tier, number])[] = [
  ["model", 2.6],
  ["simple", 0.9],
  ["icon", 0.2],
];
/** What a level of quality makes of these. */
const STRICTNESS: Record<Level, number> = { low: 1.6, medium: 1, high: 0.85 };
/** How many square pixels one thing needs to be told from others at a level. */
const ROOM_PX: Record<Tier, number> = { model: 900, simple: 260, icon: 60, far: 0 };

/** Choose the level of detail that a zoom gives. */
export function tierOf(zoom: number, level: Level): Tier {
  const strictness = STRICTNESS[level];
  return FROM_ZOOM.find(([, from]) => zoom >= from * strictness)?.[0] ?? "far";
}

/** Choose the level of a tile: farther than the zoom's where it is crowded. */
export function tileTier(tier: Tier, count: number, side_px: number): Tier {
  const room = (side_px * side_px) / Math.max(1, count);
  let at = TIERS.indexOf(tier);
  while (at < TIERS.length - 1 && room < ROOM_PX[TIERS[at] as Tier]) at++;
  return TIERS[at] as Tier;
}

/** Give the radius, in pixels, that a thing of usual size is drawn with as a symbol. */
export function radiusOf(kind: Kind, zoom: number): number {
  switch (kind) {
    case "planet":
      return Math.min(40, 0.7 + 3.2 * zoom);
    case "colony":
      return Math.min(60, 3.4 + 4.6 * zoom);
    case "hidden_colony":
      return Math.min(56, 2.4 + 4.6 * zoom);
    case "fleet":
      return Math.min(11, 3.4 + 5 * zoom);
    case "battle":
      return Math.min(30, 6 + 6 * zoom);
    case "debris":
      return Math.min(16, 1.4 + 4 * zoom);
  }
}

/** Give half the length, in pixels, of a ship's silhouette or model. */
export function hullRadius(zoom: number): number {
  return Math.min(46, Math.max(9, 5.5 * zoom));
}
