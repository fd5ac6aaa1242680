import { Buffer } from "@babylonjs/core/Buffers/buffer";
import type { ShaderMaterial } from "@babylonjs/core/Materials/shaderMaterial";
import type { Mesh } from "@babylonjs/core/Meshes/mesh";
import type { SubMesh } from "@babylonjs/core/Meshes/subMesh";
import { bareMesh, onlyPart, type Place } from "./meshes";
import type { Stage } from "./stage";

const CORNERS = 4;
const INDICES = 6;
const ROOM_MIN = 64;

/** An attribute of a corner, and how many numbers it has. */
export type Part = readonly [name: string, size: number];

/** Squares whose corners are written in place: lines, names. */
export class Squares {
  count = 0;
  data: Float32Array;
  /** Numbers a corner. */
  readonly stride: number;
  private readonly mesh: Mesh;
  private buffer: Buffer | null = null;
  private room = 0;
  private part: SubMesh | null = null;

  constructor(
    private readonly stage: Stage,
    material: ShaderMaterial,
    private readonly look: Place & { parts: readonly Part[] },
  ) {
    this.stride = look.parts.reduce((sum, [, size]) => sum + size, 0);
    this.mesh = bareMesh(stage, look, material);
    this.data = new Float32Array(0);
    this.reserve(ROOM_MIN);
  }

  /** Make room for so many squares. */
  reserve(squares: number): void {
    if (squares <= this.room) return;
    this.room = Math.max(squares, this.room * 2);
    const written = this.data;
    this.data = new Float32Array(this.room * CORNERS * this.stride);
    this.data.set(written);
    this.buffer?.dispose();
    this.buffer = new Buffer(this.stage.engine, this.data, true, this.stride);
    let offset = 0;
    for (const [name, size] of this.look.parts) {
      this.mesh.setVerticesBuffer(this.buffer.createVertexBuffer(name, offset, size));
      offset += size;
    }
    this.mesh.setIndices(pattern(this.room), this.room * CORNERS);
    this.part = onlyPart(this.mesh);
  }

  dispose(): void {
    this.mesh.dispose(false, true);
    this.buffer?.dispose();
  }

  set isShown(isShown: boolean) {
    this.mesh.isVisible = isShown && this.count > 0;
  }

  /** Write a corner (0 to 3) of the square `count`. */
  corner(corner: number, values: readonly number[]): void {
    const at = (this.count * CORNERS + corner) * this.stride;
    for (let n = 0; n < values.length; n++) this.data[at + n] = values[n] as number;
  }

  /** Draw the first `count` squares as they are written now. */
  upload(): void {
    this.mesh.isVisible = this.count > 0;
    if (this.count === 0 || !this.part) return;
    this.part.verticesCount = this.count * CORNERS;
    this.part.indexCount = this.count * INDICES;
    this.buffer?.updateDirectly(this.data, 0, this.count * CORNERS);
  }
}

/** Corners run 0, 1 at one end and 2, 3 at the other. */
function pattern(squares: number): Uint32Array {
  const indices = new Uint32Array(squares * INDICES);
  for (let n = 0; n < squares; n++) {
    const first = n * CORNERS;
    indices.set(
      [first, first + 1, first + 2, first + 2, first + 1, first + 3],
      n * INDICES,
    );
  }
  return indices;
}
