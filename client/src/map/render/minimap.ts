import { densityOf } from "./density";
import { Fog } from "./fog";
import { clamped, SECTORS, SIDE } from "./space";
import type { Bounds, Minimap, MinimapOptions, Point, Stance, Terrain } from "./types";
import { World } from "./world";

type Brush = CanvasRenderingContext2D;
const DOT_PX: Record<Stance, number> = {
  own: 3,
  ally: 2.5,
  hostile: 2.5,
  neutral: 1.5,
};
/** A rectangle of the view is never drawn smaller than this, in px. */
const VIEW_MIN_PX = 6;

/** Make a small map of the whole galaxy on a square canvas; a click or drag jumps. */
export function createMinimap(
  canvas: HTMLCanvasElement,
  options: MinimapOptions,
): Minimap {
  return new SmallMap(canvas, options);
}

/** Give the place in the galaxy of a pixel on a square of `side_px`. */
export function placeOf(px: number, py: number, side_px: number): Point {
  const scale = SIDE / Math.max(1, side_px);
  return { x: clamped(px * scale, 0, SIDE), y: clamped(py * scale, 0, SIDE) };
}

/** Give a view's rectangle on a square of `side_px`: inside of it, never too small. */
export function frameOf(bounds: Bounds, side_px: number): Bounds {
  const scale = side_px / SIDE;
  const [x0, x1] = span(bounds.x0 * scale, bounds.x1 * scale, side_px);
  const [y0, y1] = span(bounds.y0 * scale, bounds.y1 * scale, side_px);
  return { x0, y0, x1, y1 };
}

function span(from: number, to: number, side_px: number): [number, number] {
  const missing = Math.max(0, VIEW_MIN_PX - (to - from)) / 2;
  return [clamped(from - missing, 0, side_px), clamped(to + missing, 0, side_px)];
}

class SmallMap implements Minimap {
  private readonly brush: Brush;
  private readonly world: World;
  private readonly fog = new Fog();
  private readonly stop = new AbortController();
  private readonly watcher: ResizeObserver;
  private planets: HTMLCanvasElement | null = null;
  private shade: HTMLCanvasElement | null = null;
  private dots: readonly { x: number; y: number; stance: Stance }[] = [];
  private view: Bounds | null = null;
  private frame = 0;

  constructor(
    private readonly canvas: HTMLCanvasElement,
    private readonly options: MinimapOptions,
  ) {
    const brush = canvas.getContext("2d", { alpha: false });
    if (!brush) throw new Error("this canvas gives no 2D context");
    this.brush = brush;
    this.world = new World(options.colours);
    this.watcher = new ResizeObserver(() => this.redraw());
    this.watcher.observe(canvas);
    this.listen();
    this.redraw();
  }

  setPlanets(planets: readonly Point[]): void {
    const { colours } = this.options;
    this.planets = raster(densityOf(planets), colours.star, 0.5);
    this.redraw();
  }

  setTerrain(terrain: Terrain): void {
    this.world.setTerrain(terrain);
    this.redraw();
  }

  setFog(seen: ReadonlySet<string>, known: ReadonlySet<string>): void {
    this.fog.set(seen, known);
    this.shade = raster(this.fog.darkness, this.options.colours.fog, 1);
    this.redraw();
  }

  setDots(dots: readonly { x: number; y: number; stance: Stance }[]): void {
    this.dots = dots;
    this.redraw();
  }

  setView(bounds: Bounds): void {
    this.view = bounds;
    this.redraw();
  }

  dispose(): void {
    cancelAnimationFrame(this.frame);
    this.stop.abort();
    this.watcher.disconnect();
    this.canvas.width = 0;
  }

  private redraw(): void {
    if (this.frame === 0 && !this.stop.signal.aborted) {
      this.frame = requestAnimationFrame(() => this.paint());
    }
  }

  private paint(): void {
    this.frame = 0;
    const { brush, canvas } = this;
    const { colours } = this.options;
    const side = canvas.clientWidth;
    if (side === 0) return;
    const ratio = globalThis.devicePixelRatio || 1;
    const pixels = Math.round(side * ratio);
    if (canvas.width !== pixels || canvas.height !== pixels) {
      canvas.width = pixels;
      canvas.height = pixels;
    }
    brush.setTransform(ratio, 0, 0, ratio, 0, 0);
    brush.globalAlpha = 1;
    brush.fillStyle = colours.background;
    brush.fillRect(0, 0, side, side);
    this.paintTerrain(side);
    if (this.planets) brush.drawImage(this.planets, 0, 0, side, side);
    if (this.shade) brush.drawImage(this.shade, 0, 0, side, side);
    this.paintDots(side);
    this.paintView(side);
  }

  private paintTerrain(side: number): void {
    const { colours } = this.options;
    const cell = side / SECTORS;
    const paint = (
      cells: readonly { x: number; y: number }[],
      colour: string,
      alpha: number,
    ) => {
      this.brush.fillStyle = colour;
      this.brush.globalAlpha = alpha;
      for (const { x, y } of cells) this.brush.fillRect(x * cell, y * cell, cell, cell);
    };
    paint(this.world.hazards.nebula, colours.nebula[0], 0.5);
    paint(this.world.hazards.black_hole, colours.blackHole, 0.6);
    paint(this.world.protected, colours.protected, 0.3);
    this.brush.globalAlpha = 1;
  }

  private paintDots(side: number): void {
    const scale = side / SIDE;
    for (const { x, y, stance } of this.dots) {
      const dot = DOT_PX[stance];
      this.brush.fillStyle = this.options.colours.stances[stance];
      this.brush.fillRect(x * scale - dot / 2, y * scale - dot / 2, dot, dot);
    }
  }

  private paintView(side: number): void {
    if (!this.view) return;
    const { x0, y0, x1, y1 } = frameOf(this.view, side);
    this.brush.strokeStyle = this.options.colours.accent;
    this.brush.lineWidth = 1.5;
    this.brush.strokeRect(x0 + 0.5, y0 + 0.5, x1 - x0 - 1, y1 - y0 - 1);
  }

  private listen(): void {
    const { canvas, stop } = this;
    const { signal } = stop;
    const jump = (event: PointerEvent) => {
      const box = canvas.getBoundingClientRect();
      const place = placeOf(
        event.clientX - box.left,
        event.clientY - box.top,
        box.width,
      );
      this.options.onJump(place);
    };
    canvas.style.touchAction = "none";
    canvas.addEventListener(
      "pointerdown",
      (event) => {
        if (event.button !== 0) return;
        canvas.setPointerCapture(event.pointerId);
        jump(event);
      },
      { signal },
    );
    canvas.addEventListener(
      "pointermove",
      (event) => {
        if (canvas.hasPointerCapture(event.pointerId)) jump(event);
      },
      { signal },
    );
  }
}

function raster(alphas: ArrayLike<number>, colour: string, strength: number) {
  const picture = document.createElement("canvas");
  picture.width = SECTORS;
  picture.height = SECTORS;
  const brush = picture.getContext("2d");
  if (!brush) return picture;
  brush.fillStyle = colour;
  brush.fillRect(0, 0, SECTORS, SECTORS);
  const pixels = brush.getImageData(0, 0, SECTORS, SECTORS);
  for (let n = 0; n < SECTORS * SECTORS; n++) {
    pixels.data[n * 4 + 3] = (alphas[n] ?? 0) * strength;
  }
  brush.putImageData(pixels, 0, 0);
  return picture;
}
