import type { Frame } from "../painter";
import { clamped, REGION_RADII, SECTOR, SECTORS, SIDE } from "../space";

type Brush = CanvasRenderingContext2D;
const TURN = Math.PI * 2;
const STARS = 420;
/** Zoom, in px a unit, from which lines of sectors are seen, and wholly seen. */
const GRID_FROM = 0.12;
const GRID_FULL = 0.6;
/** How strongly what is seen now shines, of 255. */
const SIGHT = 82;

/** Draw what lies below everything: space, regions, hazards, fog, the grid. */
export class Ground {
  private fogPicture: HTMLCanvasElement | null = null;
  private sightPicture: HTMLCanvasElement | null = null;
  private fogVersion = -1;

  /** Draw it on a cleared canvas, in CSS pixels. */
  paint(brush: Brush, frame: Frame): void {
    const { camera, world } = frame;
    brush.fillStyle = world.colours.background;
    brush.fillRect(0, 0, camera.width, camera.height);
    this.paintCore(brush, frame);
    paintStars(brush, frame);
    paintHazards(brush, frame);
    paintProtected(brush, frame);
    paintRegions(brush, frame);
    paintGrid(brush, frame);
    this.paintFog(brush, frame);
  }

  private paintCore(brush: Brush, { camera, world }: Frame): void {
    const at = camera.toScreen(SIDE / 2, SIDE / 2);
    const radius = SIDE * 0.55 * camera.zoom;
    const glow = brush.createRadialGradient(at.px, at.py, 0, at.px, at.py, radius);
    glow.addColorStop(0, world.colours.core);
    glow.addColorStop(1, "transparent");
    brush.fillStyle = glow;
    brush.globalAlpha = 0.75;
    brush.fillRect(0, 0, camera.width, camera.height);
    brush.globalAlpha = 1;
  }

  private paintFog(brush: Brush, { camera, world }: Frame): void {
    if (this.fogVersion !== world.fog.version) {
      const sights = Array.from(world.fog.darkness, (_, n) => world.fog.sight(n));
      this.sightPicture = picture(world.colours.core, (n) => (sights[n] ?? 0) * SIGHT);
      this.fogPicture = picture(world.colours.fog, (n) => world.fog.darkness[n] ?? 0);
      this.fogVersion = world.fog.version;
    }
    if (!this.fogPicture || !this.sightPicture) return;
    const from = camera.toScreen(0, 0);
    const side = SIDE * camera.zoom;
    brush.imageSmoothingEnabled = true;
    brush.drawImage(this.sightPicture, from.px, from.py, side, side);
    brush.drawImage(this.fogPicture, from.px, from.py, side, side);
  }
}

/** Paint a colour over sectors, as opaque as `alphaOf` says, of 255. */
function picture(
  colour: string,
  alphaOf: (sector: number) => number,
): HTMLCanvasElement {
  const canvas = document.createElement("canvas");
  canvas.width = SECTORS;
  canvas.height = SECTORS;
  const brush = canvas.getContext("2d");
  if (!brush) return canvas;
  brush.fillStyle = colour;
  brush.fillRect(0, 0, SECTORS, SECTORS);
  const pixels = brush.getImageData(0, 0, SECTORS, SECTORS);
  for (let n = 0; n < SECTORS * SECTORS; n++) pixels.data[n * 4 + 3] = alphaOf(n);
  brush.putImageData(pixels, 0, 0);
  return canvas;
}

function paintStars(brush: Brush, { camera, world }: Frame): void {
  brush.fillStyle = world.colours.star;
  for (let star = 0; star < STARS; star++) {
    // Places by irrational steps: even, without a pattern, the same in each frame.
    const depth = 0.02 + 0.05 * ((star * 0.754877) % 1);
    const x = ((star * 0.618034) % 1) * camera.width - camera.x * depth;
    const y = ((star * 0.414214 * 1.7) % 1) * camera.height - camera.y * depth;
    brush.globalAlpha = 0.12 + 0.4 * ((star * 0.3247) % 1);
    const side = star % 9 === 0 ? 1.6 : 1;
    brush.fillRect(wrapped(x, camera.width), wrapped(y, camera.height), side, side);
  }
  brush.globalAlpha = 1;
}

function wrapped(value: number, size: number): number {
  return ((value % size) + size) % size;
}

function paintHazards(brush: Brush, { camera, world }: Frame): void {
  const bounds = camera.bounds(0.1);
  const [violet, blue] = world.colours.nebula;
  for (const cell of world.hazards.nebula) {
    // Neighbours share a colour: clouds, not a carpet of squares.
    const isBlue = (Math.floor(cell.x / 9) + Math.floor(cell.y / 7)) % 2 === 1;
    const colour = isBlue ? blue : violet;
    paintBlob(brush, camera, bounds, cell, { radius: 128, colour, alpha: 0.5 });
  }
  for (const cell of world.hazards.black_hole) {
    const colour = world.colours.blackHole;
    paintBlob(brush, camera, bounds, cell, { radius: 78, colour, alpha: 0.5 });
    paintBlob(brush, camera, bounds, cell, {
      radius: 46,
      colour: world.colours.shadow,
      alpha: 1,
    });
  }
}

function paintBlob(
  brush: Brush,
  camera: Frame["camera"],
  bounds: { x0: number; y0: number; x1: number; y1: number },
  cell: { x: number; y: number },
  look: { radius: number; colour: string; alpha: number },
): void {
  const x = (cell.x + 0.5) * SECTOR;
  const y = (cell.y + 0.5) * SECTOR;
  if (x < bounds.x0 - 100 || x > bounds.x1 + 100) return;
  if (y < bounds.y0 - 100 || y > bounds.y1 + 100) return;
  const { px, py } = camera.toScreen(x, y);
  const radius = look.radius * camera.zoom;
  const glow = brush.createRadialGradient(px, py, radius * 0.1, px, py, radius);
  glow.addColorStop(0, look.colour);
  glow.addColorStop(1, "transparent");
  brush.globalAlpha = look.alpha;
  brush.fillStyle = glow;
  brush.fillRect(px - radius, py - radius, radius * 2, radius * 2);
  brush.globalAlpha = 1;
}

function paintProtected(brush: Brush, { camera, world }: Frame): void {
  const side = SECTOR * camera.zoom;
  brush.save();
  brush.beginPath();
  for (const cell of world.protected) {
    const { px, py } = camera.toScreen(cell.x * SECTOR, cell.y * SECTOR);
    if (px + side < 0 || py + side < 0) continue;
    if (px > camera.width || py > camera.height) continue;
    brush.rect(px, py, side, side);
  }
  brush.fillStyle = world.colours.protected;
  brush.globalAlpha = 0.06;
  brush.fill();
  brush.clip();
  brush.beginPath();
  const step = 12;
  const shift = wrapped((-camera.x - camera.y) * camera.zoom, step);
  for (let at = shift - camera.height; at < camera.width + camera.height; at += step) {
    brush.moveTo(at, 0);
    brush.lineTo(at - camera.height, camera.height);
  }
  brush.strokeStyle = world.colours.protected;
  brush.globalAlpha = 0.22;
  brush.lineWidth = 1;
  brush.stroke();
  brush.restore();
}

function paintRegions(brush: Brush, { camera, world }: Frame): void {
  const { px, py } = camera.toScreen(SIDE / 2, SIDE / 2);
  brush.strokeStyle = world.colours.region;
  brush.lineWidth = 1;
  brush.globalAlpha = 0.2;
  for (const radius of REGION_RADII) {
    brush.beginPath();
    brush.arc(px, py, radius * camera.zoom, 0, TURN);
    brush.stroke();
  }
  const from = camera.toScreen(0, 0);
  brush.strokeRect(from.px, from.py, SIDE * camera.zoom, SIDE * camera.zoom);
  brush.globalAlpha = 1;
}

function paintGrid(brush: Brush, { camera, world }: Frame): void {
  const strength = clamped((camera.zoom - GRID_FROM) / (GRID_FULL - GRID_FROM), 0, 1);
  if (strength === 0) return;
  const bounds = camera.bounds();
  brush.beginPath();
  for (let at = lineFrom(bounds.x0); at <= lineTo(bounds.x1); at += SECTOR) {
    const px = Math.round(camera.toScreen(at, 0).px) + 0.5;
    brush.moveTo(px, camera.toScreen(0, 0).py);
    brush.lineTo(px, camera.toScreen(0, SIDE).py);
  }
  for (let at = lineFrom(bounds.y0); at <= lineTo(bounds.y1); at += SECTOR) {
    const py = Math.round(camera.toScreen(0, at).py) + 0.5;
    brush.moveTo(camera.toScreen(0, 0).px, py);
    brush.lineTo(camera.toScreen(SIDE, 0).px, py);
  }
  brush.strokeStyle = world.colours.grid;
  brush.lineWidth = 1;
  brush.globalAlpha = 0.14 * strength;
  brush.stroke();
  brush.globalAlpha = 1;
}

function lineFrom(edge: number): number {
  return Math.max(0, Math.ceil(edge / SECTOR) * SECTOR);
}

function lineTo(edge: number): number {
  return Math.min(SIDE, edge);
}
