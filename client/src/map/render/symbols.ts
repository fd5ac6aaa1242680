/** Cells of the sheet of symbols, and how far from a symbol's edge each place is. */
export const SHAPES = {
  /** 0 to 3: a stance's own shape. */
  triangle: 0,
  circle: 1,
  diamond: 2,
  ring: 3,
  /** 4 to 7: the same in a circle: colonies from afar. */
  colony: 4,
  /** 8 to 11: the same on top of a circle: colonies from near by. */
  orbit: 8,
  hidden: 12,
  debris: 13,
  selection: 14,
  /** An arrowhead whose tip is the place. */
  arrow: 15,
  battle: 16,
} as const;
/** Cells along each side of the sheet. */
export const SHEET_CELLS = 5;
/** A cell shows this many radii around a symbol's middle. */
export const CELL_RADII = 1.8;

/** Give how far a place is from a shape's edge, in radii: below 0 inside of it. */
type Distance = (x: number, y: number) => number;

const STANCE_DISTANCES: readonly Distance[] = [triangle, circle, diamond, ring];
const PIECES = 7;

/** Give the distances of a cell of the sheet. */
export function distanceOf(shape: number): Distance {
  if (shape < SHAPES.colony) return STANCE_DISTANCES[shape] as Distance;
  if (shape < SHAPES.orbit) return colony(STANCE_DISTANCES[shape - SHAPES.colony]);
  if (shape < SHAPES.hidden) return orbit(STANCE_DISTANCES[shape - SHAPES.orbit]);
  return SPECIAL[shape] ?? circle;
}

const SPECIAL: Readonly<Record<number, Distance>> = {
  [SHAPES.hidden]: hidden,
  [SHAPES.debris]: debris,
  [SHAPES.selection]: selection,
  [SHAPES.battle]: battle,
  [SHAPES.arrow]: (x, y) => triangle((x + 0.5) * 2, y * 2) / 2,
};

/** A triangle that points along x. */
function triangle(x: number, y: number): number {
  return Math.max(-x - 0.8, 0.904 * Math.abs(y) + 0.427 * x - 0.427);
}

function circle(x: number, y: number): number {
  return Math.hypot(x, y) - 0.8;
}

function diamond(x: number, y: number): number {
  return Math.abs(x) * 0.66 + Math.abs(y) * 0.75 - 0.68;
}

function ring(x: number, y: number): number {
  return Math.abs(Math.hypot(x, y) - 0.68) - 0.14;
}

function band(x: number, y: number, radius: number, half: number): number {
  return Math.abs(Math.hypot(x, y) - radius) - half;
}

/** A stance's shape, its tip upwards, of a size around a place. */
function badge(of: Distance | undefined, size: number, at: number): Distance {
  const stance = of ?? circle;
  return (x, y) => stance(-(y - at) / size, x / size) * size;
}

function colony(of: Distance | undefined): Distance {
  const inner = badge(of, 0.52, 0);
  return (x, y) => Math.min(band(x, y, 0.9, 0.03), inner(x, y));
}

function orbit(of: Distance | undefined): Distance {
  const mark = badge(of, 0.24, -0.9);
  return (x, y) => Math.min(band(x, y, 0.9, 0.005), mark(x, y));
}

function hidden(x: number, y: number): number {
  const dash = 0.16 * Math.cos(Math.atan2(y, x) * 8);
  return Math.min(
    Math.max(band(x, y, 0.72, 0.03), -dash - 0.04),
    Math.hypot(x, y) - 0.16,
  );
}

function debris(x: number, y: number): number {
  let nearest = 1;
  for (let piece = 0; piece < PIECES; piece++) {
    const angle = piece * 2.4;
    const far = Math.sqrt((piece + 0.4) / PIECES) * 0.9;
    const dx = Math.abs(x - Math.cos(angle) * far);
    const dy = Math.abs(y - Math.sin(angle) * far);
    nearest = Math.min(nearest, Math.max(dx, dy * 1.4) - 0.1 - 0.03 * (piece % 3));
  }
  return nearest;
}

/** A star of eight rays, hollow around its middle. */
function battle(x: number, y: number): number {
  const ray = 0.5 + 0.5 * Math.cos(Math.atan2(y, x) * 8);
  const far = Math.hypot(x, y);
  const star = (far - 0.5 - 0.5 * ray) * 0.6;
  return Math.min(Math.abs(star + 0.05) - 0.06, far - 0.24);
}

/** A ring of four arcs. */
function selection(x: number, y: number): number {
  const gap = 0.3 - Math.min(Math.abs(x), Math.abs(y));
  return Math.max(band(x, y, 0.95, 0.02), gap - 0.1);
}
