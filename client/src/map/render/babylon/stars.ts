import { Buffer } from "@babylonjs/core/Buffers/buffer";
import { Constants } from "@babylonjs/core/Engines/constants";
import { Material } from "@babylonjs/core/Materials/material";
import { ShaderMaterial } from "@babylonjs/core/Materials/shaderMaterial";
import { bareMesh, onlyPart, type Place } from "./meshes";
import { drawing } from "./noise";
import { STAR_FRAGMENT, STAR_VERTEX } from "./shaders/ground";
import type { Stage } from "./stage";

const SEED = 77;
const COUNT = 520;
const FAINTEST = 0.1;
const BRIGHTER = 0.55;
/** One in so many is two pixels wide. */
const LARGE = 14;

/** Make the stars behind the galaxy; gives their material. */
export function stars(stage: Stage, place: Place): ShaderMaterial {
  const material = new ShaderMaterial(
    place.name,
    stage.scene,
    { vertexSource: STAR_VERTEX, fragmentSource: STAR_FRAGMENT },
    {
      attributes: ["place"],
      uniforms: ["screen", "middle", "starColour"],
      needAlphaBlending: true,
    },
  );
  material.fillMode = Material.PointFillMode;
  material.alphaMode = Constants.ALPHA_ADD;
  const mesh = bareMesh(stage, place, stage.adopt(material));
  mesh.isUnIndexed = true;
  const draw = drawing(SEED);
  const places = Float32Array.from({ length: COUNT * 4 }, (_, n) => {
    if (n % 4 === 2) return FAINTEST + BRIGHTER * draw() ** 3;
    return n % 4 === 3 ? (draw() * LARGE < 1 ? 2 : 1) : draw();
  });
  const buffer = new Buffer(stage.engine, places, false, 4);
  mesh.setVerticesBuffer(buffer.createVertexBuffer("place", 0, 4));
  onlyPart(mesh).verticesCount = COUNT;
  mesh.isVisible = true;
  return material;
}
