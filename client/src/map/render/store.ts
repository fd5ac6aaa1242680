import { TileGrid } from "./grid";
import { isWithin, STANCES } from "./space";
import { Tracks } from "./tracks";
import type { Bounds, Entity, Kind } from "./types";
import { variantIndex } from "./variants";

export const GHOST = 1;
export const PENDING = 2;
const OWN = STANCES.indexOf("own");

/** How far apart fleets are shown that stand in one place: slots around it, in px. */
const SLOTS = 8;
const SLOT_PX = 15;
const RING_PX = 11;

/** Give how a symbol is turned: only the own triangle points; a diamond stays one. */
export function turnOf(store: Store, i: number): number {
  const isOwn = store.kind === "fleet" && store.stance[i] === OWN;
  return isOwn ? (store.heading[i] as number) : 0;
}

/** Hold all entities of a kind in columns. What moves is kept apart from what stands. */
export class Store {
  readonly entities: Entity[] = [];
  readonly grid = new TileGrid();
  x = new Float32Array(0);
  y = new Float32Array(0);
  size = new Float32Array(0);
  heading = new Float32Array(0);
  stance = new Uint8Array(0);
  variant = new Uint8Array(0);
  flags = new Uint8Array(0);
  /** How far from its place a standing fleet is shown, in px. */
  shiftX = new Int8Array(0);
  shiftY = new Int8Array(0);
  count = 0;
  /** Entities with a path: `moving[0..movingCount]`. */
  moving = new Int32Array(0);
  movingCount = 0;
  /** Counts changes to what stands. */
  version = 0;
  /** Whether any in view was flying at the last `advance`, and the fastest's speed. */
  fastest = 0;
  private readonly tracks = new Tracks();
  private isMoving = new Uint8Array(0);
  private first = new Int32Array(0);
  private length = new Int32Array(0);
  private leg = new Int32Array(0);
  private speed = new Float32Array(0);
  /** Which are selected. */
  selected: number[] = [];
  private selection: ReadonlySet<string> = new Set();

  constructor(readonly kind: Kind) {}

  /** Hold exactly these; tell whether anything changed. */
  set(entities: readonly Entity[]): boolean {
    if (this.isSame(entities)) return false;
    this.reserve(entities.length);
    this.tracks.clear();
    this.movingCount = 0;
    this.count = entities.length;
    this.entities.length = entities.length;
    for (let i = 0; i < entities.length; i++) this.write(i, entities[i] as Entity);
    if (this.kind === "fleet") this.spread();
    this.grid.rebuild(this.x, this.y, this.count, this.isMoving);
    this.select(this.selection);
    this.version++;
    return true;
  }

  /** Mark the selected ones. */
  select(ids: ReadonlySet<string>): void {
    this.selection = ids;
    this.selected = [];
    if (ids.size === 0) return;
    for (let i = 0; i < this.count; i++) {
      if (ids.has((this.entities[i] as Entity).id)) this.selected.push(i);
    }
  }

  /** Put what moves where it is at a time; note how fast the fastest in view is. */
  advance(now_ms: number, view: Bounds): void {
    const { tracks, x, y } = this;
    this.fastest = 0;
    for (let m = 0; m < this.movingCount; m++) {
      const i = this.moving[m] as number;
      const first = this.first[i] as number;
      const length = this.length[i] as number;
      const before = this.leg[i] as number;
      const leg = tracks.leg(first, length, before, now_ms);
      if (leg !== before) this.turn(i, leg);
      tracks.place(leg, now_ms);
      x[i] = tracks.x;
      y[i] = tracks.y;
      const speed = this.speed[i] as number;
      if (speed <= this.fastest || !isWithin(view, tracks.x, tracks.y)) continue;
      if (tracks.isFlown(first, length, now_ms)) this.fastest = speed;
    }
  }

  private write(i: number, one: Entity): void {
    this.entities[i] = one;
    this.x[i] = one.x;
    this.y[i] = one.y;
    this.size[i] = one.size ?? 1;
    this.stance[i] = STANCES.indexOf(one.stance);
    this.variant[i] = variantIndex(one.kind, one.variant);
    this.flags[i] = (one.ghost ? GHOST : 0) | (one.pending ? PENDING : 0);
    this.heading[i] = -Math.PI / 2;
    this.shiftX[i] = 0;
    this.shiftY[i] = 0;
    const path = one.path;
    const isMoving = path !== undefined && path.length > 1;
    this.isMoving[i] = isMoving ? 1 : 0;
    if (!isMoving) return;
    this.moving[this.movingCount++] = i;
    this.first[i] = this.tracks.add(path);
    this.length[i] = path.length;
    this.turn(i, this.first[i] as number);
  }

  private turn(i: number, leg: number): void {
    this.leg[i] = leg;
    this.heading[i] = this.tracks.heading(leg);
    this.speed[i] = this.tracks.speed(leg);
  }

  /** Show fleets that stand in one place around it, not one over another. */
  private spread(): void {
    const taken = new Map<number, number>();
    for (let i = 0; i < this.count; i++) {
      if (this.isMoving[i] === 1) continue;
      const place =
        Math.round((this.x[i] as number) * 10) * 1e6 +
        Math.round((this.y[i] as number) * 10);
      const slot = taken.get(place) ?? 0;
      taken.set(place, slot + 1);
      const radius = SLOT_PX + RING_PX * Math.min(8, Math.floor(slot / SLOTS));
      const angle = -Math.PI / 4 + ((slot % SLOTS) * 2 * Math.PI) / SLOTS;
      this.shiftX[i] = Math.round(Math.cos(angle) * radius);
      this.shiftY[i] = Math.round(Math.sin(angle) * radius);
    }
  }

  private isSame(entities: readonly Entity[]): boolean {
    if (entities.length !== this.count) return false;
    for (let i = 0; i < entities.length; i++) {
      if (entities[i] !== this.entities[i]) return false;
    }
    return true;
  }

  private reserve(wanted: number): void {
    if (wanted <= this.x.length) return;
    const size = Math.ceil(wanted * 1.5);
    this.x = new Float32Array(size);
    this.y = new Float32Array(size);
    this.size = new Float32Array(size);
    this.heading = new Float32Array(size);
    this.speed = new Float32Array(size);
    this.stance = new Uint8Array(size);
    this.variant = new Uint8Array(size);
    this.flags = new Uint8Array(size);
    this.isMoving = new Uint8Array(size);
    this.shiftX = new Int8Array(size);
    this.shiftY = new Int8Array(size);
    this.moving = new Int32Array(size);
    this.first = new Int32Array(size);
    this.length = new Int32Array(size);
    this.leg = new Int32Array(size);
  }
}
