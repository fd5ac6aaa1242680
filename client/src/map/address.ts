/** Read and write where the map looks, as the page's address names it. */

/** What a camera looks at: a place, and pixels a unit. */
export interface Look {
  x: number;
  y: number;
  zoom?: number;
}

export const ZOOM_MIN = 0.02;
export const ZOOM_MAX = 14;

/** Read `?x=&y=&z=`; `null` where no place of the galaxy is named. */
export function readLook(search: string, side: number): Look | null {
  const query = new URLSearchParams(search);
  const x = numberOf(query.get("x"));
  const y = numberOf(query.get("y"));
  if (x === null || y === null) return null;
  if (x < 0 || y < 0 || x > side || y > side) return null;
  const zoom = numberOf(query.get("z"));
  if (zoom === null || zoom <= 0) return { x, y };
  return { x, y, zoom: Math.min(Math.max(zoom, ZOOM_MIN), ZOOM_MAX) };
}

/** Write where a camera looks, short enough to be shared. */
export function writeLook({ x, y, zoom }: Look): string {
  const place = `x=${Math.round(x)}&y=${Math.round(y)}`;
  return zoom === undefined
    ? `?${place}`
    : `?${place}&z=${Number(zoom.toPrecision(3))}`;
}

/** Write the address that shows a fleet, chosen and near, at a place. */
export function addressOfFleet(id: string, at: Look): string {
  return `/map${writeLook({ x: at.x, y: at.y, zoom: 1 })}&fleet=${id}`;
}

/** Read coordinates as people write them: `5000, 4200`, `5000 4200`, `(5000|4200)`. */
export function readCoordinates(text: string, side: number): Look | null {
  const found =
    /^\s*\(?\s*(\d+(?:\.\d+)?)\s*[,;|:/\s]\s*(\d+(?:\.\d+)?)\s*\)?\s*$/.exec(text);
  if (found === null) return null;
  const [x, y] = [Number(found[1]), Number(found[2])];
  return x < side && y < side ? { x, y } : null;
}

function numberOf(text: string | null): number | null {
  if (text === null || text.trim() === "") return null;
  const value = Number(text);
  return Number.isFinite(value) ? value : null;
}
