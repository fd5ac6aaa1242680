import { CanvasPainter } from "./canvas2d/painter";
import { Scene } from "./scene";
import type { MapScene, SceneOptions } from "./types";

export { mapColours, STANCE_COLOURS } from "./colours";
export { createMinimap } from "./minimap";
export { createPathfinder } from "./paths/pathfinder";
export type * from "./types";

/** Make the map's scene on a canvas; its size follows the canvas' by CSS. */
export async function createScene(
  canvas: HTMLCanvasElement,
  options: SceneOptions,
): Promise<MapScene> {
  return new Scene(canvas, new CanvasPainter(canvas), options);
}
