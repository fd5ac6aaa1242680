import { Constants } from "@babylonjs/core/Engines/constants";
import { ShaderMaterial } from "@babylonjs/core/Materials/shaderMaterial";
import { RenderTargetTexture } from "@babylonjs/core/Materials/Textures/renderTargetTexture";
import type { Mesh } from "@babylonjs/core/Meshes/mesh";
import { COPY_FRAGMENT, COPY_VERTEX } from "./shaders/ground";
import { COPY, type Stage } from "./stage";
import { square } from "./tiles";

/** Keep what stands as a picture, for frames in which only fleets move. */
export class Kept {
  private readonly mesh: Mesh;
  private readonly material: ShaderMaterial;
  private texture: RenderTargetTexture | null = null;

  constructor(private readonly stage: Stage) {
    this.material = new ShaderMaterial(
      "copy",
      stage.scene,
      { vertexSource: COPY_VERTEX, fragmentSource: COPY_FRAGMENT },
      { attributes: ["position"], uniforms: [], samplers: ["kept"] },
    );
    stage.adopt(this.material);
    this.mesh = square(stage, { name: "copy", layers: COPY, order: 0 }, this.material);
  }

  /** Take the picture's size, in device pixels; what was kept is lost. */
  resize(width: number, height: number): void {
    this.drop();
    const { scene } = this.stage;
    this.texture = new RenderTargetTexture("kept", { width, height }, scene, {
      generateMipMaps: false,
      generateDepthBuffer: false,
      samplingMode: Constants.TEXTURE_NEAREST_SAMPLINGMODE,
    });
    this.texture.activeCamera = this.stage.stillEye;
    this.texture.renderList = null;
    this.texture.refreshRate = RenderTargetTexture.REFRESHRATE_RENDER_ONCE;
    this.texture.skipInitialClear = true;
    // What is drawn first covers all of it: there is nothing to clear.
    this.texture.onClearObservable.add(() => {});
    this.material.setTexture("kept", this.texture);
    scene.customRenderTargets.push(this.texture);
  }

  /** Draw what stands once more, with the next frame. */
  refresh(): void {
    this.texture?.resetRefreshCounter();
  }

  dispose(): void {
    this.drop();
    this.mesh.dispose();
    this.material.dispose();
  }

  private drop(): void {
    const { customRenderTargets } = this.stage.scene;
    const at = this.texture ? customRenderTargets.indexOf(this.texture) : -1;
    if (at >= 0) customRenderTargets.splice(at, 1);
    this.texture?.dispose();
    this.texture = null;
  }
}
