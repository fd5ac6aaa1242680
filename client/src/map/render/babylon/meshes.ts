import { BoundingInfo } from "@babylonjs/core/Culling/boundingInfo";
import type { Material } from "@babylonjs/core/Materials/material";
import { Vector3 } from "@babylonjs/core/Maths/math.vector";
import { Mesh } from "@babylonjs/core/Meshes/mesh";
import { SubMesh } from "@babylonjs/core/Meshes/subMesh";
import type { Stage } from "./stage";

/** Nothing asks where things are: what is in view was chosen before. */
const NOWHERE = new BoundingInfo(Vector3.Zero(), Vector3.Zero());

/** How a mesh takes part in the picture. */
export interface Place {
  name: string;
  /** Layers as in `stage`. */
  layers: number;
  /** The higher, the later it is drawn. */
  order: number;
}

/** Make a mesh that is drawn whenever it is visible, as nobody looks where it is. */
export function bareMesh(stage: Stage, place: Place, material: Material): Mesh {
  const mesh = new Mesh(place.name, stage.scene);
  mesh.material = material;
  mesh.layerMask = place.layers;
  mesh.alphaIndex = place.order;
  mesh.alwaysSelectAsActiveMesh = true;
  mesh.doNotSyncBoundingInfo = true;
  mesh.isPickable = false;
  mesh.isVisible = false;
  mesh.freezeWorldMatrix();
  mesh.subMeshes = [];
  return mesh;
}

/** Give a mesh its one part anew; how much of it is drawn is set there. */
export function onlyPart(mesh: Mesh): SubMesh {
  mesh.subMeshes = [];
  const part = new SubMesh(0, 0, 1, 0, 1, mesh, mesh, false);
  part.setBoundingInfo(NOWHERE);
  return part;
}
