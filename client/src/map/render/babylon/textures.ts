import { Constants } from "@babylonjs/core/Engines/constants";
import { RawTexture } from "@babylonjs/core/Materials/Textures/rawTexture";
import type { Scene } from "@babylonjs/core/scene";
import { CELL_RADII, distanceOf, SHEET_CELLS } from "../symbols";
import { cloud, drawing } from "./noise";

const SEED = 9_173;
const NOISE_SIDE = 256;
const CELL_SIDE = 96;

/**
 * Make clouds of nothing but numbers, the same each time; it repeats without a
 * seam. Red and green hold a cloud each.
 */
export function noiseTexture(scene: Scene): RawTexture {
  const pixels = new Uint8Array(NOISE_SIDE * NOISE_SIDE * 4);
  const draw = drawing(SEED);
  for (const channel of [0, 1]) {
    const heights = cloud(NOISE_SIDE, draw);
    for (let n = 0; n < heights.length; n++) {
      pixels[n * 4 + channel] = (heights[n] ?? 0) * 255;
    }
  }
  const texture = made(scene, pixels, NOISE_SIDE);
  texture.wrapU = Constants.TEXTURE_WRAP_ADDRESSMODE;
  texture.wrapV = Constants.TEXTURE_WRAP_ADDRESSMODE;
  return texture;
}

/** Draw each symbol's distances into its cell: 0.5 on its edge, more inside. */
export function sheetTexture(scene: Scene): RawTexture {
  const side = CELL_SIDE * SHEET_CELLS;
  const pixels = new Uint8Array(side * side * 4);
  for (let shape = 0; shape < SHEET_CELLS * SHEET_CELLS; shape++) {
    const left = (shape % SHEET_CELLS) * CELL_SIDE;
    const top = Math.floor(shape / SHEET_CELLS) * CELL_SIDE;
    const distance = distanceOf(shape);
    for (let y = 0; y < CELL_SIDE; y++) {
      for (let x = 0; x < CELL_SIDE; x++) {
        const radii = (at: number) => (((at + 0.5) / CELL_SIDE) * 2 - 1) * CELL_RADII;
        const inside = 0.5 - distance(radii(x), radii(y)) / 2;
        const level = Math.max(0, Math.min(255, Math.round(inside * 255)));
        pixels[((top + y) * side + left + x) * 4] = level;
      }
    }
  }
  return made(scene, pixels, side);
}

/** Make a texture of pixels that are told, again and again, row by row. */
export function made(scene: Scene, pixels: Uint8Array, side: number): RawTexture {
  const texture = RawTexture.CreateRGBATexture(
    pixels,
    side,
    side,
    scene,
    false,
    false,
    Constants.TEXTURE_BILINEAR_SAMPLINGMODE,
  );
  texture.wrapU = Constants.TEXTURE_CLAMP_ADDRESSMODE;
  texture.wrapV = Constants.TEXTURE_CLAMP_ADDRESSMODE;
  return texture;
}
