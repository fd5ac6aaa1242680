/** Shots and explosions. */
import type { Burst } from "../model/motion";
import { noise } from "../model/motion";
import { radiusOf } from "./glyphs";

interface Pixel {
  readonly x: number;
  readonly y: number;
}

interface BurstColours {
  readonly gold: string;
  readonly bad: string;
  readonly text: string;
}

/** Share of its way that a tracer is long. */
const TRACER = 0.22;
const SPARKS = 7;

/** Paint a shot on its way. */
export function paintShot(
  context: CanvasRenderingContext2D,
  from: Pixel,
  to: Pixel,
  part: number,
  colour: string,
): void {
  const tail = Math.max(0, part - TRACER);
  context.strokeStyle = colour;
  context.globalAlpha = 0.8 * (1 - part * 0.5);
  context.lineWidth = 1.3;
  context.beginPath();
  context.moveTo(from.x + (to.x - from.x) * tail, from.y + (to.y - from.y) * tail);
  context.lineTo(from.x + (to.x - from.x) * part, from.y + (to.y - from.y) * part);
  context.stroke();
}

/**
 * Paint ships that blow up, or get away. Without a zoom nothing moves: a cross that
 * fades says the same.
 */
export function paintBurst(
  context: CanvasRenderingContext2D,
  burst: Burst,
  at: Pixel,
  colours: BurstColours,
  zoom: number | null,
): void {
  const radius = radiusOf(burst.unit, burst.ships, zoom ?? 1);
  if (burst.escaped) paintEscape(context, burst, at, colours.text, radius);
  else if (zoom === null) paintCross(context, burst, at, colours.bad, radius);
  else paintExplosion(context, burst, at, colours, radius);
}

function paintExplosion(
  context: CanvasRenderingContext2D,
  burst: Burst,
  at: Pixel,
  colours: BurstColours,
  radius: number,
): void {
  const grown = radius * (1 + burst.part * 2.6);
  const fades = (1 - burst.part) ** 1.4;
  const glow = context.createRadialGradient(at.x, at.y, 0, at.x, at.y, grown);
  glow.addColorStop(0, colours.text);
  glow.addColorStop(0.25, colours.gold);
  glow.addColorStop(0.6, colours.bad);
  glow.addColorStop(1, "transparent");
  context.globalAlpha = fades * 0.85;
  context.fillStyle = glow;
  context.beginPath();
  context.arc(at.x, at.y, grown, 0, Math.PI * 2);
  context.fill();
  paintSparks(context, burst, at, colours.gold, radius);
}

function paintSparks(
  context: CanvasRenderingContext2D,
  burst: Burst,
  at: Pixel,
  colour: string,
  radius: number,
): void {
  const seed = Math.round(burst.x * 7 + burst.y * 13);
  context.strokeStyle = colour;
  context.globalAlpha = 1 - burst.part;
  context.lineWidth = 1;
  context.beginPath();
  for (let i = 0; i < SPARKS; i++) {
    const angle = noise(seed, i) * Math.PI * 2;
    const far = radius * (1.2 + 3.2 * noise(seed, i + 20)) * burst.part ** 0.6;
    const near = far * 0.7;
    context.moveTo(at.x + Math.cos(angle) * near, at.y + Math.sin(angle) * near);
    context.lineTo(at.x + Math.cos(angle) * far, at.y + Math.sin(angle) * far);
  }
  context.stroke();
}

function paintCross(
  context: CanvasRenderingContext2D,
  burst: Burst,
  at: Pixel,
  colour: string,
  radius: number,
): void {
  context.globalAlpha = 1 - burst.part;
  context.strokeStyle = colour;
  context.lineWidth = 1.5;
  context.beginPath();
  context.moveTo(at.x - radius, at.y - radius);
  context.lineTo(at.x + radius, at.y + radius);
  context.moveTo(at.x + radius, at.y - radius);
  context.lineTo(at.x - radius, at.y + radius);
  context.stroke();
}

/** A ring that closes: the ship jumps out. */
function paintEscape(
  context: CanvasRenderingContext2D,
  burst: Burst,
  at: Pixel,
  colour: string,
  radius: number,
): void {
  context.globalAlpha = 0.7 * (1 - burst.part);
  context.strokeStyle = colour;
  context.lineWidth = 1.2;
  context.beginPath();
  context.arc(at.x, at.y, radius * (2.2 - 1.8 * burst.part), 0, Math.PI * 2);
  context.stroke();
}
