import type { Camera } from "./camera";
import { radiusOf } from "./lod";
import { isWithin, KINDS } from "./space";
import type { Store } from "./store";
import type { Bounds, Entity, Kind } from "./types";
import type { World } from "./world";

/** How far from a symbol's edge it is still hit, in px. */
const REACH_PX = 5;
const REACH_TOUCH_PX = 16;
/** How far fleets may be shown from where they are, in px. */
const SHIFT_PX = 110;
/** What is hit is found among at most this many near by. */
const NEAR_MAX = 4_096;
/** What tells more is taken before what tells less, even if it is farther by px. */
const BONUS_PX: Record<Kind, number> = {
  battle: 9,
  fleet: 8,
  colony: 6,
  hidden_colony: 4,
  debris: 2,
  planet: 0,
};

const near = new Int32Array(NEAR_MAX);

interface Hit {
  entity: Entity;
  score: number;
}

/** Find all that is shown under a pixel: the nearest and most telling first. */
export function pickAll(
  world: World,
  camera: Camera,
  px: number,
  py: number,
  isTouch = false,
): Entity[] {
  const reach = isTouch ? REACH_TOUCH_PX : REACH_PX;
  const hits: Hit[] = [];
  for (const kind of KINDS) {
    const radius = radiusOf(kind, camera.zoom) + reach;
    const bounds = around(
      camera,
      px,
      py,
      kind === "fleet" ? radius + SHIFT_PX : radius,
    );
    each(world.stores[kind], bounds, (store, i) => {
      const shown = camera.toScreen(store.x[i] as number, store.y[i] as number);
      const dx = shown.px + (store.shiftX[i] as number) - px;
      const dy = shown.py + (store.shiftY[i] as number) - py;
      const far = Math.hypot(dx, dy);
      if (far > radius * Math.max(1, store.size[i] as number)) return;
      hits.push({ entity: store.entities[i] as Entity, score: far - BONUS_PX[kind] });
    });
  }
  return hits.sort((a, b) => a.score - b.score).map((hit) => hit.entity);
}

/** Find all whose middle is shown in a rectangle of pixels. */
export function pickBox(
  world: World,
  camera: Camera,
  px0: number,
  py0: number,
  px1: number,
  py1: number,
): Entity[] {
  const from = camera.toWorld(Math.min(px0, px1), Math.min(py0, py1));
  const to = camera.toWorld(Math.max(px0, px1), Math.max(py0, py1));
  const bounds = { x0: from.x, y0: from.y, x1: to.x, y1: to.y };
  const found: Entity[] = [];
  for (const kind of KINDS) {
    each(world.stores[kind], bounds, (store, i) => {
      if (isWithin(bounds, store.x[i] as number, store.y[i] as number)) {
        found.push(store.entities[i] as Entity);
      }
    });
  }
  return found;
}

function around(camera: Camera, px: number, py: number, radius_px: number): Bounds {
  const { x, y } = camera.toWorld(px, py);
  const reach = radius_px / camera.zoom;
  return { x0: x - reach, y0: y - reach, x1: x + reach, y1: y + reach };
}

/** Look at what may lie in an area: by tiles what stands, one by one what moves. */
function each(store: Store, bounds: Bounds, look: (store: Store, i: number) => void) {
  const count = store.grid.count(bounds);
  const buffer = count > near.length ? new Int32Array(count) : near;
  const found = store.grid.collect(bounds, buffer);
  for (let n = 0; n < found; n++) look(store, buffer[n] as number);
  for (let m = 0; m < store.movingCount; m++) {
    const i = store.moving[m] as number;
    if (isWithin(bounds, store.x[i] as number, store.y[i] as number)) look(store, i);
  }
}
