import { raise, tileAt } from "./grid";
import { SECTORS } from "./space";
import type { Point } from "./types";

/** Count places by sector, of 255 where they are densest. */
export function densityOf(places: readonly Point[]): Uint8ClampedArray {
  const counts = new Uint32Array(SECTORS * SECTORS);
  for (const { x, y } of places) raise(counts, tileAt(y) * SECTORS + tileAt(x), 1);
  const most = counts.reduce((found, count) => Math.max(found, count), 1);
  return Uint8ClampedArray.from(counts, (count) => (count / most) * 255);
}
