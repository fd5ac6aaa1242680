import type { Frame } from "../painter";
import type { Kind } from "../types";
import { Cloud, type Textures } from "./cloud";
import { Contours } from "./contours";
import { Ground } from "./ground";
import { FRAGMENTS, ORDER, REACHES } from "./layers";
import type { Palette } from "./palette";
import type { Space } from "./space";
import { STILL, type Stage } from "./stage";
import { Standing } from "./standing";

const KINDS = ["planet", "debris", "hidden_colony", "colony", "fleet"] as const;
const FOG_DIMS_PLANETS = 0.62;

/** Draw what stands: space, hazards, the galaxy's lines, and all that has no course. */
export class StillLayers {
  private readonly ground: Ground;
  private readonly contours: Contours;
  private readonly standing: readonly (readonly [Kind, Standing])[];
  private key = "";

  constructor(
    stage: Stage,
    textures: Textures,
    private readonly space: Space,
  ) {
    this.ground = new Ground(stage, textures, space.painting);
    this.contours = new Contours(stage, ORDER.contours);
    this.standing = KINDS.map((kind) => {
      const cloud = new Cloud(stage, {
        name: kind,
        fragments: FRAGMENTS[kind],
        textures,
        layers: STILL,
        order: ORDER[kind],
        reach: REACHES[kind],
        dimming: kind === "planet" ? FOG_DIMS_PLANETS : 0,
      });
      return [kind, new Standing(cloud)] as const;
    });
  }

  get count(): number {
    return this.standing.reduce((sum, [, { count }]) => sum + count, 0);
  }

  /** Show it as a frame has it; tell whether that looks different from before. */
  follow(
    frame: Frame,
    palette: Palette,
    look: { ratio: number; areFleetsShips: boolean },
  ): boolean {
    const { camera, world } = frame;
    let isChanged = this.space.follow(frame);
    this.ground.follow(frame);
    this.contours.follow(frame, look.ratio);
    for (const [kind, standing] of this.standing) {
      const isEmpty = kind === "fleet" && look.areFleetsShips;
      const hasChanged = isEmpty
        ? standing.clear()
        : standing.follow(frame, world.stores[kind], palette, look.ratio);
      isChanged ||= hasChanged;
    }
    const key = `${camera.version}:${world.terrainVersion}:${frame.level}:${look.ratio}`;
    isChanged ||= key !== this.key;
    this.key = key;
    return isChanged;
  }
}
