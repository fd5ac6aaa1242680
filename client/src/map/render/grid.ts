import { clamped, SECTOR, SECTORS } from "./space";
import type { Bounds } from "./types";

/** Sort places into the galaxy's tiles: all of one tile lie side by side. */
export class TileGrid {
  /** Tile t holds `items[starts[t]]` up to `items[starts[t + 1]]`. */
  readonly starts = new Int32Array(SECTORS * SECTORS + 1);
  items = new Int32Array(0);
  size = 0;

  /** Take the places `0..count` anew, but for those that `skips` marks. */
  rebuild(x: Float32Array, y: Float32Array, count: number, skips: Uint8Array): void {
    const { starts } = this;
    starts.fill(0);
    for (let i = 0; i < count; i++) {
      if (skips[i] === 0) raise(starts, tileOf(x[i] ?? 0, y[i] ?? 0) + 1, 1);
    }
    for (let t = 1; t < starts.length; t++) raise(starts, t, starts[t - 1] ?? 0);
    this.size = starts[starts.length - 1] ?? 0;
    if (this.items.length < this.size) this.items = new Int32Array(this.size * 2);
    const next = starts.slice();
    for (let i = 0; i < count; i++) {
      if (skips[i] !== 0) continue;
      const tile = tileOf(x[i] ?? 0, y[i] ?? 0);
      this.items[next[tile] ?? 0] = i;
      raise(next, tile, 1);
    }
  }

  /** Write what the tiles of an area hold into `out`, up to its length; give how many. */
  collect(bounds: Bounds, out: Int32Array): number {
    const x0 = tileAt(bounds.x0);
    const x1 = tileAt(bounds.x1);
    let found = 0;
    for (let ty = tileAt(bounds.y0); ty <= tileAt(bounds.y1); ty++) {
      // A row's tiles lie side by side, too: one copy a row.
      const from = this.starts[ty * SECTORS + x0] ?? 0;
      const to = this.starts[ty * SECTORS + x1 + 1] ?? 0;
      const room = Math.min(to - from, out.length - found);
      out.set(this.items.subarray(from, from + room), found);
      found += room;
    }
    return found;
  }

  /** Count what the tiles of an area hold. */
  count(bounds: Bounds): number {
    const x0 = tileAt(bounds.x0);
    const x1 = tileAt(bounds.x1);
    let found = 0;
    for (let ty = tileAt(bounds.y0); ty <= tileAt(bounds.y1); ty++) {
      const from = this.starts[ty * SECTORS + x0] ?? 0;
      found += (this.starts[ty * SECTORS + x1 + 1] ?? 0) - from;
    }
    return found;
  }
}

/** Give the tile's column or row of a coordinate. */
export function tileAt(coordinate: number): number {
  return clamped(Math.floor(coordinate / SECTOR), 0, SECTORS - 1);
}

function tileOf(x: number, y: number): number {
  return tileAt(y) * SECTORS + tileAt(x);
}

/** Raise one number of many. */
export function raise(counts: Int32Array | Uint32Array, at: number, by: number): void {
  counts[at] = (counts[at] ?? 0) + by;
}
