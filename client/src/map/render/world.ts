import { Fog } from "./fog";
import { KINDS, SECTORS, sectorIndex } from "./space";
import { Store } from "./store";
import type {
  Bounds,
  Colours,
  CourseLine,
  Entity,
  HazardKind,
  Kind,
  Range,
  Terrain,
} from "./types";

/** A sector's place, counted from 0. */
export interface Cell {
  x: number;
  y: number;
}

/** Hold all that is drawn. Each part counts its changes in a version. */
export class World {
  readonly stores: Record<Kind, Store>;
  readonly fog = new Fog();
  readonly hazards: Record<HazardKind, Cell[]> = { nebula: [], black_hole: [] };
  protected: Cell[] = [];
  courses: readonly CourseLine[] = [];
  ranges: readonly Range[] = [];
  selection: ReadonlySet<string> = new Set();
  terrainVersion = 0;
  coursesVersion = 0;
  rangesVersion = 0;
  selectionVersion = 0;

  constructor(public colours: Colours) {
    const stores = KINDS.map((kind) => [kind, new Store(kind)] as const);
    this.stores = Object.fromEntries(stores) as Record<Kind, Store>;
  }

  /** Take the sectors that block the way. */
  setTerrain(terrain: Terrain): void {
    this.hazards.nebula = [];
    this.hazards.black_hole = [];
    for (const [name, kind] of Object.entries(terrain.hazards)) {
      const cell = cellOf(name);
      if (cell) this.hazards[kind].push(cell);
    }
    this.protected = terrain.protected.map(cellOf).filter((cell) => cell !== null);
    this.terrainVersion++;
  }

  /** Mark what is selected. */
  select(ids: ReadonlySet<string>): void {
    this.selection = ids;
    this.selectionVersion++;
    for (const kind of KINDS) this.stores[kind].select(ids);
  }

  /** Put what moves where it is; give the fastest speed in view, in units a ms. */
  advance(now_ms: number, view: Bounds): number {
    let fastest = 0;
    for (const kind of KINDS) {
      const store = this.stores[kind];
      if (store.movingCount === 0) continue;
      store.advance(now_ms, view);
      fastest = Math.max(fastest, store.fastest);
    }
    return fastest;
  }

  /** Count all entities. */
  get count(): number {
    let count = 0;
    for (const kind of KINDS) count += this.stores[kind].count;
    return count;
  }

  /** Give an entity by what it is kept as. */
  entity(kind: Kind, index: number): Entity {
    return this.stores[kind].entities[index] as Entity;
  }
}

function cellOf(name: string): Cell | null {
  const index = sectorIndex(name);
  if (index < 0) return null;
  return { x: index % SECTORS, y: Math.floor(index / SECTORS) };
}
