import type { PlacedNode } from "./layout";

export type Direction = "left" | "right" | "up" | "down" | "first" | "last";

const KEYS: Readonly<Record<string, Direction>> = {
  ArrowLeft: "left",
  ArrowRight: "right",
  ArrowUp: "up",
  ArrowDown: "down",
  Home: "first",
  End: "last",
};

/** Tell where a key moves the focus in the graph; null for other keys. */
export function directionOf(key: string): Direction | null {
  return KEYS[key] ?? null;
}

/** Name the node that a move from one leads to; the same where there is none. */
export function moved(
  nodes: readonly PlacedNode[],
  from: string,
  direction: Direction,
): string {
  const start = nodes.find((one) => one.id === from);
  if (start === undefined || direction === "first") return nodes[0]?.id ?? from;
  if (direction === "last") return nodes.at(-1)?.id ?? from;
  const ahead = nodes.filter((one) => isAhead(start, one, direction));
  const best = ahead.sort(
    (a, b) => far(start, a, direction) - far(start, b, direction),
  );
  return best[0]?.id ?? from;
}

function isAhead(start: PlacedNode, one: PlacedNode, direction: Direction): boolean {
  switch (direction) {
    case "left":
      return one.column < start.column;
    case "right":
      return one.column > start.column;
    case "up":
      return one.row < start.row;
    default:
      return one.row > start.row;
  }
}

/** Steps across the way weigh more than steps along it: a move stays on its line. */
function far(start: PlacedNode, one: PlacedNode, direction: Direction): number {
  const columns = Math.abs(one.column - start.column);
  const rows = Math.abs(one.row - start.row);
  return direction === "left" || direction === "right"
    ? columns + rows * 3
    : rows + columns * 3;
}
