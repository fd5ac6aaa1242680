import type { Frame, Painter } from "../painter";
import { Patches } from "../patches";
import type { Colours, Quality } from "../types";
import { Kept } from "./kept";
import { LiveLayers } from "./live";
import { Palette } from "./palette";
import { Space } from "./space";
import { COPY, LIVE, STILL, Stage } from "./stage";
import { StillLayers } from "./still";
import { noiseTexture, sheetTexture } from "./textures";

/** Draw the map by WebGL. What stands is kept as a picture while the camera rests. */
export class BabylonPainter implements Painter {
  readonly backend = "webgl";
  private readonly stage: Stage;
  private readonly still: StillLayers;
  private readonly live: LiveLayers;
  private readonly kept: Kept;
  private readonly patches = new Patches();
  private palette: Palette | null = null;
  private colours: Colours | null = null;
  private ratio = 1;
  private isNew = true;
  private isKept = false;
  private wasReady = false;

  constructor(
    canvas: HTMLCanvasElement,
    readonly isSlow: boolean,
    quality: Quality,
  ) {
    this.stage = new Stage(canvas, {
      isSmooth: !isSlow && quality !== "low",
      keepsPicture: isSlow,
    });
    const { scene } = this.stage;
    const space = new Space(scene);
    const textures = {
      sectors: space.sectors,
      noise: noiseTexture(scene),
      sheet: sheetTexture(scene),
    };
    this.still = new StillLayers(this.stage, textures, space);
    this.live = new LiveLayers(this.stage, textures);
    this.kept = new Kept(this.stage);
  }

  get isReady(): boolean {
    return this.hasAll && this.live.isCurrent;
  }

  resize(width: number, height: number, ratio: number): void {
    const pixels = [Math.round(width * ratio), Math.round(height * ratio)] as const;
    this.stage.engine.setSize(...pixels);
    this.kept.resize(...pixels);
    this.patches.resize(...pixels);
    this.live.resize(ratio);
    this.ratio = ratio;
    this.isNew = true;
  }

  paint(frame: Frame): number {
    const { world } = frame;
    if (!this.palette || this.colours !== world.colours) {
      this.colours = world.colours;
      this.palette = new Palette(world.colours);
    }
    this.stage.look(frame, this.ratio);
    this.followStill(frame, this.palette);
    this.live.follow(frame, this.palette);
    this.restore(frame);
    this.stage.scene.render(false);
    return this.still.count + this.live.count;
  }

  dispose(): void {
    this.live.dispose();
    this.kept.dispose();
    this.stage.dispose();
  }

  private get hasAll(): boolean {
    // Looking takes a while itself: once all is there, it stays so.
    this.wasReady ||= this.stage.scene.isReady(false);
    return this.wasReady;
  }

  /**
   * Draw what stands on the screen while it changes, and once more into the kept
   * picture when it rests: a moving camera then pays for one pass, not for two.
   */
  private followStill(frame: Frame, palette: Palette): void {
    const areFleetsShips = this.live.areFleetsShips(frame);
    const look = { ratio: this.ratio, areFleetsShips };
    const isChanged = this.still.follow(frame, palette, look) || this.isNew;
    this.isNew = false;
    const { liveEye } = this.stage;
    if (isChanged || !this.hasAll) {
      this.isKept = false;
      liveEye.layerMask = LIVE | STILL;
    } else if (!this.isKept) {
      this.isKept = true;
      this.kept.refresh();
      liveEye.layerMask = LIVE | COPY;
    }
  }

  /**
   * Restore what stands, from the kept picture. Where the screen still shows the last
   * frame, that is where something was drawn on it, or is now.
   */
  private restore(frame: Frame): void {
    this.patches.begin();
    if (this.isSlow && this.isKept) this.live.note(this.patches, frame);
    else this.patches.all();
    if (this.isKept) this.kept.restore(this.patches);
  }
}
