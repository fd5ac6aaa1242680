import { PLANET_TYPES } from "./space";
import type { Kind } from "./types";

/** What a fleet is drawn as, by the model's index. */
export const HULLS = [
  "wing",
  "scout",
  "cruiser",
  "battleship",
  "carrier",
  "freighter",
  "colony_ship",
] as const;
export type Hull = (typeof HULLS)[number];

/** Class of ship -> what it is drawn as. */
const HULL_OF: Readonly<Record<string, Hull>> = {
  fighter: "wing",
  interceptor: "wing",
  bomber: "wing",
  frigate: "cruiser",
  scout: "scout",
  cruiser: "cruiser",
  battleship: "battleship",
  carrier: "carrier",
  freighter: "freighter",
  colony_ship: "colony_ship",
};

/** Give the index of a planet's type or a fleet's hull; the first where unknown. */
export function variantIndex(kind: Kind, variant: string | undefined): number {
  if (variant === undefined) return 0;
  const index =
    kind === "planet"
      ? (PLANET_TYPES as readonly string[]).indexOf(variant)
      : HULLS.indexOf(HULL_OF[variant] ?? "wing");
  return Math.max(0, index);
}
