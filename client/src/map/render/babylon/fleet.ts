import "@babylonjs/core/Meshes/thinInstanceMesh";
import { ShaderMaterial } from "@babylonjs/core/Materials/shaderMaterial";
import type { Mesh } from "@babylonjs/core/Meshes/mesh";
import { VertexData } from "@babylonjs/core/Meshes/mesh.vertexData";
import type { Store } from "../store";
import { HULLS, type Hull } from "../variants";
import { flatSolid, hullSolid, type Solid } from "./geometry";
import { bareMesh } from "./meshes";
import { HULL_FRAGMENT, HULL_VERTEX } from "./shaders/hull";
import { LIVE, type Stage } from "./stage";

/** Ships of one hull at a level that are drawn at once, at most. */
export const HULLS_MAX = 400;
const MATRIX = 16;
const COLOUR = 4;
const COLOUR_KIND = "instanceColor";

/** Draw fleets as ships: thin instances of one mesh a hull and level of detail. */
export class Fleet {
  private readonly models: readonly Instances[];
  private readonly flats: readonly Instances[];

  constructor(stage: Stage, order: number) {
    const material = stage.adopt(hullMaterial(stage));
    const made = (hull: Hull, solid: Solid) =>
      new Instances(stage, material, { name: hull, solid, order });
    this.models = HULLS.map((hull) => made(hull, hullSolid(hull)));
    this.flats = HULLS.map((hull) => made(hull, flatSolid(hull)));
  }

  /** Begin a frame without any. */
  clear(): void {
    for (const instances of this.models) instances.count = 0;
    for (const instances of this.flats) instances.count = 0;
  }

  /** Add a fleet; `radius` is half its length, in units. False where there is no room. */
  add(store: Store, i: number, look: ShipLook): boolean {
    const all = look.isModel ? this.models : this.flats;
    const instances = all[store.variant[i] as number];
    return instances?.add(store, i, look) ?? false;
  }

  /** Draw what was added. */
  upload(): void {
    for (const instances of this.models) instances.upload();
    for (const instances of this.flats) instances.upload();
  }
}

/** How a fleet is drawn as a ship. */
export interface ShipLook {
  isModel: boolean;
  radius: number;
  /** How far from its place, in units. */
  dx: number;
  dy: number;
  rgb: readonly number[];
  alpha: number;
}

class Instances {
  count = 0;
  private readonly mesh: Mesh;
  private readonly matrices = new Float32Array(HULLS_MAX * MATRIX);
  private readonly colours = new Float32Array(HULLS_MAX * COLOUR);

  constructor(
    stage: Stage,
    material: ShaderMaterial,
    made: { name: string; solid: Solid; order: number },
  ) {
    const place = { name: made.name, layers: LIVE, order: made.order };
    this.mesh = bareMesh(stage, place, material);
    const data = new VertexData();
    data.positions = made.solid.positions;
    data.normals = made.solid.normals;
    data.indices = made.solid.indices;
    data.applyToMesh(this.mesh);
    this.mesh.setVerticesData("finish", made.solid.finishes, false, 4);
    this.mesh.thinInstanceSetBuffer("matrix", this.matrices, MATRIX, false);
    this.mesh.thinInstanceSetBuffer(COLOUR_KIND, this.colours, COLOUR, false);
  }

  add(store: Store, i: number, look: ShipLook): boolean {
    if (this.count >= HULLS_MAX) return false;
    const { matrices, colours } = this;
    const heading = store.heading[i] as number;
    const scale = look.radius * (store.size[i] as number);
    const cos = Math.cos(heading) * scale;
    const sin = Math.sin(heading) * scale;
    let at = this.count * MATRIX;
    matrices[at] = cos;
    matrices[at + 1] = sin;
    matrices[at + 4] = -sin;
    matrices[at + 5] = cos;
    matrices[at + 10] = scale;
    matrices[at + 12] = (store.x[i] as number) + look.dx;
    matrices[at + 13] = (store.y[i] as number) + look.dy;
    matrices[at + 15] = 1;
    at = this.count * COLOUR;
    colours[at] = look.rgb[0] as number;
    colours[at + 1] = look.rgb[1] as number;
    colours[at + 2] = look.rgb[2] as number;
    colours[at + 3] = look.alpha;
    this.count++;
    return true;
  }

  upload(): void {
    this.mesh.isVisible = this.count > 0;
    if (this.count === 0) return;
    this.mesh.thinInstanceCount = this.count;
    this.mesh.thinInstanceBufferUpdated("matrix");
    this.mesh.thinInstanceBufferUpdated(COLOUR_KIND);
  }
}

function hullMaterial(stage: Stage): ShaderMaterial {
  return new ShaderMaterial(
    "hull",
    stage.scene,
    { vertexSource: HULL_VERTEX, fragmentSource: HULL_FRAGMENT },
    {
      attributes: ["position", "normal", "finish"],
      uniforms: ["viewProjection", "screen"],
      needAlphaBlending: true,
    },
  );
}
