/** How ships look on the field: a shape for whose they are, a size for what they are. */
import { GUNS } from "../model/keyframes";
import type { Stance } from "../model/stance";

/** Radius of each unit in CSS pixels at a zoom of 1. */
const SIZES: Readonly<Record<string, number>> = {
  scout: 3.2,
  fighter: 3.6,
  interceptor: 3.8,
  bomber: 4.8,
  freighter: 5.5,
  colony_ship: 6,
  frigate: 6.2,
  cruiser: 8.2,
  battleship: 11,
  carrier: 12,
  [GUNS]: 13,
};
const SIZE_UNKNOWN = 5;
/** From this size on a ship shows hull and damage. */
export const LARGE = 6;

/** Give the radius of a piece: squadrons are larger, and a near camera makes all so. */
export function radiusOf(unit: string, ships: number, zoom: number): number {
  const size = SIZES[unit] ?? SIZE_UNKNOWN;
  const crowd = 1 + Math.min(0.6, Math.log10(Math.max(1, ships)) * 0.2);
  return size * crowd * Math.max(0.55, Math.min(1.9, zoom ** 0.45));
}

/** Trace a piece's outline around the origin, bow to the right. */
export function trace(
  context: CanvasRenderingContext2D,
  unit: string,
  stance: Stance,
  radius: number,
): void {
  context.beginPath();
  if (unit === GUNS) polygon(context, radius, 6, Math.PI / 6);
  else if (stance === "own") dart(context, radius, unit);
  else if (stance === "hostile") diamond(context, radius, unit);
  else context.arc(0, 0, radius * 0.85, 0, Math.PI * 2);
  context.closePath();
}

/** A triangle with a notch; large hulls are longer. */
function dart(context: CanvasRenderingContext2D, radius: number, unit: string): void {
  const broad = isLarge(unit) ? 0.62 : 0.78;
  context.moveTo(radius * 1.25, 0);
  context.lineTo(-radius * 0.85, radius * broad);
  context.lineTo(-radius * 0.45, 0);
  context.lineTo(-radius * 0.85, -radius * broad);
}

function diamond(
  context: CanvasRenderingContext2D,
  radius: number,
  unit: string,
): void {
  const broad = isLarge(unit) ? 0.66 : 0.8;
  context.moveTo(radius * 1.15, 0);
  context.lineTo(0, radius * broad);
  context.lineTo(-radius * 1.0, 0);
  context.lineTo(0, -radius * broad);
}

function polygon(
  context: CanvasRenderingContext2D,
  radius: number,
  corners: number,
  turn: number,
): void {
  for (let i = 0; i < corners; i++) {
    const angle = turn + (i / corners) * Math.PI * 2;
    context.lineTo(Math.cos(angle) * radius, Math.sin(angle) * radius);
  }
}

export function isLarge(unit: string): boolean {
  return (SIZES[unit] ?? SIZE_UNKNOWN) >= LARGE;
}
