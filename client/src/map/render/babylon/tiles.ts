import "@babylonjs/core/Meshes/thinInstanceMesh";
import { ShaderMaterial } from "@babylonjs/core/Materials/shaderMaterial";
import type { Mesh } from "@babylonjs/core/Meshes/mesh";
import { VertexData } from "@babylonjs/core/Meshes/mesh.vertexData";
import { SECTOR } from "../space";
import type { Cell } from "../world";
import type { Textures } from "./cloud";
import { bareMesh, type Place } from "./meshes";
import { TILE_VERTEX } from "./shaders/ground";
import type { Stage } from "./stage";

const MATRIX = 16;
const COLOUR = 4;
const SQUARE = {
  positions: [-1, -1, 0, 1, -1, 0, 1, 1, 0, -1, 1, 0],
  indices: [0, 1, 2, 0, 2, 3],
};

/** How a tile looks: half its side in units, its turn in radians, its colour. */
export interface TileLook {
  half: number;
  turn: number;
  rgba: readonly number[];
}

/** Draw squares over sectors: thin instances, written when the terrain changes. */
export class Tiles {
  private readonly mesh: Mesh;

  constructor(stage: Stage, place: Place, fragmentSource: string, textures: Textures) {
    const material = new ShaderMaterial(
      place.name,
      stage.scene,
      { vertexSource: TILE_VERTEX, fragmentSource },
      {
        attributes: ["position"],
        uniforms: ["viewProjection", "screen"],
        samplers: ["sectors", "noise"],
        needAlphaBlending: true,
      },
    );
    material.setTexture("sectors", textures.sectors);
    material.setTexture("noise", textures.noise);
    this.mesh = square(stage, place, stage.adopt(material));
    this.mesh.isVisible = false;
  }

  /** Place one over each sector. */
  set(cells: readonly Cell[], look: (cell: Cell) => TileLook): void {
    this.mesh.isVisible = cells.length > 0;
    if (cells.length === 0) return;
    const matrices = new Float32Array(cells.length * MATRIX);
    const colours = new Float32Array(cells.length * COLOUR);
    cells.forEach((cell, n) => {
      const { half, turn, rgba } = look(cell);
      const at = n * MATRIX;
      matrices[at] = Math.cos(turn) * half;
      matrices[at + 1] = Math.sin(turn) * half;
      matrices[at + 4] = -Math.sin(turn) * half;
      matrices[at + 5] = Math.cos(turn) * half;
      matrices[at + 10] = 1;
      matrices[at + 12] = (cell.x + 0.5) * SECTOR;
      matrices[at + 13] = (cell.y + 0.5) * SECTOR;
      matrices[at + 15] = 1;
      colours.set(rgba, n * COLOUR);
    });
    this.mesh.thinInstanceSetBuffer("matrix", matrices, MATRIX, true);
    this.mesh.thinInstanceSetBuffer("instanceColor", colours, COLOUR, true);
  }
}

/** Make a square from -1 to 1 along both axes. */
export function square(stage: Stage, place: Place, material: ShaderMaterial): Mesh {
  const mesh = bareMesh(stage, place, material);
  const data = new VertexData();
  data.positions = SQUARE.positions;
  data.indices = SQUARE.indices;
  data.applyToMesh(mesh);
  mesh.isVisible = true;
  return mesh;
}
