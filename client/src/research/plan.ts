import type { PlacedNode, TreeLayout } from "./layout";

/** Measures of the graph in px: a node in its cell, and room for the branch's name. */
export const NODE = { width: 168, height: 60 } as const;
export const CELL = { width: 200, height: 76 } as const;
const LEFT = 32;

/** Give the corner of a node, in px from the graph's corner. */
export function placeOf({ column, row }: PlacedNode): { x: number; y: number } {
  const y = row * CELL.height + (CELL.height - NODE.height) / 2;
  return { x: LEFT + column * CELL.width, y };
}

/** Give the size of the whole graph in px. */
export function sizeOf({ columns, rows }: TreeLayout): {
  width: number;
  height: number;
} {
  const width = LEFT + (columns - 1) * CELL.width + NODE.width + 12;
  return { width, height: rows * CELL.height };
}

/** Draw the way from one node's right side to another's left, as a path of SVG. */
export function curve(from: PlacedNode, to: PlacedNode): string {
  const start = placeOf(from);
  const end = placeOf(to);
  const [x0, y0] = [start.x + NODE.width, start.y + NODE.height / 2];
  const [x1, y1] = [end.x, end.y + NODE.height / 2];
  const bend = Math.min(60, (x1 - x0) / 2);
  return `M${x0} ${y0}C${x0 + bend} ${y0} ${x1 - bend} ${y1} ${x1} ${y1}`;
}
