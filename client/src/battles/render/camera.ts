/** A camera over a battle: fits all, or goes where the player wants it. */

export interface Camera {
  /** Middle of the view, in units. */
  readonly x: number;
  readonly y: number;
  /** Pixels (CSS) a unit. */
  readonly zoom: number;
}

export interface Size {
  readonly width: number;
  readonly height: number;
}

interface Point {
  readonly x: number;
  readonly y: number;
}

const ZOOM_MIN = 0.02;
const ZOOM_MAX = 8;
/** Zoom that fitting doesn't pass: few ships must not fill the screen. */
const FIT_MAX = 2.2;
/** Share of the view that stays free at its edges. */
const MARGIN = 0.14;

/** Give the camera that shows all points. */
export function framing(points: readonly Point[], size: Size): Camera {
  if (points.length === 0) return { x: 0, y: 0, zoom: 1 };
  let [x0, x1, y0, y1] = [Infinity, -Infinity, Infinity, -Infinity];
  for (const { x, y } of points) {
    x0 = Math.min(x0, x);
    x1 = Math.max(x1, x);
    y0 = Math.min(y0, y);
    y1 = Math.max(y1, y);
  }
  const free = 1 - 2 * MARGIN;
  const across = (size.width * free) / Math.max(1, x1 - x0);
  const down = (size.height * free) / Math.max(1, y1 - y0);
  const zoom = bounded(Math.min(across, down, FIT_MAX));
  return { x: (x0 + x1) / 2, y: (y0 + y1) / 2, zoom };
}

function bounded(zoom: number): number {
  return Math.max(ZOOM_MIN, Math.min(ZOOM_MAX, zoom));
}

/** Move a camera towards another: most of the way within a second. */
export function ease(from: Camera, to: Camera, passed_ms: number): Camera {
  const part = 1 - Math.exp(-passed_ms / 350);
  return {
    x: from.x + (to.x - from.x) * part,
    y: from.y + (to.y - from.y) * part,
    zoom: from.zoom * (to.zoom / from.zoom) ** part,
  };
}

/** Zoom by a factor so that what is under a pixel stays there. */
export function zoomAt(
  camera: Camera,
  size: Size,
  pixel: Point,
  factor: number,
): Camera {
  const zoom = bounded(camera.zoom * factor);
  const fixed = toWorld(camera, size, pixel);
  return {
    x: fixed.x - (pixel.x - size.width / 2) / zoom,
    y: fixed.y - (pixel.y - size.height / 2) / zoom,
    zoom,
  };
}

/** Shift the view by pixels: what was under the hand stays under it. */
export function pan(camera: Camera, dx: number, dy: number): Camera {
  return { ...camera, x: camera.x - dx / camera.zoom, y: camera.y - dy / camera.zoom };
}

/** Give the place that a pixel shows. */
export function toWorld(camera: Camera, size: Size, pixel: Point): Point {
  return {
    x: camera.x + (pixel.x - size.width / 2) / camera.zoom,
    y: camera.y + (pixel.y - size.height / 2) / camera.zoom,
  };
}

/** Give the pixel that shows a place. */
export function toPixel(camera: Camera, size: Size, place: Point): Point {
  return {
    x: (place.x - camera.x) * camera.zoom + size.width / 2,
    y: (place.y - camera.y) * camera.zoom + size.height / 2,
  };
}
