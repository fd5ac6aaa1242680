import type { Camera } from "../camera";
import { chooseLabels, type Label } from "../labels";
import { hullRadius, radiusOf } from "../lod";
import type { Frame, Painter } from "../painter";
import { isWithin } from "../space";
import { GHOST, PENDING, type Store, turnOf } from "../store";
import type { Colours, Kind } from "../types";
import { Ground } from "./ground";
import { paintCourses, paintRanges } from "./lines";
import { Symbols } from "./symbols";

type Brush = CanvasRenderingContext2D;
const TURN = Math.PI * 2;
const STILL: readonly Kind[] = ["planet", "debris", "hidden_colony", "colony"];
const LIVELY: readonly Kind[] = ["fleet", "battle"];
/** Below this a symbol is a square: a picture would show no more. */
const DOT_PX = 1.6;
const FOG_DIMS_PLANETS = 0.75;
const GHOST_ALPHA = 0.42;
const PENDING_ALPHA = 0.65;
/** A battle's pulse: how long, and how much its symbol grows. */
const PULSE_MS = 1_800;
const PULSE = 0.14;
/** Without graphics hardware a canvas is drawn fastest by the processor itself. */
const SOFTWARE: CanvasRenderingContext2DSettings = {
  alpha: false,
  willReadFrequently: true,
};
const LABELS_EVERY_MS = 250;
const FONT = "12px system-ui, sans-serif";

/** Draw the map without WebGL: what stands on a layer that is kept, the rest anew. */
export class CanvasPainter implements Painter {
  readonly backend = "canvas2d";
  readonly isSlow = true;
  readonly isReady = true;
  private readonly brush: Brush;
  private readonly layer = document.createElement("canvas");
  private readonly layerBrush: Brush;
  private readonly ground = new Ground();
  private symbols: Symbols | null = null;
  private colours: Colours | null = null;
  private ratio = 1;
  private layerKey = "";
  private layerDrawn = 0;
  private visible = new Int32Array(4_096);
  private labels: Label[] = [];
  private labelsAt_ms = Number.NEGATIVE_INFINITY;
  private labelsKey = "";

  constructor(private readonly canvas: HTMLCanvasElement) {
    const brush = canvas.getContext("2d", SOFTWARE);
    const layerBrush = this.layer.getContext("2d", SOFTWARE);
    if (!brush || !layerBrush) throw new Error("this canvas gives no 2D context");
    this.brush = brush;
    this.layerBrush = layerBrush;
  }

  resize(width: number, height: number, ratio: number): void {
    this.ratio = ratio;
    this.symbols = null;
    this.layerKey = "";
    for (const canvas of [this.canvas, this.layer]) {
      canvas.width = Math.round(width * ratio);
      canvas.height = Math.round(height * ratio);
    }
  }

  paint(frame: Frame): number {
    const { brush, ratio } = this;
    if (this.colours !== frame.world.colours) this.recolour(frame.world.colours);
    this.paintLayer(frame);
    brush.setTransform(1, 0, 0, 1, 0, 0);
    brush.drawImage(this.layer, 0, 0);
    brush.setTransform(ratio, 0, 0, ratio, 0, 0);
    paintRanges(brush, frame);
    paintCourses(brush, frame);
    let drawn = this.layerDrawn;
    for (const kind of LIVELY) drawn += this.paintKind(brush, frame, kind);
    brush.setTransform(ratio, 0, 0, ratio, 0, 0);
    this.paintSelection(frame);
    this.paintLabels(frame);
    return drawn;
  }

  dispose(): void {
    this.layer.width = 0;
    this.canvas.width = 0;
  }

  private recolour(colours: Colours): void {
    this.colours = colours;
    this.symbols = null;
    this.layerKey = "";
  }

  private paintLayer(frame: Frame): void {
    const { world, camera } = frame;
    const versions = STILL.map((kind) => world.stores[kind].version);
    const key = [
      camera.version,
      world.fog.version,
      world.terrainVersion,
      versions,
    ].join();
    if (key === this.layerKey) return;
    this.layerKey = key;
    this.layerBrush.setTransform(this.ratio, 0, 0, this.ratio, 0, 0);
    this.ground.paint(this.layerBrush, frame);
    this.layerDrawn = 0;
    for (const kind of STILL) {
      this.layerDrawn += this.paintKind(this.layerBrush, frame, kind);
    }
  }

  private paintKind(brush: Brush, frame: Frame, kind: Kind): number {
    const store = frame.world.stores[kind];
    const bounds = frame.camera.bounds(0.03);
    if (this.visible.length < store.count) this.visible = new Int32Array(store.count);
    const standing = store.grid.collect(bounds, this.visible);
    for (let n = 0; n < standing; n++) {
      this.paintOne(brush, frame, store, this.visible[n] as number);
    }
    let moving = 0;
    for (let m = 0; m < store.movingCount; m++) {
      const i = store.moving[m] as number;
      if (!isWithin(bounds, store.x[i] as number, store.y[i] as number)) continue;
      this.paintOne(brush, frame, store, i);
      moving++;
    }
    brush.globalAlpha = 1;
    return standing + moving;
  }

  private paintOne(brush: Brush, frame: Frame, store: Store, i: number): void {
    const { camera, world } = frame;
    const kind = store.kind;
    const isNear = frame.tier === "model" || frame.tier === "simple";
    const isHull = kind === "fleet" && isNear;
    const base = isHull ? hullRadius(camera.zoom) : radiusOf(kind, camera.zoom);
    const radius = base * (store.size[i] as number);
    const x = store.x[i] as number;
    const y = store.y[i] as number;
    const px = this.ratio * (shownX(camera, x) + (store.shiftX[i] as number));
    const py = this.ratio * (shownY(camera, y) + (store.shiftY[i] as number));
    const dimming = kind === "planet" ? FOG_DIMS_PLANETS : 0;
    brush.globalAlpha = alphaOf(store, i) * (1 - world.fog.at(x, y) * dimming);
    const look = {
      kind,
      stance: store.stance[i] as number,
      variant: store.variant[i] as number,
      radius,
      isNear,
    };
    if (radius < DOT_PX) {
      brush.setTransform(1, 0, 0, 1, 0, 0);
      brush.fillStyle = dotColour(world.colours, kind);
      const side = Math.max(1, radius * this.ratio * 1.6);
      brush.fillRect(px, py, side, side);
      return;
    }
    this.symbols ??= new Symbols(world.colours, this.ratio);
    const picture = this.symbols.picture(look);
    const turn = isHull ? (store.heading[i] as number) : turnOf(store, i);
    const grown = kind === "battle" ? pulse(frame) : 1;
    const cos = Math.cos(turn) * grown;
    const sin = Math.sin(turn) * grown;
    brush.setTransform(cos, sin, -sin, cos, px, py);
    brush.drawImage(picture, -picture.width / 2, -picture.height / 2);
  }

  private paintSelection({ camera, world }: Frame): void {
    if (world.selection.size === 0) return;
    const { brush } = this;
    brush.strokeStyle = world.colours.text;
    brush.lineWidth = 1.5;
    for (const store of Object.values(world.stores)) {
      const radius = radiusOf(store.kind, camera.zoom) + 5;
      for (const i of store.selected) {
        const px = shownX(camera, store.x[i] as number) + (store.shiftX[i] as number);
        const py = shownY(camera, store.y[i] as number) + (store.shiftY[i] as number);
        brush.beginPath();
        brush.arc(px, py, radius * (store.size[i] as number), 0, TURN);
        brush.stroke();
      }
    }
  }

  private paintLabels(frame: Frame): void {
    const { brush } = this;
    const { camera, world } = frame;
    this.chooseLabels(frame);
    brush.font = FONT;
    brush.textAlign = "center";
    brush.textBaseline = "top";
    brush.lineJoin = "round";
    brush.lineWidth = 3;
    for (const label of this.labels) {
      const store = world.stores[label.kind];
      if (label.index >= store.count) continue;
      const px = shownX(camera, store.x[label.index] as number);
      const py = shownY(camera, store.y[label.index] as number) + label.below_px;
      brush.strokeStyle = world.colours.background;
      brush.strokeText(label.text, px, py);
      brush.fillStyle = label.isStrong ? world.colours.text : world.colours.textDimmed;
      brush.fillText(label.text, px, py);
    }
  }

  private chooseLabels({ world, camera, pulse_ms }: Frame): void {
    const versions = Object.values(world.stores).map((store) => store.version);
    const key = [camera.version, versions, world.selection.size].join();
    const isOld = performance.now() - this.labelsAt_ms > LABELS_EVERY_MS;
    if (key === this.labelsKey && !isOld && pulse_ms >= 0) return;
    this.labelsKey = key;
    this.labelsAt_ms = performance.now();
    this.labels = chooseLabels(world, camera);
  }
}

function shownX(camera: Camera, x: number): number {
  return (x - camera.x) * camera.zoom + camera.width / 2;
}

function shownY(camera: Camera, y: number): number {
  return (y - camera.y) * camera.zoom + camera.height / 2;
}

function alphaOf(store: Store, i: number): number {
  const flags = store.flags[i] as number;
  if (flags & GHOST) return GHOST_ALPHA;
  return flags & PENDING ? PENDING_ALPHA : 1;
}

function dotColour(colours: Colours, kind: Kind): string {
  return kind === "debris" ? colours.debris : colours.star;
}

function pulse(frame: Frame): number {
  return 1 + PULSE * Math.sin((frame.pulse_ms / PULSE_MS) * TURN);
}
