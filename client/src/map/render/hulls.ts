import type { Hull } from "./variants";

/** One side of a hull as seen from above: x to its bow, y outwards; -1 to 1. */
type Outline = readonly (readonly [x: number, y: number])[];

/**
 * Right halves of the ships' outlines, from bow to stern; the left is their mirror.
 * Each is told from the others by its outline alone.
 */
export const OUTLINES: Record<Hull, Outline> = {
  // An arrowhead: all wing.
  wing: [
    [0.8, 0],
    [0.1, 0.2],
    [-0.55, 0.75],
    [-0.75, 0.7],
    [-0.45, 0.18],
    [-0.6, 0],
  ],
  // A needle with a dish.
  scout: [
    [1, 0],
    [0.35, 0.12],
    [0.15, 0.12],
    [-0.1, 0.5],
    [-0.32, 0.5],
    [-0.28, 0.14],
    [-0.7, 0.2],
    [-0.7, 0],
  ],
  // A dagger with side pods.
  cruiser: [
    [1, 0],
    [0.5, 0.18],
    [0.1, 0.22],
    [0, 0.42],
    [-0.5, 0.46],
    [-0.6, 0.26],
    [-0.9, 0.3],
    [-0.9, 0],
  ],
  // A wedge, the broadest of all.
  battleship: [
    [1, 0],
    [0.85, 0.14],
    [0.3, 0.3],
    [0.2, 0.44],
    [-0.35, 0.5],
    [-0.5, 0.68],
    [-0.95, 0.62],
    [-0.85, 0.3],
    [-1, 0.22],
    [-1, 0],
  ],
  // A long slab with a notch in its bow: the flight deck.
  carrier: [
    [0.72, 0],
    [0.72, 0.14],
    [1, 0.16],
    [1, 0.34],
    [0.2, 0.44],
    [-0.1, 0.58],
    [-0.6, 0.58],
    [-0.7, 0.4],
    [-1, 0.36],
    [-1, 0],
  ],
  // A spine with boxes.
  freighter: [
    [0.95, 0],
    [0.9, 0.2],
    [0.6, 0.22],
    [0.56, 0.1],
    [0.45, 0.1],
    [0.45, 0.42],
    [0.05, 0.42],
    [0.05, 0.1],
    [-0.08, 0.1],
    [-0.08, 0.42],
    [-0.5, 0.42],
    [-0.5, 0.14],
    [-0.9, 0.26],
    [-0.9, 0],
  ],
  // A round hull before a ring of habitats.
  colony_ship: [
    [0.95, 0],
    [0.86, 0.26],
    [0.6, 0.4],
    [0.3, 0.32],
    [0.12, 0.14],
    [0, 0.62],
    [-0.3, 0.7],
    [-0.4, 0.16],
    [-0.85, 0.3],
    [-0.85, 0],
  ],
};

/** Give a hull's whole outline, around: x, y, x, y, ... */
export function outline(hull: Hull): number[] {
  const right = OUTLINES[hull];
  const left = [...right].reverse().filter(([, y]) => y > 0);
  return [...right.flat(), ...left.flatMap(([x, y]) => [x, -y])];
}
