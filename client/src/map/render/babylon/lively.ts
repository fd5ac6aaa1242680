import { hullRadius, radiusOf } from "../lod";
import type { Frame } from "../painter";
import type { Patches } from "../patches";
import { isWithin, STANCES } from "../space";
import type { Store } from "../store";
import type { Bounds } from "../types";
import type { Cloud } from "./cloud";
import { colour } from "./colour";
import { type Fleet, HULLS_MAX, type ShipLook } from "./fleet";
import { alphaOf, type Palette } from "./palette";
import { writePoint } from "./standing";

/** With more fleets in view than this, all are symbols. */
const SHIPS_MAX = HULLS_MAX;
/** A stance's symbol on a ship, against a symbol alone. */
const BADGE = { scale: 0.5, isNear: true };
const SYMBOL = { scale: 1, isNear: false };
const MARGIN = 0.05;
/** How far the largest ships reach, in usual ships' half lengths. */
const SHIP_REACH = 2.4;

/** Show fleets: what flies is placed anew in each frame, near ones are ships. */
export class Lively {
  private nearby = new Int32Array(SHIPS_MAX);
  private rgb: (readonly number[])[] = [];
  private palette: Palette | null = null;
  private readonly look: ShipLook = {
    isModel: false,
    radius: 1,
    dx: 0,
    dy: 0,
    rgb: [],
    alpha: 1,
  };

  constructor(
    private readonly cloud: Cloud,
    private readonly ships: Fleet,
  ) {}

  get count(): number {
    return this.cloud.count;
  }

  /** Tell whether fleets are drawn as ships in a frame; then those that stand are, too. */
  isNear(frame: Frame, store: Store): boolean {
    if (frame.tier !== "model" && frame.tier !== "simple") return false;
    const bounds = frame.camera.bounds(MARGIN);
    return store.grid.count(bounds) + this.flying(store, bounds) <= SHIPS_MAX;
  }

  /** Write what is in view. */
  follow(frame: Frame, store: Store, palette: Palette, ratio: number): void {
    const { cloud, ships } = this;
    if (this.palette !== palette) this.recolour(frame, palette);
    const isNear = this.isNear(frame, store);
    const bounds = frame.camera.bounds(MARGIN);
    cloud.scale(radiusOf("fleet", frame.camera.zoom) * ratio, ratio);
    cloud.reserve(store.movingCount + (isNear ? SHIPS_MAX : 0));
    cloud.count = 0;
    ships.clear();
    if (isNear) this.addStanding(frame, store, palette, bounds);
    for (let m = 0; m < store.movingCount; m++) {
      const i = store.moving[m] as number;
      if (!isWithin(bounds, store.x[i] as number, store.y[i] as number)) continue;
      if (isNear) this.addShip(frame, store, i, palette);
      else writePoint(cloud, store, i, palette, SYMBOL);
    }
    cloud.upload();
    ships.upload();
  }

  /** Note where they are drawn. */
  note(patches: Patches, frame: Frame, ratio: number): void {
    const isNear = frame.tier === "model" || frame.tier === "simple";
    const least = isNear ? hullRadius(frame.camera.zoom) * SHIP_REACH * ratio : 0;
    this.cloud.note(patches, frame, least);
  }

  private addStanding(frame: Frame, store: Store, palette: Palette, bounds: Bounds) {
    const found = store.grid.collect(bounds, this.nearby);
    for (let n = 0; n < found; n++) {
      this.addShip(frame, store, this.nearby[n] as number, palette);
    }
  }

  private addShip(frame: Frame, store: Store, i: number, palette: Palette): void {
    const { look } = this;
    const { zoom } = frame.camera;
    look.isModel = frame.tier === "model";
    look.radius = hullRadius(zoom) / zoom;
    look.dx = (store.shiftX[i] as number) / zoom;
    look.dy = (store.shiftY[i] as number) / zoom;
    look.rgb = this.rgb[store.stance[i] as number] ?? [];
    look.alpha = alphaOf(store, i);
    const isShip = this.ships.add(store, i, look);
    writePoint(this.cloud, store, i, palette, isShip ? BADGE : SYMBOL);
  }

  private flying(store: Store, bounds: Bounds): number {
    let count = 0;
    for (let m = 0; m < store.movingCount; m++) {
      const i = store.moving[m] as number;
      if (isWithin(bounds, store.x[i] as number, store.y[i] as number)) count++;
    }
    return count;
  }

  private recolour(frame: Frame, palette: Palette): void {
    this.palette = palette;
    const { stances } = frame.world.colours;
    this.rgb = STANCES.map((stance) => colour(stances[stance]).asArray());
  }
}
