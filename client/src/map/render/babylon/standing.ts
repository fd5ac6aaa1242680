import { tileAt } from "../grid";
import { radiusOf, tileTier } from "../lod";
import type { Frame } from "../painter";
import type { Patches } from "../patches";
import { SECTOR, SECTORS } from "../space";
import { type Store, turnOf } from "../store";
import type { Bounds } from "../types";
import { type Cloud, packedShift, STRIDE } from "./cloud";
import { alphaOf, type Palette, shapeOf } from "./palette";

/** How much beyond the view is kept in the buffer, in views on each side. */
const MARGIN = 0.35;
/** How far the zoom may change before tiles are looked at anew. */
const ZOOM_STEP = 1.3;
/** In a crowded tile symbols are this much smaller. */
const CROWDED = 0.7;
/** Planets with less room than this, in square px, are left to the glow below them. */
const ROOM_MIN_PX = 3;
/** How much symbols of battles grow and shrink, and how long that takes. */
const SWELL = 0.12;
const SWELL_MS = 1_800;
/** Which of a cloud's fragments draws from afar, and which from near by. */
const FAR = 0;
const NEAR = 1;

/** Show what stands of a kind. Its buffer is written anew only when it has to be. */
export class Standing {
  private version = -1;
  private palette: Palette | null = null;
  private tier = "";
  private zoom = 0;
  private covered: Bounds = { x0: 0, y0: 0, x1: 0, y1: 0 };

  constructor(private readonly cloud: Cloud) {}

  get count(): number {
    return this.cloud.count;
  }

  /** Show none, until it is followed again; tell whether there were any. */
  clear(): boolean {
    if (this.version < 0 && this.cloud.count === 0) return false;
    this.version = -1;
    this.cloud.count = 0;
    this.cloud.upload();
    return true;
  }

  /** Show it as a frame has it; tell whether the buffer changed. */
  follow(frame: Frame, store: Store, palette: Palette, ratio: number): boolean {
    const { zoom } = frame.camera;
    this.cloud.scale(radiusOf(store.kind, zoom) * ratio * swell(frame, store), ratio);
    if (this.isCurrent(frame, store, palette)) return false;
    this.version = store.version;
    this.palette = palette;
    this.tier = frame.tier;
    this.zoom = zoom;
    this.covered = frame.camera.bounds(MARGIN);
    this.cloud.dress(isNear(frame) ? NEAR : FAR);
    this.fill(frame, store, palette);
    return true;
  }

  /** Note where they are drawn. */
  note(patches: Patches, frame: Frame): void {
    this.cloud.note(patches, frame);
  }

  private isCurrent(frame: Frame, store: Store, palette: Palette): boolean {
    const ratio = frame.camera.zoom / this.zoom;
    const isSame =
      this.version === store.version &&
      this.palette === palette &&
      this.tier === frame.tier &&
      ratio < ZOOM_STEP &&
      ratio > 1 / ZOOM_STEP;
    if (!isSame) return false;
    const view = frame.camera.bounds(0.02);
    const { x0, y0, x1, y1 } = this.covered;
    return view.x0 >= x0 && view.y0 >= y0 && view.x1 <= x1 && view.y1 <= y1;
  }

  private fill(frame: Frame, store: Store, palette: Palette): void {
    const { cloud, covered } = this;
    cloud.reserve(store.grid.count(covered));
    cloud.count = 0;
    const x0 = tileAt(covered.x0);
    const x1 = tileAt(covered.x1);
    for (let ty = tileAt(covered.y0); ty <= tileAt(covered.y1); ty++) {
      for (let tx = x0; tx <= x1; tx++) {
        this.fillTile(frame, store, palette, ty * SECTORS + tx);
      }
    }
    cloud.upload();
  }

  private fillTile(frame: Frame, store: Store, palette: Palette, tile: number): void {
    const { starts, items } = store.grid;
    const from = starts[tile] as number;
    const to = starts[tile + 1] as number;
    const side_px = SECTOR * frame.camera.zoom;
    const isFull = side_px * side_px < (to - from) * ROOM_MIN_PX;
    if (from === to || (isFull && store.kind === "planet")) return;
    const isCrowded = tileTier(frame.tier, to - from, side_px) !== frame.tier;
    const scale = isCrowded ? CROWDED : 1;
    for (let n = from; n < to; n++) {
      writePoint(this.cloud, store, items[n] as number, palette, {
        scale,
        isNear: isNear(frame),
      });
    }
  }
}

/** Battles breathe, calmly. */
function swell({ pulse_ms }: Frame, { kind }: Store): number {
  if (kind !== "battle") return 1;
  return 1 + SWELL * Math.sin((pulse_ms / SWELL_MS) * Math.PI * 2);
}

function isNear({ tier }: Frame): boolean {
  return tier === "model" || tier === "simple";
}

/** Add an entity to a cloud, which has the room for it. */
export function writePoint(
  cloud: Cloud,
  store: Store,
  i: number,
  palette: Palette,
  look: { scale: number; isNear: boolean },
): void {
  const { data } = cloud;
  const at = cloud.count * STRIDE;
  cloud.count++;
  data[at] = store.x[i] as number;
  data[at + 1] = store.y[i] as number;
  data[at + 2] = (store.size[i] as number) * look.scale;
  data[at + 3] = shapeOf(store, i, look.isNear);
  data[at + 4] = turnOf(store, i);
  data[at + 5] = alphaOf(store, i);
  data[at + 6] = packedShift(store.shiftX[i] as number, store.shiftY[i] as number);
  data[at + 7] = palette.of(store, i);
}
