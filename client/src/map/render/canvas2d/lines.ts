import type { Frame } from "../painter";
import { SIDE } from "../space";
import type { CourseLine, Point, Range } from "../types";

type Brush = CanvasRenderingContext2D;
const TURN = Math.PI * 2;
/** How fast dashes run along a course, in px a ms. */
const DASH_SPEED = 0.018;
const DASHES: Record<CourseLine["style"], readonly number[]> = {
  course: [8, 6],
  preview: [3, 5],
  patrol: [12, 5],
};
const HEAD_PX = 9;
const RANGE_DASHES: Record<Range["style"], readonly number[]> = {
  weapon: [],
  sensor: [2, 6],
  travel: [10, 6],
};

/** Draw courses, with an arrowhead where they end. */
export function paintCourses(brush: Brush, frame: Frame): void {
  const { camera, world } = frame;
  for (const course of world.courses) {
    if (course.points.length < 2) continue;
    brush.beginPath();
    for (const point of ahead(course.points, frame.now_ms)) {
      const { px, py } = camera.toScreen(point.x, point.y);
      brush.lineTo(px, py);
    }
    if (course.style === "patrol") brush.closePath();
    const isPreview = course.style === "preview";
    brush.strokeStyle = isPreview
      ? world.colours.accent
      : world.colours.stances[course.stance];
    brush.globalAlpha = isPreview ? 0.95 : 0.7;
    brush.lineWidth = 1.6;
    brush.setLineDash(DASHES[course.style] as number[]);
    brush.lineDashOffset = -frame.pulse_ms * DASH_SPEED;
    brush.stroke();
    if (course.style !== "patrol") paintHead(brush, frame, course);
  }
  brush.setLineDash([]);
  brush.globalAlpha = 1;
}

/** Give what of a course is still to come, from where the fleet is now. */
export function ahead(points: CourseLine["points"], now_ms: number): readonly Point[] {
  const next = points.findIndex(({ at_ms }) => at_ms === undefined || at_ms > now_ms);
  const before = points[next - 1];
  const to = points[next];
  if (next < 0) return [];
  if (before?.at_ms === undefined || to?.at_ms === undefined) return points;
  const share = (now_ms - before.at_ms) / (to.at_ms - before.at_ms);
  const here = {
    x: before.x + (to.x - before.x) * share,
    y: before.y + (to.y - before.y) * share,
  };
  return [here, ...points.slice(next)];
}

function paintHead(brush: Brush, { camera }: Frame, course: CourseLine): void {
  const end = course.points.at(-1);
  const before = course.points.at(-2);
  if (!end || !before) return;
  const { px, py } = camera.toScreen(end.x, end.y);
  brush.save();
  brush.translate(px, py);
  brush.rotate(Math.atan2(end.y - before.y, end.x - before.x));
  brush.beginPath();
  brush.moveTo(0, 0);
  brush.lineTo(-HEAD_PX, HEAD_PX * 0.55);
  brush.lineTo(-HEAD_PX * 0.7, 0);
  brush.lineTo(-HEAD_PX, -HEAD_PX * 0.55);
  brush.closePath();
  brush.fillStyle = brush.strokeStyle;
  brush.fill();
  brush.restore();
}

/** Draw ranges as rings. */
export function paintRanges(brush: Brush, { camera, world }: Frame): void {
  for (const range of world.ranges) {
    const { px, py } = camera.toScreen(range.x, range.y);
    const radius = Math.min(range.radius, SIDE * 2) * camera.zoom;
    const colour =
      range.style === "weapon" ? world.colours.battle : world.colours.accent;
    brush.beginPath();
    brush.arc(px, py, radius, 0, TURN);
    brush.setLineDash(RANGE_DASHES[range.style] as number[]);
    brush.strokeStyle = colour;
    brush.fillStyle = colour;
    brush.globalAlpha = 0.05;
    brush.fill();
    brush.globalAlpha = 0.55;
    brush.lineWidth = 1.2;
    brush.stroke();
  }
  brush.setLineDash([]);
  brush.globalAlpha = 1;
}
