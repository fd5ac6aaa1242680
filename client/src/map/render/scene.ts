import { Camera } from "./camera";
import { Control } from "./control";
import { listen } from "./gestures";
import { type Level, tierOf } from "./lod";
import { Loop } from "./loop";
import type { Frame, Painter } from "./painter";
import { pickAll, pickBox } from "./pick";
import { KINDS } from "./space";
import type {
  Colours,
  CourseLine,
  Entity,
  Kind,
  MapScene,
  Quality,
  Range,
  SceneOptions,
  SceneStats,
  Terrain,
} from "./types";
import { World } from "./world";

/** Something that moves less than this a frame waits for the next one, in px. */
const STEP_PX = 0.35;
/** What only pulses (dashes, battles) is drawn this often, in ms. */
const PULSE_EVERY_MS = 40;
const RATIO_MAX = 2;
const LOW_RATIO_MAX = 1;
/** Frames longer than this, this many in a row, make `auto` step down. */
const SLOW_MS = 30;
const SLOW_FRAMES = 45;
const LEVELS: readonly Level[] = ["low", "medium", "high"];

/** Hold the map's state, and have it drawn when something moves. */
export class Scene implements MapScene {
  readonly camera: Control;
  private readonly world: World;
  private readonly eye = new Camera();
  private readonly loop: Loop;
  private readonly stopListening: () => void;
  private readonly watcher: ResizeObserver;
  private painter: Painter | null;
  private clock: () => number = Date.now;
  private level: Level;
  private isAuto: boolean;
  private isCalm: boolean;
  private slow = 0;
  private whenDisposed = () => {};
  private drawn = 0;
  private readonly everyFrame: boolean;

  constructor(
    private readonly canvas: HTMLCanvasElement,
    painter: Painter,
    options: SceneOptions,
  ) {
    this.world = new World(options.colours);
    this.painter = painter;
    this.isAuto = options.quality === "auto";
    this.level = this.begins(options.quality);
    this.isCalm = options.reducedMotion;
    this.eye.isCalm = this.isCalm;
    this.everyFrame = options.everyFrame ?? false;
    this.camera = new Control(this.eye, () => this.loop.wake());
    this.loop = new Loop((dt_ms, at_ms) => this.step(dt_ms, at_ms));
    this.stopListening = listen(canvas, this.eye, () => this.loop.wake());
    this.watcher = new ResizeObserver(() => this.resize());
    this.resize();
    this.eye.jump({ x: this.eye.x, y: this.eye.y, zoom: 0 });
    this.watcher.observe(canvas);
  }

  setEntities(kind: Kind, entities: readonly Entity[]): void {
    if (this.world.stores[kind].set(entities)) this.loop.wake();
  }

  setFog(seen: ReadonlySet<string>, known: ReadonlySet<string>): void {
    this.world.fog.set(seen, known);
    this.loop.wake();
  }

  setTerrain(terrain: Terrain): void {
    this.world.setTerrain(terrain);
    this.loop.wake();
  }

  setCourses(courses: readonly CourseLine[]): void {
    this.world.courses = courses;
    this.world.coursesVersion++;
    this.loop.wake();
  }

  setSelection(ids: ReadonlySet<string>): void {
    this.world.select(ids);
    this.loop.wake();
  }

  setRanges(ranges: readonly Range[]): void {
    this.world.ranges = ranges;
    this.world.rangesVersion++;
    this.loop.wake();
  }

  setNow(clock: () => number): void {
    this.clock = clock;
    this.loop.wake();
  }

  setQuality(quality: Quality): void {
    this.isAuto = quality === "auto";
    this.level = this.begins(quality);
    this.resize();
  }

  setColours(colours: Colours): void {
    this.world.colours = colours;
    this.loop.wake();
  }

  setReducedMotion(isReduced: boolean): void {
    this.isCalm = isReduced;
    this.eye.isCalm = isReduced;
    this.loop.wake();
  }

  pick(px: number, py: number, isTouch = false): Entity | null {
    return this.pickAll(px, py, isTouch)[0] ?? null;
  }

  pickAll(px: number, py: number, isTouch = false): Entity[] {
    return pickAll(this.world, this.eye, px, py, isTouch);
  }

  pickBox(px0: number, py0: number, px1: number, py1: number): Entity[] {
    return pickBox(this.world, this.eye, px0, py0, px1, py1);
  }

  toWorld(px: number, py: number) {
    return this.eye.toWorld(px, py);
  }

  toScreen(x: number, y: number) {
    return this.eye.toScreen(x, y);
  }

  stats(): SceneStats {
    return {
      fps: this.loop.fps,
      entities: this.world.count,
      drawn: this.drawn,
      tier: tierOf(this.eye.zoom, this.level),
      backend: this.painter?.backend ?? "canvas2d",
    };
  }

  resize(): void {
    const { clientWidth, clientHeight } = this.canvas;
    if (clientWidth === 0 || clientHeight === 0) return;
    const most = this.level === "low" ? LOW_RATIO_MAX : RATIO_MAX;
    const ratio = Math.min(most, globalThis.devicePixelRatio || 1);
    this.eye.resize(clientWidth, clientHeight);
    this.painter?.resize(clientWidth, clientHeight, ratio);
    this.loop.wake();
  }

  dispose(): void {
    this.loop.end();
    this.stopListening();
    this.watcher.disconnect();
    this.camera.end();
    this.painter?.dispose();
    this.painter = null;
    this.whenDisposed();
    for (const kind of KINDS) this.world.stores[kind].set([]);
  }

  /** Do something more when it is disposed of. */
  onDispose(act: () => void): void {
    this.whenDisposed = act;
  }

  /** Draw with another painter from now on; null while there is none. */
  repaint(painter: Painter | null): void {
    this.painter?.dispose();
    this.painter = painter;
    this.resize();
  }

  private step(dt_ms: number, at_ms: number): number {
    if (!this.painter) return Number.POSITIVE_INFINITY;
    const isGliding = this.eye.advance(dt_ms);
    const now_ms = this.clock();
    const fastest = this.world.advance(now_ms, this.eye.bounds(0.05));
    const before = performance.now();
    this.drawn = this.painter.paint(this.frame(now_ms, at_ms));
    if (this.isAuto) this.judge(Math.max(performance.now() - before, dt_ms));
    this.camera.tell();
    if (isGliding || this.everyFrame || !this.painter.isReady) return 0;
    return this.restFor(fastest);
  }

  private frame(now_ms: number, at_ms: number): Frame {
    return {
      world: this.world,
      camera: this.eye,
      level: this.level,
      tier: tierOf(this.eye.zoom, this.level),
      now_ms,
      pulse_ms: this.isCalm ? 0 : at_ms,
      isCalm: this.isCalm,
    };
  }

  /** Give how long nothing will be seen to move. */
  private restFor(fastest: number): number {
    const flight_ms = STEP_PX / (fastest * this.eye.zoom);
    const { courses, stores } = this.world;
    const pulses = !this.isCalm && (courses.length > 0 || stores.battle.count > 0);
    const wait_ms = pulses ? Math.min(PULSE_EVERY_MS, flight_ms) : flight_ms;
    return wait_ms < 17 ? 0 : wait_ms;
  }

  private begins(quality: Quality): Level {
    if (quality !== "auto") return quality;
    return this.painter?.isSlow ? "low" : "high";
  }

  /** Step down where frames take too long for a while. */
  private judge(frame_ms: number): void {
    this.slow = frame_ms > SLOW_MS ? this.slow + 1 : Math.max(0, this.slow - 2);
    if (this.slow < SLOW_FRAMES || this.level === "low") return;
    this.slow = 0;
    this.level = LEVELS[LEVELS.indexOf(this.level) - 1] ?? "low";
    this.resize();
  }
}
