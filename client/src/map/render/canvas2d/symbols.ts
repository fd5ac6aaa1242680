import { outline } from "../hulls";
import { PLANET_TYPES, STANCES } from "../space";
import type { Colours, Kind, Stance } from "../types";
import { HULLS } from "../variants";

type Brush = CanvasRenderingContext2D;
const TURN = Math.PI * 2;
/** Symbols are drawn anew for radii this far apart, in px. */
const STEPS_PER_PX = 2;
const KEPT_MAX = 400;

/** What a symbol shows, and how large. */
export interface Look {
  kind: Kind;
  stance: number;
  variant: number;
  radius: number;
  isNear: boolean;
}

/** Draw each symbol once, and keep it as a picture. */
export class Symbols {
  private readonly kept = new Map<number, HTMLCanvasElement>();

  constructor(
    private readonly colours: Colours,
    private readonly ratio: number,
  ) {}

  /** Give a symbol's picture; its middle is the thing's place. */
  picture(look: Look): HTMLCanvasElement {
    const steps = Math.max(1, Math.round(look.radius * STEPS_PER_PX));
    const key =
      (((KIND_INDEX[look.kind] * 4 + look.stance) * 8 + look.variant) * 2 +
        Number(look.isNear)) *
        256 +
      steps;
    let picture = this.kept.get(key);
    if (!picture) {
      if (this.kept.size >= KEPT_MAX) this.kept.clear();
      picture = this.drawn(look, steps / STEPS_PER_PX);
      this.kept.set(key, picture);
    }
    return picture;
  }

  private drawn(look: Look, radius: number): HTMLCanvasElement {
    const picture = document.createElement("canvas");
    const half = Math.ceil((radius * 1.5 + 3) * this.ratio);
    picture.width = half * 2;
    picture.height = half * 2;
    const brush = picture.getContext("2d", { willReadFrequently: true });
    if (!brush) return picture;
    brush.translate(half, half);
    brush.scale(this.ratio, this.ratio);
    PAINT[look.kind](brush, { ...look, radius }, this.colours);
    return picture;
  }
}

const KIND_INDEX: Record<Kind, number> = {
  planet: 0,
  colony: 1,
  hidden_colony: 2,
  fleet: 3,
  battle: 4,
  debris: 5,
};

const PAINT: Record<Kind, (brush: Brush, look: Look, colours: Colours) => void> = {
  planet: paintPlanet,
  colony: paintColony,
  hidden_colony: paintHidden,
  fleet: paintFleet,
  battle: paintBattle,
  debris: paintDebris,
};

/** Trace a stance's own shape: triangle, circle, diamond, ring. */
export function traceStance(brush: Brush, stance: Stance, radius: number): void {
  brush.beginPath();
  if (stance === "own") {
    brush.moveTo(radius, 0);
    brush.lineTo(-radius * 0.8, radius * 0.85);
    brush.lineTo(-radius * 0.8, -radius * 0.85);
  } else if (stance === "hostile") {
    brush.moveTo(radius * 1.1, 0);
    brush.lineTo(0, radius * 0.85);
    brush.lineTo(-radius * 1.1, 0);
    brush.lineTo(0, -radius * 0.85);
  } else {
    brush.arc(0, 0, radius * 0.8, 0, TURN);
  }
  brush.closePath();
}

function stanceOf(look: Look): Stance {
  return STANCES[look.stance] ?? "neutral";
}

function fillStance(brush: Brush, look: Look, radius: number, colours: Colours) {
  const stance = stanceOf(look);
  traceStance(brush, stance, radius);
  const colour = colours.stances[stance];
  if (stance === "neutral") {
    brush.lineWidth = Math.max(1.2, radius * 0.32);
    brush.strokeStyle = colour;
    brush.stroke();
    return;
  }
  brush.lineWidth = 2;
  brush.strokeStyle = colours.shadow;
  brush.globalAlpha = 0.7;
  brush.stroke();
  brush.globalAlpha = 1;
  brush.fillStyle = colour;
  brush.fill();
}

function paintPlanet(brush: Brush, look: Look, colours: Colours): void {
  const { radius } = look;
  const type = PLANET_TYPES[look.variant] ?? "terrestrial";
  brush.beginPath();
  brush.arc(0, 0, radius, 0, TURN);
  brush.fillStyle = colours.planets[type] ?? colours.star;
  brush.fill();
  if (!look.isNear) return;
  const shade = brush.createRadialGradient(
    -radius * 0.5,
    -radius * 0.5,
    0,
    0,
    0,
    radius * 1.25,
  );
  shade.addColorStop(0, "transparent");
  shade.addColorStop(0.55, "transparent");
  shade.addColorStop(1, colours.shadow);
  brush.fillStyle = shade;
  brush.fill();
  if (type === "gas_giant") {
    brush.beginPath();
    brush.ellipse(0, 0, radius * 1.45, radius * 0.34, -0.35, 0, TURN);
    brush.lineWidth = Math.max(1, radius * 0.1);
    brush.strokeStyle = colours.planets[type] ?? colours.star;
    brush.globalAlpha = 0.6;
    brush.stroke();
  }
}

function paintColony(brush: Brush, look: Look, colours: Colours): void {
  const { radius } = look;
  const colour = colours.stances[stanceOf(look)];
  brush.beginPath();
  brush.arc(0, 0, radius * 0.86, 0, TURN);
  brush.lineWidth = look.isNear ? 1.6 : 1.2;
  brush.globalAlpha = 0.75;
  brush.strokeStyle = colour;
  brush.stroke();
  brush.globalAlpha = 1;
  const at = look.isNear ? -radius * 0.86 : 0;
  brush.translate(0, at);
  brush.rotate(-Math.PI / 2);
  fillStance(brush, look, look.isNear ? 5.5 : radius * 0.5, colours);
}

function paintHidden(brush: Brush, look: Look, colours: Colours): void {
  brush.beginPath();
  brush.arc(0, 0, look.radius * 0.7, 0, TURN);
  brush.setLineDash([2.4, 2.4]);
  brush.lineWidth = 1.2;
  brush.strokeStyle = colours.hidden;
  brush.stroke();
  brush.beginPath();
  brush.arc(0, 0, Math.min(2, look.radius * 0.3), 0, TURN);
  brush.fillStyle = colours.hidden;
  brush.fill();
}

function paintFleet(brush: Brush, look: Look, colours: Colours): void {
  if (!look.isNear) {
    fillStance(brush, look, look.radius, colours);
    return;
  }
  const points = outline(HULLS[look.variant] ?? "wing");
  brush.beginPath();
  for (let n = 0; n < points.length; n += 2) {
    brush.lineTo((points[n] ?? 0) * look.radius, (points[n + 1] ?? 0) * look.radius);
  }
  brush.closePath();
  brush.fillStyle = colours.text;
  brush.globalAlpha = 0.9;
  brush.fill();
  brush.globalAlpha = 1;
  brush.lineWidth = 1.6;
  brush.strokeStyle = colours.stances[stanceOf(look)];
  brush.stroke();
  fillStance(brush, look, Math.max(3, look.radius * 0.22), colours);
}

function paintBattle(brush: Brush, look: Look, colours: Colours): void {
  const { radius } = look;
  brush.beginPath();
  for (let ray = 0; ray < 16; ray++) {
    const far = ray % 2 === 0 ? radius * 0.9 : radius * 0.42;
    const angle = (ray * TURN) / 16;
    brush.lineTo(Math.cos(angle) * far, Math.sin(angle) * far);
  }
  brush.closePath();
  brush.lineWidth = 1.6;
  brush.strokeStyle = colours.battle;
  brush.stroke();
  brush.globalAlpha = 0.35;
  brush.fillStyle = colours.battle;
  brush.fill();
}

function paintDebris(brush: Brush, look: Look, colours: Colours): void {
  const { radius } = look;
  brush.fillStyle = colours.debris;
  for (let piece = 0; piece < 7; piece++) {
    const angle = piece * 2.4;
    const far = radius * Math.sqrt((piece + 0.5) / 7) * 0.9;
    const side = Math.max(1, radius * (0.16 + 0.08 * (piece % 3)));
    brush.save();
    brush.translate(Math.cos(angle) * far, Math.sin(angle) * far);
    brush.rotate(angle * 1.7);
    brush.fillRect(-side / 2, -side / 2, side, side * 0.7);
    brush.restore();
  }
}
