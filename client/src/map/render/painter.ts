import type { Camera } from "./camera";
import type { Level, Tier } from "./lod";
import type { World } from "./world";

/** What there is to draw in one frame. */
export interface Frame {
  world: World;
  camera: Camera;
  level: Level;
  tier: Tier;
  /** The server's time. */
  now_ms: number;
  /** Runs on for what only pulses; stands still with reduced motion. */
  pulse_ms: number;
  isCalm: boolean;
}

/** Draw frames on a canvas, by WebGL or without. */
export interface Painter {
  readonly backend: "webgl" | "canvas2d";
  /** Whether it draws by a processor alone, so that `auto` begins low. */
  readonly isSlow: boolean;
  /** Whether all is there that it draws with; else it wants to draw again soon. */
  readonly isReady: boolean;
  /** Take the canvas' size in CSS pixels, and device pixels for each of them. */
  resize(width: number, height: number, ratio: number): void;
  /** Draw; give how many entities were drawn. */
  paint(frame: Frame): number;
  dispose(): void;
}
