/** List what is in view: own things first, then what matters most. */

import type { Point } from "../sync/empire";
import { type Box, distance, isIn } from "./places";
import { whereIs } from "./target";
import { keyOf, type Thing, type Things } from "./things";
import type { GalaxyChart } from "./views";

/** Rows that the list holds at most. */
export const ROWS_MAX = 100;

/** One thing or planet of the list. */
export interface Row {
  key: string;
  kind: Thing["kind"] | "planet";
  /** Its own name; empty where it has none or none is known. */
  name: string;
  owner: string;
  /** A planet's type. */
  type: string;
  isOwn: boolean;
  at: Point;
}

const RANKS = { battle: 1, fleet: 2, colony: 3, debris: 4, planet: 5 } as const;

/** Give the rows for what lies in a box, and how many more there are. */
export function rowsIn(
  box: Box,
  things: Things,
  chart: GalaxyChart | null,
  now_ms: number,
): { rows: Row[]; more: number } {
  const found = [...things.values()]
    .map((thing) => rowOf(thing, now_ms))
    .filter(({ at }) => isIn(at, box));
  const all = [...found, ...planetRows(box, things, chart)];
  const middle = { x: (box.x0 + box.x1) / 2, y: (box.y0 + box.y1) / 2 };
  const rank = (row: Row) => (row.isOwn ? 0 : RANKS[row.kind]);
  all.sort(
    (one, other) =>
      rank(one) - rank(other) || distance(one.at, middle) - distance(other.at, middle),
  );
  const rows = all.slice(0, ROWS_MAX);
  return { rows, more: all.length - rows.length };
}

function rowOf(thing: Thing, now_ms: number): Row {
  const { key, kind } = thing;
  const own = "own" in thing ? thing.own : undefined;
  const seen = "seen" in thing ? thing.seen : undefined;
  const name = own?.name ?? (seen !== undefined && "name" in seen ? seen.name : "");
  const owner = seen?.username ?? "";
  const at = whereIs(thing, now_ms);
  return { key, kind, name, owner, type: "", isOwn: own !== undefined, at };
}

function planetRows(box: Box, things: Things, chart: GalaxyChart | null): Row[] {
  if (chart === null) return [];
  const { id, x, y, type, types } = chart.planets;
  const rows: Row[] = [];
  id.forEach((name, index) => {
    const at = { x: x[index] ?? 0, y: y[index] ?? 0 };
    if (!isIn(at, box) || things.has(keyOf("colony", name))) return;
    rows.push({
      key: keyOf("planet", name),
      kind: "planet",
      name: "",
      owner: "",
      type: types[type[index] ?? 0] ?? "",
      isOwn: false,
      at,
    });
  });
  return rows;
}
