import { SECTOR, SECTORS } from "../space";
import type { Point, Terrain } from "../types";
import { Lattice } from "./lattice";
import { Search } from "./search";

const MILLI = 1_000;

/** What is asked for: from where to where, in units, for whom. */
export interface Question {
  from: Point;
  to: Point;
  warships: boolean;
  opened: readonly string[];
}

/** Find ways in the galaxy by the server's rules, in units. */
export class Wayfinder {
  private readonly lattice: Lattice;
  private readonly search: Search;

  constructor(terrain: Terrain, side = SECTORS) {
    this.lattice = new Lattice({
      side,
      cell: SECTOR * MILLI,
      closed: Object.keys(terrain.hazards).map((name) => cellIndex(name, side)),
      guarded: terrain.protected.map((name) => cellIndex(name, side)),
    });
    this.search = new Search(this.lattice);
  }

  /** Find a way; null where there is none. */
  find({ from, to, warships, opened }: Question): Point[] | null {
    const start = milli(from);
    const free = opened.map((name) => cellIndex(name, this.lattice.side));
    const blocks = this.lattice.blocks(warships, [
      this.lattice.indexOf(start),
      ...free,
    ]);
    const way = this.search.find(blocks, start, milli(to));
    return way?.map(({ x, y }) => ({ x: x / MILLI, y: y / MILLI })) ?? null;
  }
}

function milli({ x, y }: Point): Point {
  return { x: Math.round(x * MILLI), y: Math.round(y * MILLI) };
}

/** Read a sector's name as the lattice counts: column by column. */
function cellIndex(name: string, side: number): number {
  const [x, y] = name.split(":").map(Number);
  return (x ?? 0) * side + (y ?? 0);
}
