import type { Frame, Painter } from "../painter";
import { Patches } from "../patches";
import type { Colours, Kind, Quality } from "../types";
import { Cloud } from "./cloud";
import { Contours } from "./contours";
import { Fleet } from "./fleet";
import { Ground } from "./ground";
import { Kept } from "./kept";
import { Lines } from "./lines";
import { Lively } from "./lively";
import { Marks } from "./marks";
import { Names } from "./names";
import { Palette } from "./palette";
import {
  BATTLE_FRAGMENT,
  DOT_FRAGMENT,
  PLANET_FRAGMENT,
  SYMBOL_FRAGMENT,
} from "./shaders/points";
import { Space } from "./space";
import { COPY, LIVE, STILL, Stage } from "./stage";
import { Standing } from "./standing";
import { noiseTexture, sheetTexture } from "./textures";

/** Kinds that stand: they are part of the layer that is kept. */
const STILL_KINDS = ["planet", "debris", "hidden_colony", "colony", "fleet"] as const;
/** From the lowest up; space is 0, hazards are 1. */
const ORDER: Record<Kind | "contours" | "lines" | "ships" | "marks" | "names", number> =
  {
    contours: 1.5,
    planet: 2,
    debris: 3,
    hidden_colony: 4,
    colony: 5,
    lines: 6,
    ships: 7,
    fleet: 8,
    battle: 9,
    marks: 10,
    names: 11,
  };
/** What draws a kind: from afar, and from near by. */
const FRAGMENTS: Partial<Record<Kind, readonly string[]>> = {
  planet: [DOT_FRAGMENT, PLANET_FRAGMENT],
  battle: [SYMBOL_FRAGMENT, BATTLE_FRAGMENT],
};
const FOG_DIMS_PLANETS = 0.62;
/** How far planets reach beyond their radius: rings and air. */
const PLANET_REACH = 1.62;
const SYMBOL_REACH = 1.25;
const BATTLE_REACH = 1.45;
const MARK_REACH = 1.1;

/** Draw the map by WebGL. What stands is kept as a picture while the camera rests. */
export class BabylonPainter implements Painter {
  readonly backend = "webgl";
  private readonly stage: Stage;
  private readonly space: Space;
  private readonly ground: Ground;
  private readonly still: Record<(typeof STILL_KINDS)[number], Standing>;
  private readonly battles: Standing;
  private readonly lively: Lively;
  private readonly lines: Lines;
  private readonly marks: Marks;
  private names: Names | null = null;
  private readonly kept: Kept;
  private readonly patches = new Patches();
  private readonly contours: Contours;
  private palette: Palette | null = null;
  private colours: Colours | null = null;
  private ratio = 1;
  private stillKey = "";
  private isKeptReady = false;
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
    const { stage } = this;
    this.space = new Space(stage.scene);
    const textures = {
      sectors: this.space.sectors,
      noise: noiseTexture(stage.scene),
      sheet: sheetTexture(stage.scene),
    };
    this.ground = new Ground(stage, textures, this.space.painting);
    this.contours = new Contours(stage, ORDER.contours);
    this.kept = new Kept(stage);
    const cloud = (kind: Kind, name: string, layers: number) =>
      new Cloud(stage, {
        name,
        fragments: FRAGMENTS[kind] ?? [SYMBOL_FRAGMENT],
        textures,
        layers,
        order: ORDER[kind],
        reach:
          kind === "planet"
            ? PLANET_REACH
            : kind === "battle"
              ? BATTLE_REACH
              : SYMBOL_REACH,
        dimming: kind === "planet" ? FOG_DIMS_PLANETS : 0,
      });
    const standing = (kind: Kind, layers: number) =>
      new Standing(cloud(kind, kind, layers));
    this.still = {
      planet: standing("planet", STILL),
      debris: standing("debris", STILL),
      hidden_colony: standing("hidden_colony", STILL),
      colony: standing("colony", STILL),
      fleet: standing("fleet", STILL),
    };
    this.lines = new Lines(stage, ORDER.lines);
    this.lively = new Lively(
      cloud("fleet", "fleets", LIVE),
      new Fleet(stage, ORDER.ships),
    );
    this.battles = standing("battle", LIVE);
    const marks = {
      name: "marks",
      fragments: [SYMBOL_FRAGMENT],
      textures,
      layers: LIVE,
      order: ORDER.marks,
      reach: MARK_REACH,
      dimming: 0,
    };
    this.marks = new Marks(new Cloud(stage, marks));
  }

  get isReady(): boolean {
    return this.hasAll && (this.names?.isCurrent ?? false);
  }

  private get hasAll(): boolean {
    // Looking takes a while itself: once all is there, it stays so.
    this.wasReady ||= this.stage.scene.isReady(false);
    return this.wasReady;
  }

  resize(width: number, height: number, ratio: number): void {
    const pixels = [Math.round(width * ratio), Math.round(height * ratio)] as const;
    this.stage.engine.setSize(...pixels);
    this.kept.resize(...pixels);
    this.patches.resize(...pixels);
    if (!this.names || this.ratio !== ratio) {
      this.names?.dispose();
      this.names = new Names(this.stage, ORDER.names, ratio);
    }
    this.ratio = ratio;
    this.stillKey = "";
  }

  paint(frame: Frame): number {
    const { world } = frame;
    if (!this.palette || this.colours !== world.colours) {
      this.colours = world.colours;
      this.palette = new Palette(world.colours);
    }
    this.stage.look(frame, this.ratio);
    this.followStill(frame, this.palette);
    const drawn = this.followLive(frame, this.palette);
    this.restore(frame);
    this.stage.scene.render(false);
    return drawn;
  }

  dispose(): void {
    this.names?.dispose();
    this.kept.dispose();
    this.stage.dispose();
  }

  /**
   * Draw what stands on the screen while it changes, and once more into the kept
   * picture when it rests: a moving camera then pays for one pass, not for two.
   */
  private followStill(frame: Frame, palette: Palette): void {
    let isChanged = this.space.follow(frame);
    this.ground.follow(frame);
    this.contours.follow(frame, this.ratio);
    const areShips = this.lively.isNear(frame, frame.world.stores.fleet);
    for (const kind of STILL_KINDS) {
      const store = frame.world.stores[kind];
      const standing = this.still[kind];
      if (kind === "fleet" && areShips) {
        if (standing.clear()) isChanged = true;
      } else if (standing.follow(frame, store, palette, this.ratio)) isChanged = true;
    }
    const { camera, world } = frame;
    const key = `${camera.version}:${world.terrainVersion}:${frame.level}`;
    if (key !== this.stillKey) isChanged = true;
    this.stillKey = key;
    const { liveEye } = this.stage;
    if (isChanged || !this.hasAll) {
      this.isKeptReady = false;
      liveEye.layerMask = LIVE | STILL;
    } else if (!this.isKeptReady) {
      this.isKeptReady = true;
      this.kept.refresh();
      liveEye.layerMask = LIVE | COPY;
    }
  }

  /**
   * Restore what stands, from the kept picture. Where the screen still shows the last
   * frame, that is where something was drawn on it, or is now.
   */
  private restore(frame: Frame): void {
    const { patches, ratio } = this;
    patches.begin();
    if (!this.isSlow || !this.isKeptReady) patches.all();
    else {
      this.lively.note(patches, frame, ratio);
      this.battles.note(patches, frame);
      this.lines.note(patches, frame, ratio);
      this.marks.note(patches, frame);
      this.names?.note(patches, frame);
    }
    if (this.isKeptReady) this.kept.restore(patches);
  }

  private followLive(frame: Frame, palette: Palette): number {
    const { stores } = frame.world;
    const { ratio } = this;
    this.lively.follow(frame, stores.fleet, palette, ratio);
    this.battles.follow(frame, stores.battle, palette, ratio);
    this.lines.follow(frame, ratio);
    this.marks.follow(frame, palette, ratio);
    this.names?.follow(frame);
    const still = STILL_KINDS.reduce((sum, kind) => sum + this.still[kind].count, 0);
    return still + this.lively.count + this.battles.count;
  }
}
