import { Constants } from "@babylonjs/core/Engines/constants";
import { ShaderMaterial } from "@babylonjs/core/Materials/shaderMaterial";
import { RenderTargetTexture } from "@babylonjs/core/Materials/Textures/renderTargetTexture";
import type { Patches } from "../patches";
import { COPY_FRAGMENT, COPY_VERTEX } from "./shaders/ground";
import { Squares } from "./squares";
import { COPY, type Stage } from "./stage";

/** Keep what stands as a picture, for frames in which only fleets move. */
export class Kept {
  private readonly squares: Squares;
  private readonly material: ShaderMaterial;
  private texture: RenderTargetTexture | null = null;

  constructor(private readonly stage: Stage) {
    this.material = new ShaderMaterial(
      "copy",
      stage.scene,
      { vertexSource: COPY_VERTEX, fragmentSource: COPY_FRAGMENT },
      { attributes: ["place"], uniforms: ["screen"], samplers: ["kept"] },
    );
    stage.adopt(this.material);
    this.squares = new Squares(stage, this.material, {
      name: "copy",
      layers: COPY,
      order: 0,
      parts: [["place", 2]],
    });
  }

  /** Restore the picture where these patches say so. */
  restore(patches: Patches): void {
    const { squares } = this;
    squares.count = 0;
    patches.runs((x0, y0, x1, y1) => {
      squares.reserve(squares.count + 1);
      squares.corner(0, [x0, y0]);
      squares.corner(1, [x1, y0]);
      squares.corner(2, [x0, y1]);
      squares.corner(3, [x1, y1]);
      squares.count++;
    });
    squares.upload();
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
    this.squares.dispose();
  }

  private drop(): void {
    const { customRenderTargets } = this.stage.scene;
    const at = this.texture ? customRenderTargets.indexOf(this.texture) : -1;
    if (at >= 0) customRenderTargets.splice(at, 1);
    this.texture?.dispose();
    this.texture = null;
  }
}
