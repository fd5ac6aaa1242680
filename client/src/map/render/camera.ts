import { clamped, SIDE } from "./space";
import type { Bounds, Point, View } from "./types";

/** Pixels a unit at which nothing is to be seen closer. */
const ZOOM_MAX = 14;
/** How much wider than the galaxy the widest view is. */
const WIDEST = 1.12;
/** How near the middle of the view comes to the galaxy's edge, in half views. */
const EDGE = 0.15;
/** How fast the camera nears its goal: the time after which 1/e is left. */
const EASE_MS = 85;
const FLY_EASE_MS = 140;
/** How fast a thrown map comes to rest. */
const FRICTION_MS = 260;
const RESTING_PX_PER_MS = 0.02;
/** A goal this near counts as reached. */
const NEAR_PX = 0.3;
const NEAR_RATIO = 0.001;

type Goal =
  | { kind: "zoom"; zoom: number; px: number; py: number }
  | { kind: "fly"; x: number; y: number; zoom: number };

/** Look down at the galaxy: pure state, moved by gestures and by time. */
export class Camera implements View {
  x = SIDE / 2;
  y = SIDE / 2;
  zoom = 0.08;
  /** The view's size, in CSS pixels. */
  width = 1;
  height = 1;
  /** Counts changes, so that layers know when to draw anew. */
  version = 0;
  isCalm = false;
  private goal: Goal | null = null;
  private speedX = 0;
  private speedY = 0;

  /** Give the zoom at which the whole galaxy is in view. */
  get zoomMin(): number {
    return Math.min(this.width, this.height) / (SIDE * WIDEST);
  }

  /** Take a view's size in CSS pixels. */
  resize(width: number, height: number): void {
    if (width === this.width && height === this.height) return;
    this.width = Math.max(1, width);
    this.height = Math.max(1, height);
    this.settle();
  }

  /** Be there at once. */
  jump(to: { x: number; y: number; zoom?: number }): void {
    this.goal = null;
    this.stop();
    this.x = to.x;
    this.y = to.y;
    this.zoom = to.zoom ?? this.zoom;
    this.settle();
  }

  /** Go there smoothly, or at once where motion is unwanted. */
  fly(to: { x: number; y: number; zoom?: number }): void {
    if (this.isCalm) {
      this.jump(to);
      return;
    }
    this.stop();
    const zoom = this.allowed(to.zoom ?? this.zoom);
    this.goal = { kind: "fly", ...this.inside(to.x, to.y, zoom), zoom };
  }

  /** Drag what is seen by pixels. */
  drag(dx_px: number, dy_px: number): void {
    this.goal = null;
    this.x -= dx_px / this.zoom;
    this.y -= dy_px / this.zoom;
    this.settle();
  }

  /** Let go of it with a speed, in pixels a millisecond. */
  release(speedX: number, speedY: number): void {
    if (this.isCalm) return;
    this.speedX = speedX;
    this.speedY = speedY;
  }

  /** Stop what is left of a throw. */
  stop(): void {
    this.speedX = 0;
    this.speedY = 0;
  }

  /** Zoom smoothly by a factor; the place at (px, py) stays where it is. */
  zoomTowards(px: number, py: number, factor: number): void {
    this.stop();
    const from = this.goal?.zoom ?? this.zoom;
    this.goal = { kind: "zoom", zoom: this.allowed(from * factor), px, py };
    if (this.isCalm) this.finish();
  }

  /** Zoom at once, as fingers do. */
  zoomAt(px: number, py: number, factor: number): void {
    this.goal = null;
    this.zoomTo(px, py, this.allowed(this.zoom * factor));
  }

  /** Move on by some milliseconds; tell whether there is more to come. */
  advance(dt_ms: number): boolean {
    if (this.goal) this.near(this.goal, dt_ms);
    else if (this.speedX !== 0 || this.speedY !== 0) this.glide(dt_ms);
    return this.isMoving;
  }

  get isMoving(): boolean {
    return this.goal !== null || this.speedX !== 0 || this.speedY !== 0;
  }

  /** Give what is in view, widened by a share of it on each side. */
  bounds(widened = 0): Bounds {
    const w = (this.width / this.zoom) * (0.5 + widened);
    const h = (this.height / this.zoom) * (0.5 + widened);
    return { x0: this.x - w, y0: this.y - h, x1: this.x + w, y1: this.y + h };
  }

  /** Give the place in the galaxy under a pixel. */
  toWorld(px: number, py: number): Point {
    return {
      x: this.x + (px - this.width / 2) / this.zoom,
      y: this.y + (py - this.height / 2) / this.zoom,
    };
  }

  /** Give the pixel at which a place is seen. */
  toScreen(x: number, y: number): { px: number; py: number } {
    return {
      px: (x - this.x) * this.zoom + this.width / 2,
      py: (y - this.y) * this.zoom + this.height / 2,
    };
  }

  private near(goal: Goal, dt_ms: number): void {
    const ease = goal.kind === "zoom" ? EASE_MS : FLY_EASE_MS;
    const share = 1 - Math.exp(-dt_ms / ease);
    const zoom = this.zoom * (goal.zoom / this.zoom) ** share;
    if (goal.kind === "zoom") {
      this.zoomTo(goal.px, goal.py, zoom);
    } else {
      this.x += (goal.x - this.x) * share;
      this.y += (goal.y - this.y) * share;
      this.zoom = zoom;
      this.settle();
    }
    if (this.isAt(goal)) this.finish();
  }

  private isAt(goal: Goal): boolean {
    if (Math.abs(goal.zoom / this.zoom - 1) > NEAR_RATIO) return false;
    if (goal.kind === "zoom") return true;
    return Math.hypot(goal.x - this.x, goal.y - this.y) * this.zoom < NEAR_PX;
  }

  private finish(): void {
    const goal = this.goal;
    this.goal = null;
    if (goal?.kind === "zoom") this.zoomTo(goal.px, goal.py, goal.zoom);
    else if (goal) this.jump(goal);
  }

  private glide(dt_ms: number): void {
    this.x -= (this.speedX * dt_ms) / this.zoom;
    this.y -= (this.speedY * dt_ms) / this.zoom;
    const left = Math.exp(-dt_ms / FRICTION_MS);
    this.speedX *= left;
    this.speedY *= left;
    if (Math.hypot(this.speedX, this.speedY) < RESTING_PX_PER_MS) this.stop();
    this.settle();
  }

  private zoomTo(px: number, py: number, zoom: number): void {
    const dx = px - this.width / 2;
    const dy = py - this.height / 2;
    this.x += dx / this.zoom - dx / zoom;
    this.y += dy / this.zoom - dy / zoom;
    this.zoom = zoom;
    this.settle();
  }

  private settle(): void {
    this.zoom = this.allowed(this.zoom);
    const place = this.inside(this.x, this.y, this.zoom);
    this.x = place.x;
    this.y = place.y;
    this.version++;
  }

  private allowed(zoom: number): number {
    return clamped(zoom, this.zoomMin, ZOOM_MAX);
  }

  private inside(x: number, y: number, zoom: number): Point {
    const left = edge(this.width / zoom / 2);
    const top = edge(this.height / zoom / 2);
    return { x: clamped(x, left, SIDE - left), y: clamped(y, top, SIDE - top) };
  }
}

/** Give how far the middle stays from the edge: the more is in view, the farther. */
function edge(half: number): number {
  const share = Math.min(1, half / (SIDE / 2));
  return Math.min(SIDE / 2, half * (EDGE + (1 - EDGE) * share * share));
}
