import { Camera } from "@babylonjs/core/Cameras/camera";
import { TargetCamera } from "@babylonjs/core/Cameras/targetCamera";
import { Constants } from "@babylonjs/core/Engines/constants";
import { Engine } from "@babylonjs/core/Engines/engine";
import type { ShaderMaterial } from "@babylonjs/core/Materials/shaderMaterial";
import { Vector3, Vector4 } from "@babylonjs/core/Maths/math.vector";
import { Logger } from "@babylonjs/core/Misc/logger";
import { Scene } from "@babylonjs/core/scene";
import type { Frame } from "../painter";

/** What a mesh is drawn in: the layer that is kept, the picture itself, or its copy. */
export const STILL = 1;
export const LIVE = 2;
export const COPY = 4;

const HEIGHT = 1_000;
const SECOND_MS = 1_000;
/** Pulses start anew after this long, so that their time stays exact in a shader. */
const PULSE_SPAN_MS = 600_000;

/** How the canvas is drawn. */
export interface StageOptions {
  /** Edges of triangles are smoothed. */
  isSmooth: boolean;
  /** The last frame stays, so that a part of it can be drawn anew. */
  keepsPicture: boolean;
}

/** Hold Babylon's engine and scene, seen from above without perspective. */
export class Stage {
  readonly engine: Engine;
  readonly scene: Scene;
  readonly liveEye: TargetCamera;
  readonly stillEye: TargetCamera;
  /** Width and height, and the zoom, in device pixels; seconds of the pulse. */
  readonly screen = new Vector4();
  private readonly materials: ShaderMaterial[] = [];

  constructor(canvas: HTMLCanvasElement, { isSmooth, keepsPicture }: StageOptions) {
    Logger.LogLevels = Logger.WarningLogLevel | Logger.ErrorLogLevel;
    this.engine = new Engine(canvas, isSmooth, {
      alpha: false,
      depth: false,
      stencil: false,
      antialias: isSmooth,
      preserveDrawingBuffer: keepsPicture,
      powerPreference: "high-performance",
      doNotHandleContextLost: true,
      audioEngine: false,
    });
    this.scene = new Scene(this.engine);
    this.scene.autoClear = false;
    this.scene.autoClearDepthAndStencil = false;
    this.scene.skipPointerMovePicking = true;
    this.scene.detachControl();
    this.scene.skipFrustumClipping = true;
    this.liveEye = this.eye("live", LIVE | STILL);
    this.stillEye = this.eye("still", STILL);
    this.scene.activeCamera = this.liveEye;
  }

  /** Have a material told of the view in each frame. */
  adopt(material: ShaderMaterial): ShaderMaterial {
    material.backFaceCulling = false;
    material.disableDepthWrite = true;
    material.depthFunction = Constants.ALWAYS;
    material.setVector4("screen", this.screen);
    this.materials.push(material);
    return material;
  }

  /** Look where the camera looks; one device pixel is one of the canvas'. */
  look({ camera, pulse_ms }: Frame, ratio: number): void {
    const { engine } = this;
    const w = camera.width / camera.zoom / 2;
    const h = camera.height / camera.zoom / 2;
    for (const eye of [this.liveEye, this.stillEye]) {
      eye.orthoLeft = -w;
      eye.orthoRight = w;
      eye.orthoTop = h;
      eye.orthoBottom = -h;
      eye.position.set(camera.x, camera.y, HEIGHT);
    }
    this.screen.set(
      engine.getRenderWidth(),
      engine.getRenderHeight(),
      camera.zoom * ratio,
      (pulse_ms % PULSE_SPAN_MS) / SECOND_MS,
    );
    for (const material of this.materials) material.setVector4("screen", this.screen);
  }

  dispose(): void {
    this.scene.dispose();
    this.engine.dispose();
  }

  private eye(name: string, layers: number): TargetCamera {
    const eye = new TargetCamera(name, new Vector3(0, 0, HEIGHT), this.scene, false);
    eye.mode = Camera.ORTHOGRAPHIC_CAMERA;
    eye.minZ = 1;
    eye.maxZ = HEIGHT * 2;
    // From above, with y downwards: x then runs to the right.
    eye.upVector = new Vector3(0, -1, 0);
    eye.setTarget(Vector3.Zero());
    eye.layerMask = layers;
    return eye;
  }
}
