import { radiusOf } from "../lod";
import type { Frame } from "../painter";
import type { Patches } from "../patches";
import { KINDS } from "../space";
import { SHAPES } from "../symbols";
import type { CourseLine } from "../types";
import type { World } from "../world";
import { type Cloud, packedShift, STRIDE } from "./cloud";
import { packed } from "./colour";
import type { Palette } from "./palette";

/** Marks drawn at once, at most. */
const MARKS_MAX = 2_000;
const RING_GAP_PX = 5;
const ARROW_PX = 9;

/** Draw rings around what is selected, and arrowheads where courses end. */
export class Marks {
  constructor(private readonly cloud: Cloud) {}

  /** Show them as a frame has them. */
  follow({ world, camera }: Frame, palette: Palette, ratio: number): void {
    const { cloud } = this;
    cloud.scale(ratio, ratio);
    cloud.reserve(Math.min(MARKS_MAX, world.selection.size + world.courses.length));
    cloud.count = 0;
    for (const course of world.courses) this.arrow(course, world);
    for (const kind of KINDS) {
      const store = world.stores[kind];
      const radius = radiusOf(kind, camera.zoom) + RING_GAP_PX;
      for (const i of store.selected) {
        const at = this.next(store.x[i] as number, store.y[i] as number);
        cloud.data[at + 2] = radius * (store.size[i] as number);
        cloud.data[at + 3] = SHAPES.selection;
        cloud.data[at + 6] = packedShift(
          store.shiftX[i] as number,
          store.shiftY[i] as number,
        );
        cloud.data[at + 7] = palette.selection;
      }
    }
    cloud.upload();
  }

  /** Note where they are drawn. */
  note(patches: Patches, frame: Frame): void {
    this.cloud.note(patches, frame);
  }

  private arrow({ points, style, stance }: CourseLine, world: World): void {
    const end = points.at(-1);
    const before = points.at(-2);
    if (!end || !before || style === "patrol") return;
    const { colours } = world;
    const { data } = this.cloud;
    const at = this.next(end.x, end.y);
    data[at + 2] = ARROW_PX;
    data[at + 3] = SHAPES.arrow;
    data[at + 4] = Math.atan2(end.y - before.y, end.x - before.x);
    data[at + 7] = packed(
      style === "preview" ? colours.accent : colours.stances[stance],
    );
  }

  /** Begin the next mark; past the most there may be, over the last one. */
  private next(x: number, y: number): number {
    const { cloud } = this;
    if (cloud.count < MARKS_MAX) cloud.count++;
    const at = (cloud.count - 1) * STRIDE;
    cloud.data[at] = x;
    cloud.data[at + 1] = y;
    cloud.data[at + 4] = 0;
    cloud.data[at + 5] = 1;
    cloud.data[at + 6] = packedShift(0, 0);
    return at;
  }
}
