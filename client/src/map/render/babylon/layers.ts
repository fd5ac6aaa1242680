import type { Kind } from "../types";
import {
  BATTLE_FRAGMENT,
  DOT_FRAGMENT,
  PLANET_FRAGMENT,
  SYMBOL_FRAGMENT,
} from "./shaders/points";

/** From the lowest up; space is 0, hazards are 1. */
export const ORDER: Record<
  Kind | "contours" | "lines" | "ships" | "marks" | "names",
  number
> = {
  contours: 1.5,
  planet: 2,
  debris: 3,
  hidden_colony: 4,
  colony: 5,
  lines: 6,
  ships: 7,
  fleet: 8,
  battle: 9,
  marks: 10,
  names: 11,
};

/** What draws a kind: from afar, and, where that differs, from near by. */
export const FRAGMENTS: Record<Kind, readonly string[]> = {
  planet: [DOT_FRAGMENT, PLANET_FRAGMENT],
  debris: [SYMBOL_FRAGMENT],
  hidden_colony: [SYMBOL_FRAGMENT],
  colony: [SYMBOL_FRAGMENT],
  fleet: [SYMBOL_FRAGMENT],
  battle: [SYMBOL_FRAGMENT, BATTLE_FRAGMENT],
};

/** How far a kind reaches beyond its radius: a planet has rings and air. */
export const REACHES: Record<Kind, number> = {
  planet: 1.62,
  debris: 1.25,
  hidden_colony: 1.25,
  colony: 1.25,
  fleet: 1.25,
  battle: 1.45,
};
