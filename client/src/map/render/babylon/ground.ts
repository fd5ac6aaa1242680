import { ShaderMaterial } from "@babylonjs/core/Materials/shaderMaterial";
import type { RawTexture } from "@babylonjs/core/Materials/Textures/rawTexture";
import { Vector2 } from "@babylonjs/core/Maths/math.vector";
import type { Frame } from "../painter";
import { SECTOR } from "../space";
import type { Colours } from "../types";
import type { Cell } from "../world";
import type { Textures } from "./cloud";
import { colour } from "./colour";
import {
  GROUND_FRAGMENT,
  GROUND_VERTEX,
  HATCH_FRAGMENT,
  HOLE_FRAGMENT,
  NEBULA_FRAGMENT,
} from "./shaders/ground";
import { STILL, type Stage } from "./stage";
import { stars } from "./stars";
import { square, Tiles } from "./tiles";

/** Half the side of what is drawn over a sector, in units. */
const NEBULA_HALF = 128;
const HOLE_HALF = 92;
const NEBULA_ALPHA = 0.62;

/** Draw what lies below everything: space, what is protected, hazards. */
export class Ground {
  private readonly space: ShaderMaterial;
  private readonly stars: ShaderMaterial;
  private readonly hatch: Tiles;
  private readonly nebulae: Tiles;
  private readonly holes: Tiles;
  private readonly middle = new Vector2();
  private terrainVersion = -1;
  private colours: Colours | null = null;

  constructor(stage: Stage, textures: Textures, painting: RawTexture) {
    this.space = new ShaderMaterial(
      "space",
      stage.scene,
      { vertexSource: GROUND_VERTEX, fragmentSource: GROUND_FRAGMENT },
      {
        attributes: ["position"],
        uniforms: ["screen", "middle"],
        samplers: ["space"],
      },
    );
    stage.adopt(this.space);
    this.space.setTexture("space", painting);
    square(stage, { name: "space", layers: STILL, order: 0 }, this.space);
    this.stars = stars(stage, { name: "stars", layers: STILL, order: 0.5 });
    const tiles = (name: string, fragment: string) =>
      new Tiles(stage, { name, layers: STILL, order: 1 }, fragment, textures);
    this.hatch = tiles("protected", HATCH_FRAGMENT);
    this.nebulae = tiles("nebulae", NEBULA_FRAGMENT);
    this.holes = tiles("black holes", HOLE_FRAGMENT);
  }

  /** Show it as a frame has it. */
  follow(frame: Frame): void {
    const { camera, world } = frame;
    if (this.colours !== world.colours) this.recolour(world.colours);
    if (this.terrainVersion !== world.terrainVersion) this.place(frame);
    this.middle.set(camera.x, camera.y);
    this.space.setVector2("middle", this.middle);
    this.stars.setVector2("middle", this.middle);
  }

  private recolour(colours: Colours): void {
    this.colours = colours;
    this.terrainVersion = -1;
    this.stars.setColor3("starColour", colour(colours.star));
  }

  private place({ world }: Frame): void {
    this.terrainVersion = world.terrainVersion;
    const { colours, hazards } = world;
    const nebulae = colours.nebula.map((hex) => [
      ...colour(hex).asArray(),
      NEBULA_ALPHA,
    ]);
    const hole = [...colour(colours.blackHole).asArray(), 1];
    const hatch = [...colour(colours.protected).asArray(), 1];
    this.nebulae.set(hazards.nebula, (cell) => ({
      half: NEBULA_HALF,
      turn: 0,
      // Neighbours share a colour: clouds, not a carpet of squares.
      rgba: nebulae[(Math.floor(cell.x / 9) + Math.floor(cell.y / 7)) % 2] ?? hole,
    }));
    this.holes.set(hazards.black_hole, (cell) => ({
      half: HOLE_HALF,
      turn: turnOf(cell),
      rgba: hole,
    }));
    this.hatch.set(world.protected, () => ({ half: SECTOR / 2, turn: 0, rgba: hatch }));
  }
}

/** Turn things by their place, so that neighbours don't look alike. */
function turnOf({ x, y }: Cell): number {
  return x * 2.4 + y * 1.3;
}
