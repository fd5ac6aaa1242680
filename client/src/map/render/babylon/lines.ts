import { ShaderMaterial } from "@babylonjs/core/Materials/shaderMaterial";
import { Vector2 } from "@babylonjs/core/Maths/math.vector";
import type { Frame } from "../painter";
import type { Colours, CourseLine, Point, Range } from "../types";
import { packed } from "./colour";
import { LINE_FRAGMENT, LINE_VERTEX } from "./shaders/lines";
import { Squares } from "./squares";
import type { Stage } from "./stage";

/** Pieces of lines drawn at once, at most. */
const PIECES_MAX = 20_000;
const CIRCLE_PIECES = 128;
/** A place without a time is still to come. */
const NEVER_S = 1e9;
const SECOND_MS = 1_000;

/** How a line is drawn: px of dash and gap, px a s, px of width, opacity. */
interface Pen {
  dash: number;
  gap: number;
  speed: number;
  width: number;
  alpha: number;
}

const COURSE_PENS: Record<CourseLine["style"], Pen> = {
  course: { dash: 9, gap: 6, speed: 16, width: 1.6, alpha: 0.72 },
  preview: { dash: 4, gap: 5, speed: 24, width: 2, alpha: 0.95 },
  patrol: { dash: 14, gap: 5, speed: 10, width: 1.6, alpha: 0.72 },
};
const RANGE_PENS: Record<Range["style"], Pen> = {
  weapon: { dash: 0, gap: 0, speed: 0, width: 1.4, alpha: 0.65 },
  sensor: { dash: 2, gap: 6, speed: 0, width: 1.6, alpha: 0.7 },
  travel: { dash: 11, gap: 7, speed: 0, width: 1.2, alpha: 0.5 },
};

/** Draw courses and ranges. What a fleet has behind it is not drawn any more. */
export class Lines {
  private readonly squares: Squares;
  private readonly material: ShaderMaterial;
  private readonly clock = new Vector2();
  private key = "";
  private colours: Colours | null = null;
  private base_ms = 0;

  constructor(stage: Stage, order: number) {
    this.material = stage.adopt(
      new ShaderMaterial(
        "line",
        stage.scene,
        { vertexSource: LINE_VERTEX, fragmentSource: LINE_FRAGMENT },
        {
          attributes: ["ends", "run", "dash", "ink"],
          uniforms: ["viewProjection", "screen", "clock"],
          needAlphaBlending: true,
        },
      ),
    );
    this.squares = new Squares(stage, this.material, {
      name: "lines",
      order,
      parts: [
        ["ends", 4],
        ["run", 4],
        ["dash", 4],
        ["ink", 3],
      ],
    });
  }

  /** Show them as a frame has them. */
  follow(frame: Frame, ratio: number): void {
    const { world } = frame;
    const key = `${world.coursesVersion}:${world.rangesVersion}`;
    if (key !== this.key || this.colours !== world.colours) {
      this.key = key;
      this.colours = world.colours;
      this.base_ms = frame.now_ms;
      this.write(world.courses, world.ranges, world.colours);
    }
    this.clock.set((frame.now_ms - this.base_ms) / SECOND_MS, ratio);
    this.material.setVector2("clock", this.clock);
  }

  private write(
    courses: readonly CourseLine[],
    ranges: readonly Range[],
    colours: Colours,
  ): void {
    const { squares } = this;
    const pieces = courses.reduce((sum, { points }) => sum + points.length, 0);
    squares.reserve(Math.min(PIECES_MAX, pieces + ranges.length * CIRCLE_PIECES));
    squares.count = 0;
    for (const course of courses) this.course(course, colours);
    for (const range of ranges) {
      const isWeapon = range.style === "weapon";
      const ink = packed(isWeapon ? colours.battle : colours.accent);
      this.polyline(circle(range), RANGE_PENS[range.style], ink);
    }
    squares.upload();
  }

  private course({ points, stance, style }: CourseLine, colours: Colours): void {
    const ink = packed(style === "preview" ? colours.accent : colours.stances[stance]);
    const [first] = points;
    const isLoop = style === "patrol" && first !== undefined && points.length > 2;
    const around = isLoop ? [...points, { x: first.x, y: first.y }] : points;
    this.polyline(around, COURSE_PENS[style], ink);
  }

  private polyline(
    points: readonly (Point & { at_ms?: number })[],
    pen: Pen,
    ink: number,
  ): void {
    const { squares } = this;
    const time = (at_ms: number | undefined) =>
      at_ms === undefined ? NEVER_S : (at_ms - this.base_ms) / SECOND_MS;
    let along = 0;
    for (let n = 1; n < points.length && squares.count < PIECES_MAX; n++) {
      const from = points[n - 1] as Point & { at_ms?: number };
      const to = points[n] as Point & { at_ms?: number };
      const next = along + Math.hypot(to.x - from.x, to.y - from.y);
      for (let corner = 0; corner < 4; corner++) {
        squares.corner(
          corner,
          ...[from.x, from.y, to.x, to.y],
          ...[along, next, corner, pen.alpha],
          ...[pen.dash, pen.gap, pen.speed, pen.width],
          ...[
            ink,
            time(to.at_ms === undefined ? undefined : from.at_ms),
            time(to.at_ms),
          ],
        );
      }
      squares.count++;
      along = next;
    }
  }
}

function circle({ x, y, radius }: Range): Point[] {
  return Array.from({ length: CIRCLE_PIECES + 1 }, (_, n) => {
    const angle = (n / CIRCLE_PIECES) * Math.PI * 2;
    return { x: x + Math.cos(angle) * radius, y: y + Math.sin(angle) * radius };
  });
}
