import type { Bounds, Kind, Stance } from "./types";

/** The galaxy's side, in units. */
export const SIDE = 10_000;
/** A sector's side, in units. */
export const SECTOR = 100;
/** Sectors along each side. */
export const SECTORS = SIDE / SECTOR;

/** From the lowest layer to the highest. */
export const KINDS = [
  "planet",
  "debris",
  "hidden_colony",
  "colony",
  "fleet",
  "battle",
] as const satisfies readonly Kind[];

export const STANCES = [
  "own",
  "ally",
  "hostile",
  "neutral",
] as const satisfies readonly Stance[];

export const PLANET_TYPES = [
  "terrestrial",
  "gas_giant",
  "asteroid",
  "ice",
  "desert",
] as const;

/** How far each region reaches from the centre, in units; deep space lies beyond. */
export const REGION_RADII = [1_200, 3_200, 4_500] as const;

/** Read a sector's name, `"x:y"`, as its index `y * SECTORS + x`; -1 if it is none. */
export function sectorIndex(name: string, side = SECTORS): number {
  const colon = name.indexOf(":");
  const x = Number(name.slice(0, colon));
  const y = Number(name.slice(colon + 1));
  const isInside = x >= 0 && y >= 0 && x < side && y < side;
  return colon > 0 && isInside ? y * side + x : -1;
}

/** Tell whether a place lies within bounds. */
export function isWithin(bounds: Bounds, x: number, y: number): boolean {
  return x >= bounds.x0 && x <= bounds.x1 && y >= bounds.y0 && y <= bounds.y1;
}

/** Keep a number between two others. */
export function clamped(value: number, low: number, high: number): number {
  return Math.max(low, Math.min(high, value));
}
