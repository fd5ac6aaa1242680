import { Vector2 } from "@babylonjs/core/Maths/math.vector";
import type { Frame } from "../painter";
import type { Patches } from "../patches";
import type { Colours, CourseLine, Range } from "../types";
import type { World } from "../world";
import { packed } from "./colour";
import { circle, Ink, type Pen } from "./ink";
import { LIVE, type Stage } from "./stage";

const CIRCLE_PIECES = 128;
const SECOND_MS = 1_000;

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
  private readonly ink: Ink;
  private readonly clock = new Vector2();
  private key = "";
  private colours: Colours | null = null;
  private base_ms = 0;

  constructor(stage: Stage, order: number) {
    this.ink = new Ink(stage, { name: "lines", order, layers: LIVE });
  }

  /** Show them as a frame has them. */
  follow({ world, now_ms }: Frame, ratio: number): void {
    const key = `${world.coursesVersion}:${world.rangesVersion}`;
    if (key !== this.key || this.colours !== world.colours) {
      this.key = key;
      this.colours = world.colours;
      this.base_ms = now_ms;
      this.write(world);
    }
    this.clock.set((now_ms - this.base_ms) / SECOND_MS, ratio);
    this.ink.material.setVector2("clock", this.clock);
  }

  /** Note where they are drawn. */
  note(patches: Patches, frame: Frame, ratio: number): void {
    this.ink.note(patches, frame, ratio);
  }

  private write({ courses, ranges, colours }: World): void {
    const { ink } = this;
    // One more a course: a patrol comes back to where it began.
    const pieces = courses.reduce((sum, { points }) => sum + points.length + 1, 0);
    ink.clear(pieces + ranges.length * CIRCLE_PIECES);
    for (const course of courses) this.course(course, colours);
    for (const { x, y, radius, style } of ranges) {
      const colour = packed(style === "weapon" ? colours.battle : colours.accent);
      ink.line(circle(x, y, radius, CIRCLE_PIECES), RANGE_PENS[style], colour);
    }
    ink.squares.upload();
  }

  private course({ points, stance, style }: CourseLine, colours: Colours): void {
    const colour = packed(
      style === "preview" ? colours.accent : colours.stances[stance],
    );
    const [first] = points;
    const isLoop = style === "patrol" && first !== undefined && points.length > 2;
    const around = isLoop ? [...points, { x: first.x, y: first.y }] : points;
    this.ink.line(around, COURSE_PENS[style], colour, this.base_ms);
  }
}
