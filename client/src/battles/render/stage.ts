/** Draw a battle on a canvas: backdrop, ships, shots, explosions. No React, no store. */
import type { Drawn, Field } from "../model/motion";
import type { Stance } from "../model/stance";
import { paintBackdrop } from "./backdrop";
import { type Camera, ease, framing, pan, type Size, toPixel, zoomAt } from "./camera";
import { paintBurst, paintShot } from "./effects";
import { isLarge, radiusOf, trace } from "./glyphs";

export interface StageColours {
  readonly ground: string;
  readonly line: string;
  readonly text: string;
  readonly star: string;
  readonly bad: string;
  readonly gold: string;
  readonly stances: Readonly<Record<Stance, string>>;
}

/** Who is who, and what is marked. */
export interface Cast {
  stanceOf(force: string): Stance;
  /** Force that the player commands at the moment. */
  readonly commanded: string | null;
  /** Force that it fires at first. */
  readonly focus: string | null;
  /** Force that the pointer or the keyboard is on. */
  readonly hovered: string | null;
}

const PICK_PX = 18;
const RATIO_MAX = 2;
const NOBODY: Cast = {
  stanceOf: () => "neutral",
  commanded: null,
  focus: null,
  hovered: null,
};

/** A canvas that shows a battle. */
export class Stage {
  private readonly context: CanvasRenderingContext2D;
  private size: Size = { width: 1, height: 1 };
  private camera: Camera | null = null;
  private follows = true;
  private cast = NOBODY;
  private field: Field | null = null;

  constructor(
    private readonly canvas: HTMLCanvasElement,
    private colours: StageColours,
    private calm: boolean,
  ) {
    const context = canvas.getContext("2d", { alpha: false });
    if (!context) throw new Error("this browser draws on no canvas");
    this.context = context;
  }

  /** Take who is who from now on. */
  setCast(cast: Cast): void {
    this.cast = cast;
  }

  /** Take other colours, or less motion. */
  setLook(colours: StageColours, calm: boolean): void {
    this.colours = colours;
    this.calm = calm;
  }

  /** Fit the canvas into its box, in CSS pixels. */
  resize(width: number, height: number): void {
    const ratio = Math.min(RATIO_MAX, window.devicePixelRatio || 1);
    this.size = { width: Math.max(1, width), height: Math.max(1, height) };
    this.canvas.width = Math.round(this.size.width * ratio);
    this.canvas.height = Math.round(this.size.height * ratio);
    this.context.setTransform(ratio, 0, 0, ratio, 0, 0);
    this.camera = null;
  }

  /** Draw a moment; the camera goes on by the time that passed. */
  draw(field: Field, passed_ms: number): void {
    this.field = field;
    this.look(field, passed_ms);
    const camera = this.camera;
    if (!camera) return;
    const { line, ground, star } = this.colours;
    paintBackdrop(this.context, camera, this.size, { line, ground, star });
    if (!this.calm) this.paintShots(field, camera);
    this.paintFocus(field, camera);
    for (const piece of field.pieces) this.paintPiece(piece, camera);
    for (const burst of field.bursts) {
      const at = toPixel(camera, this.size, burst);
      paintBurst(this.context, burst, at, this.colours, this.calm ? null : camera.zoom);
    }
    this.context.globalAlpha = 1;
  }

  /** Zoom by a factor around a pixel, or around the middle. */
  zoom(factor: number, at?: { x: number; y: number }): void {
    if (!this.camera) return;
    this.follows = false;
    const middle = { x: this.size.width / 2, y: this.size.height / 2 };
    this.camera = zoomAt(this.camera, this.size, at ?? middle, factor);
  }

  /** Shift the view by pixels. */
  pan(dx: number, dy: number): void {
    if (!this.camera) return;
    this.follows = false;
    this.camera = pan(this.camera, dx, dy);
  }

  /** Show all again, and keep doing so. */
  fitAll(): void {
    this.follows = true;
  }

  /** Name the force whose ship is at a pixel. */
  pick(x: number, y: number): string | null {
    if (!this.camera || !this.field) return null;
    let best: string | null = null;
    let least = Number.POSITIVE_INFINITY;
    for (const piece of this.field.pieces) {
      const at = toPixel(this.camera, this.size, piece);
      const radius = radiusOf(piece.unit, piece.ships, this.camera.zoom);
      const way = Math.hypot(at.x - x, at.y - y) - radius;
      if (way < Math.min(least, PICK_PX)) {
        least = way;
        best = piece.force;
      }
    }
    return best;
  }

  private look(field: Field, passed_ms: number): void {
    if (!this.follows && this.camera) return;
    if (field.pieces.length === 0 && this.camera) return;
    const goal = framing(field.pieces, this.size);
    const jumps = this.calm || !this.camera;
    this.camera = jumps || !this.camera ? goal : ease(this.camera, goal, passed_ms);
  }

  private paintShots(field: Field, camera: Camera): void {
    for (const shot of field.shots) {
      const from = toPixel(camera, this.size, shot.from);
      const to = toPixel(camera, this.size, shot.to);
      const colour = this.colours.stances[this.cast.stanceOf(shot.force)];
      paintShot(this.context, from, to, shot.part, colour);
    }
  }

  /** Mark what the commanded force fires at first. */
  private paintFocus(field: Field, camera: Camera): void {
    const { focus, hovered, commanded } = this.cast;
    for (const piece of field.pieces) {
      const isFocus = piece.force === focus;
      const isHovered = piece.force === hovered;
      if (!isFocus && !isHovered && piece.force !== commanded) continue;
      const at = toPixel(camera, this.size, piece);
      const radius = radiusOf(piece.unit, piece.ships, camera.zoom) + 4;
      this.context.globalAlpha = isFocus || isHovered ? 0.8 : 0.28;
      this.context.strokeStyle = isFocus ? this.colours.gold : this.colours.text;
      this.context.lineWidth = 1;
      this.context.beginPath();
      this.context.arc(at.x, at.y, radius, 0, Math.PI * 2);
      this.context.stroke();
    }
  }

  private paintPiece(piece: Drawn, camera: Camera): void {
    const { context } = this;
    const at = toPixel(camera, this.size, piece);
    const stance = this.cast.stanceOf(piece.force);
    const colour = this.colours.stances[stance];
    const radius = radiusOf(piece.unit, piece.ships, camera.zoom);
    context.save();
    context.translate(at.x, at.y);
    context.rotate(piece.heading);
    if (!this.calm) this.paintTrail(radius, colour, piece.shown);
    trace(context, piece.unit, stance, radius);
    context.globalAlpha = piece.shown * (0.55 + 0.45 * (piece.hp / 100));
    if (stance === "neutral") {
      context.strokeStyle = colour;
      context.lineWidth = Math.max(1.5, radius * 0.3);
      context.stroke();
    } else {
      context.fillStyle = colour;
      context.fill();
    }
    if (isLarge(piece.unit)) this.paintHull(radius, stance, piece);
    context.restore();
    if (isLarge(piece.unit) && piece.hp < 100) this.paintDamage(piece, at, radius);
    if (piece.ships > 1) this.paintCount(piece, at, radius);
  }

  private paintTrail(radius: number, colour: string, shown: number): void {
    const { context } = this;
    context.globalAlpha = 0.22 * shown;
    context.fillStyle = colour;
    context.beginPath();
    context.moveTo(-radius * 0.5, radius * 0.35);
    context.lineTo(-radius * 3.2, 0);
    context.lineTo(-radius * 0.5, -radius * 0.35);
    context.fill();
  }

  /** Give a large ship a dark edge and a bridge, so that it stands out of a crowd. */
  private paintHull(radius: number, stance: Stance, piece: Drawn): void {
    const { context } = this;
    context.lineWidth = 1.2;
    context.strokeStyle = this.colours.ground;
    if (stance !== "neutral") context.stroke();
    context.globalAlpha = piece.shown * 0.55;
    context.fillStyle = this.colours.ground;
    context.fillRect(-radius * 0.3, -radius * 0.1, radius * 0.6, radius * 0.2);
  }

  private paintDamage(
    piece: Drawn,
    at: { x: number; y: number },
    radius: number,
  ): void {
    const { context } = this;
    const width = Math.max(10, radius * 2);
    const y = at.y + radius + 4;
    context.globalAlpha = 0.75;
    context.fillStyle = this.colours.line;
    context.fillRect(at.x - width / 2, y, width, 2);
    context.fillStyle = piece.hp < 35 ? this.colours.bad : this.colours.text;
    context.fillRect(at.x - width / 2, y, (width * piece.hp) / 100, 2);
  }

  private paintCount(piece: Drawn, at: { x: number; y: number }, radius: number): void {
    const { context } = this;
    context.globalAlpha = 0.85;
    context.fillStyle = this.colours.text;
    context.font = "10px system-ui, sans-serif";
    context.textAlign = "left";
    context.textBaseline = "middle";
    context.fillText(`×${piece.ships}`, at.x + radius + 3, at.y);
  }
}
