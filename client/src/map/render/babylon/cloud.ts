import { Buffer } from "@babylonjs/core/Buffers/buffer";
import { Constants } from "@babylonjs/core/Engines/constants";
import { Material } from "@babylonjs/core/Materials/material";
import { ShaderMaterial } from "@babylonjs/core/Materials/shaderMaterial";
import type { RawTexture } from "@babylonjs/core/Materials/Textures/rawTexture";
import { Vector4 } from "@babylonjs/core/Maths/math.vector";
import type { Mesh } from "@babylonjs/core/Meshes/mesh";
import type { SubMesh } from "@babylonjs/core/Meshes/subMesh";
import type { Frame } from "../painter";
import type { Patches } from "../patches";
import { bareMesh, onlyPart, type Place } from "./meshes";
import { POINT_VERTEX } from "./shaders/points";
import type { Stage } from "./stage";

/** Numbers a point: x, y, size, shape, heading, alpha, shift, colour. */
export const STRIDE = 8;
const SHIFT_ZERO = 128;
const SHIFT_STEP = 256;
const ROOM_MIN = 256;

/** What shaders look at. */
export interface Textures {
  sectors: RawTexture;
  noise: RawTexture;
  sheet: RawTexture;
}

/** How a cloud's points look. */
export interface CloudLook extends Place {
  /** What its points may look like; the first is the usual one. */
  fragments: readonly string[];
  textures: Textures;
  /** How far symbols reach beyond their radius: 1 is not at all. */
  reach: number;
  /** How much fog dims them, of 1. */
  dimming: number;
}

/** Many points in one buffer, drawn by one call; it is changed in place. */
export class Cloud {
  count = 0;
  data = new Float32Array(ROOM_MIN * STRIDE);
  private readonly mesh: Mesh;
  private readonly part: SubMesh;
  private readonly materials: readonly ShaderMaterial[];
  private readonly sizes: Vector4;
  private buffer: Buffer;

  constructor(
    private readonly stage: Stage,
    look: CloudLook,
  ) {
    this.sizes = new Vector4(0, look.dimming, 0, look.reach);
    this.materials = look.fragments.map((fragment) =>
      stage.adopt(pointMaterial(stage, look, fragment)),
    );
    this.mesh = bareMesh(stage, look, this.materials[0] as ShaderMaterial);
    this.mesh.isUnIndexed = true;
    this.buffer = this.made();
    this.part = onlyPart(this.mesh);
  }

  /** Make room for so many points; what was written is lost where it grows. */
  reserve(points: number): void {
    if (points * STRIDE <= this.data.length) return;
    this.data = new Float32Array(Math.ceil(points * 1.4) * STRIDE);
    this.buffer.dispose();
    this.buffer = this.made();
  }

  /** Draw the first `count` points as they are written now. */
  upload(): void {
    this.mesh.isVisible = this.count > 0;
    if (this.count === 0) return;
    this.part.verticesCount = this.count;
    this.buffer.updateDirectly(this.data, 0, this.count);
  }

  /** Draw points of size 1 with a radius, in device pixels; `ratio` of them are 1 px. */
  scale(radius: number, ratio: number): void {
    if (this.sizes.x === radius && this.sizes.z === ratio) return;
    this.sizes.x = radius;
    this.sizes.z = ratio;
    for (const material of this.materials) material.setVector4("sizes", this.sizes);
  }

  /** Draw points by another of the cloud's fragments. */
  dress(fragment: number): void {
    const last = this.materials.length - 1;
    this.mesh.material = this.materials[Math.min(fragment, last)] ?? null;
  }

  /** Note where points are drawn, at least `least` device pixels around each. */
  note(patches: Patches, frame: Frame, least = 0): void {
    const { data, sizes } = this;
    const { camera } = frame;
    const ratio = sizes.z;
    const zoom = camera.zoom * ratio;
    const left = (camera.width * ratio) / 2 - camera.x * zoom;
    const top = (camera.height * ratio) / 2 - camera.y * zoom;
    for (let at = 0; at < this.count * STRIDE; at += STRIDE) {
      const half = Math.max(least, sizes.x * (data[at + 2] as number) * sizes.w) + 3;
      const shift = data[at + 6] as number;
      const dx = (Math.floor(shift / SHIFT_STEP) - SHIFT_ZERO) * ratio;
      const dy = ((shift % SHIFT_STEP) - SHIFT_ZERO) * ratio;
      const x = left + (data[at] as number) * zoom + dx;
      patches.point(x, top + (data[at + 1] as number) * zoom + dy, half);
    }
  }

  private made(): Buffer {
    const buffer = new Buffer(this.stage.engine, this.data, true, STRIDE);
    this.mesh.setVerticesBuffer(buffer.createVertexBuffer("place", 0, 4));
    this.mesh.setVerticesBuffer(buffer.createVertexBuffer("look", 4, 4));
    return buffer;
  }
}

/** Pack how far a symbol is shown from its place, in px. */
export function packedShift(dx: number, dy: number): number {
  return (dx + SHIFT_ZERO) * SHIFT_STEP + dy + SHIFT_ZERO;
}

function pointMaterial(
  stage: Stage,
  { name, textures }: CloudLook,
  fragmentSource: string,
): ShaderMaterial {
  const material = new ShaderMaterial(
    name,
    stage.scene,
    { vertexSource: POINT_VERTEX, fragmentSource },
    {
      attributes: ["place", "look"],
      uniforms: ["viewProjection", "screen", "sizes"],
      samplers: Object.keys(textures),
      needAlphaBlending: true,
    },
  );
  material.fillMode = Material.PointFillMode;
  material.alphaMode = Constants.ALPHA_PREMULTIPLIED;
  for (const [sampler, texture] of Object.entries(textures)) {
    material.setTexture(sampler, texture);
  }
  return material;
}
