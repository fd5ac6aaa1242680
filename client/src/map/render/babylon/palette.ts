import { PLANET_TYPES, STANCES } from "../space";
import { GHOST, PENDING, type Store } from "../store";
import { SHAPES } from "../symbols";
import type { Colours } from "../types";
import { packed } from "./colour";

const GHOST_ALPHA = 0.42;
const PENDING_ALPHA = 0.62;

/** Hold the colours that points carry, packed once. */
export class Palette {
  readonly stances: readonly number[];
  readonly planets: readonly number[];
  readonly debris: number;
  readonly hidden: number;
  readonly battle: number;
  readonly selection: number;

  constructor(colours: Colours) {
    this.stances = STANCES.map((stance) => packed(colours.stances[stance]));
    this.planets = PLANET_TYPES.map((type) =>
      packed(colours.planets[type] ?? colours.star),
    );
    this.debris = packed(colours.debris);
    this.hidden = packed(colours.hidden);
    this.battle = packed(colours.battle);
    this.selection = packed(colours.text);
  }

  /** Give the colour of an entity's symbol. */
  of(store: Store, i: number): number {
    switch (store.kind) {
      case "planet":
        return this.planets[store.variant[i] as number] ?? 0;
      case "debris":
        return this.debris;
      case "hidden_colony":
        return this.hidden;
      case "battle":
        return this.battle;
      default:
        return this.stances[store.stance[i] as number] ?? 0;
    }
  }
}

/** Give the shape of an entity's symbol. */
export function shapeOf(store: Store, i: number, isNear: boolean): number {
  switch (store.kind) {
    case "planet":
      return store.variant[i] as number;
    case "debris":
      return SHAPES.debris;
    case "hidden_colony":
      return SHAPES.hidden;
    case "colony":
      return (isNear ? SHAPES.orbit : SHAPES.colony) + (store.stance[i] as number);
    case "battle":
      return SHAPES.battle;
    case "fleet":
      return store.stance[i] as number;
  }
}

/** Give how solid an entity is shown. */
export function alphaOf(store: Store, i: number): number {
  const flags = store.flags[i] as number;
  if (flags & GHOST) return GHOST_ALPHA;
  return flags & PENDING ? PENDING_ALPHA : 1;
}
