import { CanvasPainter } from "./canvas2d/painter";
import type { Painter } from "./painter";
import { Scene } from "./scene";
import type { MapScene, SceneOptions } from "./types";

export { mapColours, STANCE_COLOURS } from "./colours";
export { createMinimap } from "./minimap";
export { createPathfinder } from "./paths/pathfinder";
export type * from "./types";

/**
 * Make the map's scene on a canvas that had no context before; its size follows the
 * canvas' by CSS. Without WebGL it is drawn by the canvas' own means.
 */
export async function createScene(
  canvas: HTMLCanvasElement,
  options: SceneOptions,
): Promise<MapScene> {
  if (options.prefer === "canvas2d" || !hasWebGl()) {
    return new Scene(canvas, new CanvasPainter(canvas), options);
  }
  const { BabylonPainter } = await import("./babylon/painter");
  const isSmooth = options.quality !== "low";
  const made = (): Painter => new BabylonPainter(canvas, isSmooth);
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

/** Tell whether WebGL is there, on a canvas of its own: a canvas has but one context. */
function hasWebGl(): boolean {
  const context = document.createElement("canvas").getContext("webgl2");
  context?.getExtension("WEBGL_lose_context")?.loseContext();
  return context !== null;
}
