import "@babylonjs/core/Meshes/thinInstanceMesh";
import { Constants } from "@babylonjs/core/Engines/constants";
import { ShaderMaterial } from "@babylonjs/core/Materials/shaderMaterial";
import type { RawTexture } from "@babylonjs/core/Materials/Textures/rawTexture";
import { RenderTargetTexture } from "@babylonjs/core/Materials/Textures/renderTargetTexture";
import { Vector2, Vector4 } from "@babylonjs/core/Maths/math.vector";
import type { Mesh } from "@babylonjs/core/Meshes/mesh";
import { VertexData } from "@babylonjs/core/Meshes/mesh.vertexData";
import type { Frame } from "../painter";
import { clamped, SECTOR } from "../space";
import type { Colours } from "../types";
import type { Cell } from "../world";
import { colour } from "./colour";
import { bareMesh } from "./meshes";
import {
  COPY_FRAGMENT,
  COPY_VERTEX,
  GROUND_FRAGMENT,
  GROUND_VERTEX,
  HAZARD_VERTEX,
  HOLE_FRAGMENT,
  NEBULA_FRAGMENT,
} from "./shaders/ground";
import { COPY, STILL, type Stage } from "./stage";

/** Zoom from which sectors' lines are seen, and wholly seen. */
const GRID_FROM = 0.14;
const GRID_FULL = 0.7;
const GRID_STRENGTH = 0.15;
/** Zoom up to which the glow of many planets is seen. */
const GLOW_UNTIL = 0.3;
const GLOW_STRENGTH = 0.13;
const NEBULA_UNITS = 128;
const HOLE_UNITS = 92;
const SQUARE = {
  positions: [-1, -1, 0, 1, -1, 0, 1, 1, 0, -1, 1, 0],
  indices: [0, 1, 2, 0, 2, 3],
};

/** Draw what lies below everything: space and hazards. */
export class Ground {
  private readonly space: ShaderMaterial;
  private readonly nebulae: Mesh;
  private readonly holes: Mesh;
  private readonly middle = new Vector2();
  private readonly detail = new Vector4();
  private terrainVersion = -1;
  private colours: Colours | null = null;

  constructor(stage: Stage, textures: { sectors: RawTexture; noise: RawTexture }) {
    this.space = stage.adopt(
      new ShaderMaterial(
        "space",
        stage.scene,
        { vertexSource: GROUND_VERTEX, fragmentSource: GROUND_FRAGMENT },
        {
          attributes: ["position"],
          uniforms: ["screen", "middle", "detail", ...Object.keys(SPACE_COLOURS)],
          samplers: ["sectors", "noise"],
        },
      ),
    );
    this.space.setTexture("sectors", textures.sectors);
    this.space.setTexture("noise", textures.noise);
    square(stage, "space", this.space, { layers: STILL, order: 0 });
    this.nebulae = this.hazards(stage, textures, "nebula", NEBULA_FRAGMENT);
    this.holes = this.hazards(stage, textures, "black hole", HOLE_FRAGMENT);
  }

  /** Show it as a frame has it. */
  follow(frame: Frame): void {
    const { camera, world, level } = frame;
    if (this.colours !== world.colours) this.recolour(world.colours);
    if (this.terrainVersion !== world.terrainVersion) this.place(frame);
    this.middle.set(camera.x, camera.y);
    const grid = clamped((camera.zoom - GRID_FROM) / (GRID_FULL - GRID_FROM), 0, 1);
    const glow = clamped(1 - camera.zoom / GLOW_UNTIL, 0, 1);
    this.detail.set(
      level === "low" && frame.isHurried ? 0 : 1,
      grid * GRID_STRENGTH,
      glow * GLOW_STRENGTH,
      0,
    );
    this.space.setVector2("middle", this.middle);
    this.space.setVector4("detail", this.detail);
  }

  private recolour(colours: Colours): void {
    this.colours = colours;
    this.terrainVersion = -1;
    for (const [uniform, read] of Object.entries(SPACE_COLOURS)) {
      this.space.setColor3(uniform, colour(read(colours)));
    }
  }

  private place({ world }: Frame): void {
    this.terrainVersion = world.terrainVersion;
    const [violet, blue] = world.colours.nebula.map((hex) => colour(hex).asArray());
    const hole = colour(world.colours.blackHole).asArray();
    spread(this.nebulae, world.hazards.nebula, NEBULA_UNITS, (cell) => {
      const rgb = (Math.floor(cell.x / 9) + Math.floor(cell.y / 7)) % 3 ? violet : blue;
      return [...(rgb ?? hole), 0.62];
    });
    spread(this.holes, world.hazards.black_hole, HOLE_UNITS, () => [...hole, 1]);
  }

  private hazards(
    stage: Stage,
    textures: { sectors: RawTexture; noise: RawTexture },
    name: string,
    fragmentSource: string,
  ): Mesh {
    const material = stage.adopt(
      new ShaderMaterial(
        name,
        stage.scene,
        { vertexSource: HAZARD_VERTEX, fragmentSource },
        {
          attributes: ["position"],
          uniforms: ["viewProjection", "screen"],
          samplers: ["sectors", "noise"],
          needAlphaBlending: true,
        },
      ),
    );
    material.setTexture("sectors", textures.sectors);
    material.setTexture("noise", textures.noise);
    const mesh = square(stage, name, material, { layers: STILL, order: 1 });
    mesh.isVisible = false;
    return mesh;
  }
}

/** Keep what stands as a picture, for frames in which only fleets move. */
export class Kept {
  private readonly texture: RenderTargetTexture;
  private readonly mesh: Mesh;
  private readonly material: ShaderMaterial;

  constructor(
    private readonly stage: Stage,
    width: number,
    height: number,
  ) {
    this.texture = new RenderTargetTexture("kept", { width, height }, stage.scene, {
      generateMipMaps: false,
      generateDepthBuffer: false,
      samplingMode: Constants.TEXTURE_NEAREST_SAMPLINGMODE,
    });
    this.texture.activeCamera = stage.stillEye;
    this.texture.renderList = null;
    this.texture.refreshRate = RenderTargetTexture.REFRESHRATE_RENDER_ONCE;
    this.texture.ignoreCameraViewport = true;
    this.texture.skipInitialClear = true;
    this.texture.onClearObservable.add(() => {});
    this.material = new ShaderMaterial(
      "copy",
      stage.scene,
      { vertexSource: COPY_VERTEX, fragmentSource: COPY_FRAGMENT },
      { attributes: ["position"], uniforms: [], samplers: ["kept"] },
    );
    stage.adopt(this.material);
    this.material.setTexture("kept", this.texture);
    this.mesh = square(stage, "copy", this.material, { layers: COPY, order: 0 });
  }

  /** Draw what stands once more, with the next frame. */
  refresh(): void {
    const { customRenderTargets } = this.stage.scene;
    if (!customRenderTargets.includes(this.texture)) {
      customRenderTargets.push(this.texture);
    }
    this.texture.resetRefreshCounter();
  }

  dispose(): void {
    const { customRenderTargets } = this.stage.scene;
    const at = customRenderTargets.indexOf(this.texture);
    if (at >= 0) customRenderTargets.splice(at, 1);
    this.mesh.dispose();
    this.material.dispose();
    this.texture.dispose();
  }
}

const SPACE_COLOURS: Record<string, (colours: Colours) => string> = {
  background: (colours) => colours.background,
  core: (colours) => colours.core,
  gridColour: (colours) => colours.grid,
  regionColour: (colours) => colours.region,
  starColour: (colours) => colours.star,
  hatchColour: (colours) => colours.protected,
  fogColour: (colours) => colours.fog,
};

function square(
  stage: Stage,
  name: string,
  material: ShaderMaterial,
  look: { layers: number; order: number },
): Mesh {
  const mesh = bareMesh(stage, { name, ...look }, material);
  const data = new VertexData();
  data.positions = SQUARE.positions;
  data.indices = SQUARE.indices;
  data.applyToMesh(mesh);
  mesh.isVisible = true;
  return mesh;
}

/** Place one instance over each cell. */
function spread(
  mesh: Mesh,
  cells: readonly Cell[],
  units: number,
  tint: (cell: Cell) => number[],
): void {
  mesh.isVisible = cells.length > 0;
  if (cells.length === 0) return;
  const matrices = new Float32Array(cells.length * 16);
  const tints = new Float32Array(cells.length * 4);
  cells.forEach((cell, n) => {
    const at = n * 16;
    // Turned by its place, so that neighbours don't look alike.
    const angle = cell.x * 2.4 + cell.y * 1.3;
    matrices[at] = Math.cos(angle) * units;
    matrices[at + 1] = Math.sin(angle) * units;
    matrices[at + 4] = -Math.sin(angle) * units;
    matrices[at + 5] = Math.cos(angle) * units;
    matrices[at + 10] = 1;
    matrices[at + 12] = (cell.x + 0.5) * SECTOR;
    matrices[at + 13] = (cell.y + 0.5) * SECTOR;
    matrices[at + 15] = 1;
    tints.set(tint(cell), n * 4);
  });
  mesh.thinInstanceSetBuffer("matrix", matrices, 16, true);
  mesh.thinInstanceSetBuffer("instanceColor", tints, 4, true);
}
