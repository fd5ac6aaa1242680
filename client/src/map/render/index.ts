import { CanvasPainter } from "./canvas2d/painter";
import type { Painter } from "./painter";
import { Scene } from "./scene";
import type { MapScene, SceneOptions } from "./types";

export { mapColours, STANCE_COLOURS } from "./colours";
export { createMinimap } from "./minimap";
export { createPathfinder } from "./paths/pathfinder";
export type * from "./types";

/** What draws WebGL by the processor alone. */
const SLOW = /swiftshader|llvmpipe|softpipe|software|basic render/i;

/**
 * Make the map's scene on a canvas that had no context before; its size follows the
 * canvas' by CSS. Without WebGL it is drawn by the canvas' own means.
 */
export async function createScene(
  canvas: HTMLCanvasElement,
  options: SceneOptions,
): Promise<MapScene> {
  const renderer = options.prefer === "canvas2d" ? null : webGlRenderer();
  if (renderer === null) {
    return new Scene(canvas, new CanvasPainter(canvas), options);
  }
  const { BabylonPainter } = await import("./babylon/painter");
  const isSlow = SLOW.test(renderer);
  const made = (): Painter => new BabylonPainter(canvas, isSlow, options.quality);
  const scene = new Scene(canvas, made(), options);
  const stop = new AbortController();
  const { signal } = stop;
  canvas.addEventListener(
    "webglcontextlost",
    (event) => {
      event.preventDefault();
      scene.repaint(null);
    },
    { signal },
  );
  canvas.addEventListener("webglcontextrestored", () => scene.repaint(made()), {
    signal,
  });
  scene.onDispose(() => stop.abort());
  return scene;
}

/**
 * Name what draws WebGL; null where there is none. A canvas has but one context in its
 * life, so another one is asked.
 */
function webGlRenderer(): string | null {
  const context = document.createElement("canvas").getContext("webgl2");
  if (!context) return null;
  const info = context.getExtension("WEBGL_debug_renderer_info");
  const name = context.getParameter(info?.UNMASKED_RENDERER_WEBGL ?? context.RENDERER);
  context.getExtension("WEBGL_lose_context")?.loseContext();
  return String(name);
}
