import { outline } from "../hulls";
import type { Hull } from "../variants";

/** Triangles with a normal and a finish (metal, paint, light) for each corner. */
export interface Solid {
  positions: number[];
  normals: number[];
  /** r: metal, g: paint in the owner's colour, b: light; each of 1. */
  finishes: number[];
  indices: number[];
}

type Flat = readonly number[];
type Finish = readonly [metal: number, paint: number, light: number];

const METAL: Finish = [1, 0, 0];
const DARK: Finish = [0.55, 0, 0];
const PAINT: Finish = [0.25, 1, 0];
const LIGHT: Finish = [0, 0.4, 1];
const UP = 1;
/** Where drives glow at the stern, by hull: y of each, and their size. */
const DRIVES: Record<Hull, readonly (readonly [x: number, y: number, r: number])[]> = {
  wing: [[-0.52, 0, 0.13]],
  scout: [[-0.7, 0, 0.13]],
  cruiser: [
    [-0.9, 0.14, 0.11],
    [-0.9, -0.14, 0.11],
  ],
  battleship: [
    [-0.98, 0, 0.13],
    [-0.9, 0.44, 0.12],
    [-0.9, -0.44, 0.12],
  ],
  carrier: [
    [-1, 0.2, 0.12],
    [-1, -0.2, 0.12],
  ],
  freighter: [
    [-0.9, 0.12, 0.1],
    [-0.9, -0.12, 0.1],
  ],
  colony_ship: [[-0.85, 0, 0.17]],
};
/** What stands on the deck: x, half length, half width. */
const TOWERS: Record<Hull, readonly (readonly [x: number, l: number, w: number])[]> = {
  wing: [[-0.05, 0.2, 0.07]],
  scout: [[0.3, 0.22, 0.06]],
  cruiser: [
    [-0.35, 0.16, 0.12],
    [0.25, 0.12, 0.06],
  ],
  battleship: [
    [-0.45, 0.2, 0.17],
    [0, 0.1, 0.12],
    [0.4, 0.1, 0.08],
  ],
  carrier: [[-0.5, 0.14, 0.3]],
  freighter: [[0.72, 0.1, 0.1]],
  colony_ship: [
    [0.5, 0.2, 0.16],
    [-0.16, 0.08, 0.4],
  ],
};

/** Build a hull: flanks that slope to a deck, towers, paint, drives; bottom to top. */
export function hullSolid(hull: Hull): Solid {
  const solid: Solid = { positions: [], normals: [], finishes: [], indices: [] };
  const rim = outline(hull);
  for (const [x, y, r] of DRIVES[hull]) disc(solid, x - r * 0.9, y, r * 1.5, LIGHT);
  const deck = inset(rim, 0.07);
  slopes(solid, rim, deck, DARK);
  face(solid, deck, METAL);
  const stripe = inset(deck, 0.09);
  slopes(solid, deck, stripe, PAINT);
  face(solid, stripe, METAL);
  for (const [x, l, w] of TOWERS[hull]) tower(solid, x, l, w);
  return solid;
}

/** Build a hull's outline alone, in the owner's colour with a dark rim. */
export function flatSolid(hull: Hull): Solid {
  const solid: Solid = { positions: [], normals: [], finishes: [], indices: [] };
  const rim = outline(hull);
  face(solid, rim, DARK);
  face(solid, inset(rim, 0.09), PAINT);
  return solid;
}

/** Cut a polygon (x, y, x, y, ...) into triangles, ear by ear. */
export function triangles(polygon: Flat): number[] {
  const left = Array.from({ length: polygon.length / 2 }, (_, n) => n);
  const found: number[] = [];
  const turn = area(polygon) > 0 ? 1 : -1;
  let tries = left.length * left.length;
  while (left.length > 3 && tries > 0) {
    tries--;
    const [a, b, c] = left as [number, number, number];
    if (isEar(polygon, left, [a, b, c], turn)) {
      found.push(a, b, c);
      left.splice(1, 1);
    } else {
      left.push(left.shift() as number);
    }
  }
  if (left.length === 3) found.push(...left);
  return found;
}

function isEar(
  polygon: Flat,
  left: readonly number[],
  [a, b, c]: readonly [number, number, number],
  turn: number,
): boolean {
  if (cross(polygon, a, b, c) * turn <= 0) return false;
  return left.every((p) => {
    if (p === a || p === b || p === c) return true;
    const isIn =
      cross(polygon, a, b, p) * turn >= 0 &&
      cross(polygon, b, c, p) * turn >= 0 &&
      cross(polygon, c, a, p) * turn >= 0;
    return !isIn;
  });
}

function cross(polygon: Flat, a: number, b: number, c: number): number {
  const [ax, ay] = corner(polygon, a);
  const [bx, by] = corner(polygon, b);
  const [cx, cy] = corner(polygon, c);
  return (bx - ax) * (cy - ay) - (by - ay) * (cx - ax);
}

function corner(polygon: Flat, n: number): readonly [number, number] {
  return [polygon[n * 2] as number, polygon[n * 2 + 1] as number];
}

/** Give twice the area, negative where corners run the other way around. */
function area(polygon: Flat): number {
  let sum = 0;
  const count = polygon.length / 2;
  for (let n = 0; n < count; n++) {
    const [ax, ay] = corner(polygon, n);
    const [bx, by] = corner(polygon, (n + 1) % count);
    sum += ax * by - bx * ay;
  }
  return sum;
}

/** Move each corner of a polygon inwards. */
function inset(polygon: Flat, by: number): number[] {
  const count = polygon.length / 2;
  const turn = area(polygon) > 0 ? 1 : -1;
  const moved: number[] = [];
  for (let n = 0; n < count; n++) {
    const [ax, ay] = corner(polygon, (n + count - 1) % count);
    const [bx, by_] = corner(polygon, n);
    const [cx, cy] = corner(polygon, (n + 1) % count);
    const [ux, uy] = inwards(bx - ax, by_ - ay, turn);
    const [vx, vy] = inwards(cx - bx, cy - by_, turn);
    const dot = 1 + ux * vx + uy * vy;
    // Sharp corners would shoot far in: they go at most twice as far.
    const far = by / Math.max(0.5, dot);
    moved.push(bx + (ux + vx) * far, by_ + (uy + vy) * far);
  }
  return moved;
}

function inwards(dx: number, dy: number, turn: number): readonly [number, number] {
  const length = Math.hypot(dx, dy) || 1;
  return [(-dy / length) * turn, (dx / length) * turn];
}

/** Add the slopes from an outer polygon up to an inner one. */
function slopes(solid: Solid, outer: Flat, inner: Flat, finish: Finish): void {
  const count = outer.length / 2;
  const turn = area(outer) > 0 ? 1 : -1;
  for (let n = 0; n < count; n++) {
    const next = (n + 1) % count;
    const [ax, ay] = corner(outer, n);
    const [bx, by] = corner(outer, next);
    const [inX, inY] = inwards(bx - ax, by - ay, turn);
    const normal = [-inX * 0.75, -inY * 0.75, 0.66] as const;
    const [cx, cy] = corner(inner, next);
    const [dx, dy] = corner(inner, n);
    quad(solid, [ax, ay, bx, by, cx, cy, dx, dy], normal, finish);
  }
}

function face(solid: Solid, polygon: Flat, finish: Finish): void {
  const first = solid.positions.length / 3;
  for (let n = 0; n < polygon.length / 2; n++) {
    const [x, y] = corner(polygon, n);
    point(solid, x, y, [0, 0, UP], finish);
  }
  for (const index of triangles(polygon)) solid.indices.push(first + index);
}

function tower(solid: Solid, x: number, l: number, w: number): void {
  const foot = [x + l, -w, x + l, w, x - l, w, x - l, -w];
  const top = inset(foot, Math.min(l, w) * 0.45);
  slopes(solid, foot, top, DARK);
  face(solid, top, METAL);
}

function disc(solid: Solid, x: number, y: number, r: number, finish: Finish): void {
  const rim: number[] = [];
  for (let n = 0; n < 8; n++) {
    const angle = (n * Math.PI) / 4;
    rim.push(x + Math.cos(angle) * r, y + Math.sin(angle) * r * 0.6);
  }
  face(solid, rim, finish);
}

function quad(
  solid: Solid,
  corners: Flat,
  normal: readonly [number, number, number],
  finish: Finish,
): void {
  const first = solid.positions.length / 3;
  for (let n = 0; n < 4; n++) {
    const [x, y] = corner(corners, n);
    point(solid, x, y, normal, finish);
  }
  solid.indices.push(first, first + 1, first + 2, first, first + 2, first + 3);
}

function point(
  solid: Solid,
  x: number,
  y: number,
  normal: readonly [number, number, number],
  finish: Finish,
): void {
  solid.positions.push(x, y, 0);
  solid.normals.push(...normal);
  solid.finishes.push(...finish, 1);
}
