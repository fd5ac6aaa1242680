/** What lies behind a battle: stars that shift a little with the camera, and a scale. */
import { noise } from "../model/motion";
import { type Camera, type Size, toPixel, toWorld } from "./camera";

const STARS = 130;
/** Widest gap of the scale's lines in pixels; closer than half of it, they thin out. */
const LINES_PX = 150;

export interface BackdropColours {
  readonly ground: string;
  readonly line: string;
  readonly star: string;
}

/** Paint the ground, the stars and the lines of the scale. */
export function paintBackdrop(
  context: CanvasRenderingContext2D,
  camera: Camera,
  size: Size,
  colours: BackdropColours,
): void {
  context.globalAlpha = 1;
  context.fillStyle = colours.ground;
  context.fillRect(0, 0, size.width, size.height);
  stars(context, camera, size, colours.star);
  scale(context, camera, size, colours.line);
}

function stars(
  context: CanvasRenderingContext2D,
  camera: Camera,
  size: Size,
  colour: string,
): void {
  context.fillStyle = colour;
  for (let i = 0; i < STARS; i++) {
    const depth = 0.02 + 0.07 * noise(i, 11);
    const x = wrap(noise(i, 12) * size.width - camera.x * depth, size.width);
    const y = wrap(noise(i, 13) * size.height - camera.y * depth, size.height);
    const radius = 0.7 + depth * 12 * noise(i, 14);
    context.globalAlpha = 0.2 + 0.6 * noise(i, 15);
    context.fillRect(x, y, radius, radius);
  }
}

function wrap(value: number, size: number): number {
  return ((value % size) + size) % size;
}

/** Give the units between two lines: 1, 2 or 5 times a power of ten. */
export function stepOf(zoom: number): number {
  const least = LINES_PX / 2 / zoom;
  const power = 10 ** Math.floor(Math.log10(least));
  return ([1, 2, 5].find((times) => times * power >= least) ?? 10) * power;
}

function scale(
  context: CanvasRenderingContext2D,
  camera: Camera,
  size: Size,
  colour: string,
): void {
  const step = stepOf(camera.zoom);
  const from = toWorld(camera, size, { x: 0, y: 0 });
  const to = toWorld(camera, size, { x: size.width, y: size.height });
  context.strokeStyle = colour;
  context.lineWidth = 1;
  context.globalAlpha = 0.5;
  context.beginPath();
  for (let x = Math.ceil(from.x / step) * step; x <= to.x; x += step) {
    const pixel = Math.round(toPixel(camera, size, { x, y: 0 }).x) + 0.5;
    context.moveTo(pixel, 0);
    context.lineTo(pixel, size.height);
  }
  for (let y = Math.ceil(from.y / step) * step; y <= to.y; y += step) {
    const pixel = Math.round(toPixel(camera, size, { x: 0, y }).y) + 0.5;
    context.moveTo(0, pixel);
    context.lineTo(size.width, pixel);
  }
  context.stroke();
}
