import { Constants } from "@babylonjs/core/Engines/constants";
import { RawTexture } from "@babylonjs/core/Materials/Textures/rawTexture";
import type { Scene } from "@babylonjs/core/scene";
import { densityOf } from "../density";
import type { Frame } from "../painter";
import { SECTORS } from "../space";
import { CELL_RADII, distanceOf, SHEET_CELLS } from "../symbols";
import type { Colours } from "../types";
import { colour } from "./colour";
import { cloud, drawing } from "./noise";

const SEED = 9_173;
const NOISE_SIDE = 256;
const STARS = 70;
const STARS_A_CROSS = 26;
const SPACE_SIDE = 256;
const CELL_SIDE = 96;

/**
 * Make clouds and stars of nothing but numbers, the same each time; it repeats without a
 * seam. Red and green hold two clouds, alpha stars.
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
  for (let star = 0; star < STARS; star++) plant(pixels, star, draw);
  const texture = made(scene, pixels, NOISE_SIDE);
  texture.wrapU = Constants.TEXTURE_WRAP_ADDRESSMODE;
  texture.wrapV = Constants.TEXTURE_WRAP_ADDRESSMODE;
  return texture;
}

/** Paint space itself: the glow of the core and dust around it, grained against bands. */
export function spaceTexture(scene: Scene, colours: Colours): RawTexture {
  const pixels = new Uint8Array(SPACE_SIDE * SPACE_SIDE * 4);
  const draw = drawing(SEED + 1);
  const dust = cloud(SPACE_SIDE, draw);
  const ground = colour(colours.background).asArray();
  const core = colour(colours.core).asArray();
  for (let n = 0; n < dust.length; n++) {
    const x = ((n % SPACE_SIDE) / SPACE_SIDE) * 2 - 1;
    const y = (Math.floor(n / SPACE_SIDE) / SPACE_SIDE) * 2 - 1;
    const far = Math.hypot(x, y);
    const thick = (dust[n] ?? 0) ** 2;
    const glow = 0.3 * Math.exp(-far * far * 3.2) + 0.95 * thick * Math.exp(-far * 1.5);
    for (let channel = 0; channel < 3; channel++) {
      const light = (ground[channel] ?? 0) + (core[channel] ?? 0) * glow;
      pixels[n * 4 + channel] = Math.min(255, light * 255 + draw());
    }
    pixels[n * 4 + 3] = 255;
  }
  return made(scene, pixels, SPACE_SIDE);
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

/** Hold what shaders ask of each sector: fog, and the density of planets. */
export class SectorTexture {
  readonly texture: RawTexture;
  private readonly pixels = new Uint8Array(SECTORS * SECTORS * 4);
  private fogVersion = -1;
  private planetsVersion = -1;

  constructor(scene: Scene) {
    this.texture = made(scene, this.pixels, SECTORS);
  }

  /** Take what changed; tell whether anything did. */
  follow({ world }: Frame): boolean {
    const planets = world.stores.planet;
    const isFog = this.fogVersion !== world.fog.version;
    const isPlanets = this.planetsVersion !== planets.version;
    if (!isFog && !isPlanets) return false;
    if (isFog) this.channel(0, world.fog.darkness);
    if (isPlanets) this.channel(2, densityOf(planets.entities));
    this.fogVersion = world.fog.version;
    this.planetsVersion = planets.version;
    this.texture.update(this.pixels);
    return true;
  }

  private channel(channel: number, values: ArrayLike<number>): void {
    for (let n = 0; n < SECTORS * SECTORS; n++) {
      this.pixels[n * 4 + channel] = values[n] ?? 0;
    }
  }
}

function made(scene: Scene, pixels: Uint8Array, side: number): RawTexture {
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

/** Put a star somewhere: one pixel, some with a faint cross. */
function plant(pixels: Uint8Array, star: number, draw: () => number): void {
  const x = 2 + Math.floor(draw() * (NOISE_SIDE - 4));
  const y = 2 + Math.floor(draw() * (NOISE_SIDE - 4));
  const bright = 50 + draw() * draw() * 190;
  const set = (dx: number, dy: number, value: number) => {
    pixels[((y + dy) * NOISE_SIDE + x + dx) * 4 + 3] = value;
  };
  set(0, 0, bright);
  if (star % STARS_A_CROSS !== 0) return;
  for (const [dx, dy] of [
    [1, 0],
    [-1, 0],
    [0, 1],
    [0, -1],
  ] as const) {
    set(dx, dy, bright * 0.45);
  }
}
