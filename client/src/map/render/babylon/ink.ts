import { ShaderMaterial } from "@babylonjs/core/Materials/shaderMaterial";
import type { Frame } from "../painter";
import type { Patches } from "../patches";
import type { Point } from "../types";
import { LINE_FRAGMENT, LINE_VERTEX } from "./shaders/lines";
import { Squares } from "./squares";
import type { Stage } from "./stage";

/** Pieces of lines drawn at once by one mesh, at most. */
export const PIECES_MAX = 20_000;
/** A place without a time is still to come. */
const NEVER_S = 1e9;
const SECOND_MS = 1_000;

/** How a line is drawn: px of dash and gap, px a s, px of width, opacity. */
export interface Pen {
  dash: number;
  gap: number;
  speed: number;
  width: number;
  alpha: number;
}

type Stop = Point & { at_ms?: number };

/** Draw lines of a width in px, dashed or not, in one call. */
export class Ink {
  readonly squares: Squares;
  readonly material: ShaderMaterial;

  constructor(stage: Stage, look: { name: string; order: number; layers: number }) {
    this.material = new ShaderMaterial(
      look.name,
      stage.scene,
      { vertexSource: LINE_VERTEX, fragmentSource: LINE_FRAGMENT },
      {
        attributes: ["ends", "run", "dash", "ink"],
        uniforms: ["viewProjection", "screen", "clock", "fade"],
        needAlphaBlending: true,
      },
    );
    stage.adopt(this.material);
    this.material.setFloat("fade", 1);
    this.squares = new Squares(stage, this.material, {
      ...look,
      parts: [
        ["ends", 4],
        ["run", 4],
        ["dash", 4],
        ["ink", 3],
      ],
    });
  }

  /** Begin anew, with room for so many pieces. */
  clear(pieces: number): void {
    this.squares.reserve(Math.min(PIECES_MAX, pieces));
    this.squares.count = 0;
  }

  /** Add a line through places; what was passed before `base_ms` is not drawn. */
  line(points: readonly Stop[], pen: Pen, ink: number, base_ms = 0): void {
    let along = 0;
    for (let n = 1; n < points.length; n++) {
      const from = points[n - 1] as Stop;
      const to = points[n] as Stop;
      const next = along + Math.hypot(to.x - from.x, to.y - from.y);
      this.piece([from, to], [along, next], pen, [ink, ...times(from, to, base_ms)]);
      along = next;
    }
  }

  /** Note where lines are drawn. */
  note(patches: Patches, { camera }: Frame, ratio: number): void {
    const { data, stride, count } = this.squares;
    const zoom = camera.zoom * ratio;
    const left = (camera.width * ratio) / 2 - camera.x * zoom;
    const top = (camera.height * ratio) / 2 - camera.y * zoom;
    for (let at = 0; at < count * 4 * stride; at += 4 * stride) {
      patches.line(
        left + (data[at] as number) * zoom,
        top + (data[at + 1] as number) * zoom,
        left + (data[at + 2] as number) * zoom,
        top + (data[at + 3] as number) * zoom,
        ((data[at + 11] as number) * ratio) / 2 + 2,
      );
    }
  }

  private piece(
    [from, to]: readonly [Stop, Stop],
    [along, next]: readonly [number, number],
    pen: Pen,
    ink: readonly number[],
  ): void {
    const { squares } = this;
    if (squares.count >= PIECES_MAX) return;
    for (let corner = 0; corner < 4; corner++) {
      squares.corner(corner, [
        ...[from.x, from.y, to.x, to.y],
        ...[along, next, corner, pen.alpha],
        ...[pen.dash, pen.gap, pen.speed, pen.width],
        ...ink,
      ]);
    }
    squares.count++;
  }
}

/** Give when a fleet is at both ends, in seconds. */
function times(from: Stop, to: Stop, base_ms: number): readonly [number, number] {
  if (from.at_ms === undefined || to.at_ms === undefined) return [NEVER_S, NEVER_S];
  return [(from.at_ms - base_ms) / SECOND_MS, (to.at_ms - base_ms) / SECOND_MS];
}

/** Give the places of a circle, the first one again at its end. */
export function circle(x: number, y: number, radius: number, pieces = 128): Point[] {
  return Array.from({ length: pieces + 1 }, (_, n) => {
    const angle = (n / pieces) * Math.PI * 2;
    return { x: x + Math.cos(angle) * radius, y: y + Math.sin(angle) * radius };
  });
}
