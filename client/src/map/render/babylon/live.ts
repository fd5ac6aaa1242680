import type { Frame } from "../painter";
import type { Patches } from "../patches";
import { Cloud, type CloudLook, type Textures } from "./cloud";
import { Fleet } from "./fleet";
import { FRAGMENTS, ORDER, REACHES } from "./layers";
import { Lines } from "./lines";
import { Lively } from "./lively";
import { Marks } from "./marks";
import { Names } from "./names";
import type { Palette } from "./palette";
import { SYMBOL_FRAGMENT } from "./shaders/points";
import { LIVE, type Stage } from "./stage";
import { Standing } from "./standing";

const MARK_REACH = 1.1;

/** Draw what moves or lies above it: courses, fleets, battles, marks, names. */
export class LiveLayers {
  private readonly lines: Lines;
  private readonly lively: Lively;
  private readonly battles: Standing;
  private readonly marks: Marks;
  private names: Names | null = null;
  private ratio = 0;

  constructor(
    private readonly stage: Stage,
    textures: Textures,
  ) {
    const made = (look: Pick<CloudLook, "name" | "fragments" | "order" | "reach">) =>
      new Cloud(stage, { ...look, textures, layers: LIVE, dimming: 0 });
    const ofKind = (kind: "fleet" | "battle") =>
      made({
        name: `live ${kind}`,
        fragments: FRAGMENTS[kind],
        order: ORDER[kind],
        reach: REACHES[kind],
      });
    this.lines = new Lines(stage, ORDER.lines);
    this.lively = new Lively(ofKind("fleet"), new Fleet(stage, ORDER.ships));
    this.battles = new Standing(ofKind("battle"));
    const marks = {
      name: "marks",
      fragments: [SYMBOL_FRAGMENT],
      order: ORDER.marks,
      reach: MARK_REACH,
    };
    this.marks = new Marks(made(marks));
  }

  get count(): number {
    return this.lively.count + this.battles.count;
  }

  /** Whether all is chosen for what is shown now; else it wants to draw again. */
  get isCurrent(): boolean {
    return this.names?.isCurrent ?? false;
  }

  /** Take how many device pixels a px is. */
  resize(ratio: number): void {
    if (this.ratio === ratio) return;
    this.ratio = ratio;
    this.names?.dispose();
    this.names = new Names(this.stage, ORDER.names, ratio);
  }

  /** Tell whether fleets are drawn as ships in a frame. */
  areFleetsShips(frame: Frame): boolean {
    return this.lively.isNear(frame, frame.world.stores.fleet);
  }

  /** Show it as a frame has it. */
  follow(frame: Frame, palette: Palette): void {
    const { stores } = frame.world;
    const { ratio } = this;
    this.lively.follow(frame, stores.fleet, palette, ratio);
    this.battles.follow(frame, stores.battle, palette, ratio);
    this.lines.follow(frame, ratio);
    this.marks.follow(frame, palette, ratio);
    this.names?.follow(frame);
  }

  /** Note where it is drawn. */
  note(patches: Patches, frame: Frame): void {
    this.lively.note(patches, frame, this.ratio);
    this.battles.note(patches, frame);
    this.lines.note(patches, frame, this.ratio);
    this.marks.note(patches, frame);
    this.names?.note(patches, frame);
  }

  dispose(): void {
    this.names?.dispose();
  }
}
