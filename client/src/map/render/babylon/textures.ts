import { Constants } from "@babylonjs/core/Engines/constants";
import { RawTexture } from "@babylonjs/core/Materials/Textures/rawTexture";
import type { Scene } from "@babylonjs/core/scene";
import { densityOf } from "../density";
import type { Frame } from "../painter";
import { SECTORS } from "../space";

const NOISE_SIDE = 512;
const OCTAVES: readonly (readonly [cells: number, weight: number])[] = [
  [4, 0.5],
  [8, 0.27],
  [16, 0.14],
  [32, 0.09],
];
const STARS = 240;
const STAR_BRIGHT = 26;

/**
 * Make clouds and stars of nothing but numbers, the same each time; it repeats without a
 * seam. Red and green hold two clouds, alpha stars.
 */
export function noiseTexture(scene: Scene): RawTexture {
  const pixels = new Uint8Array(NOISE_SIDE * NOISE_SIDE * 4);
  const draw = drawing(9_173);
  fillCloud(pixels, 0, draw);
  fillCloud(pixels, 1, draw);
  for (let star = 0; star < STARS; star++) plant(pixels, star, draw);
  const texture = RawTexture.CreateRGBATexture(
    pixels,
    NOISE_SIDE,
    NOISE_SIDE,
    scene,
    false,
    false,
    Constants.TEXTURE_BILINEAR_SAMPLINGMODE,
  );
  texture.wrapU = Constants.TEXTURE_WRAP_ADDRESSMODE;
  texture.wrapV = Constants.TEXTURE_WRAP_ADDRESSMODE;
  return texture;
}

/** Hold what shaders ask of each sector: fog, protection, density of planets. */
export class SectorTexture {
  readonly texture: RawTexture;
  private readonly pixels = new Uint8Array(SECTORS * SECTORS * 4);
  private fogVersion = -1;
  private terrainVersion = -1;
  private planetsVersion = -1;

  constructor(scene: Scene) {
    this.texture = RawTexture.CreateRGBATexture(
      this.pixels,
      SECTORS,
      SECTORS,
      scene,
      false,
      false,
      Constants.TEXTURE_BILINEAR_SAMPLINGMODE,
    );
    this.texture.wrapU = Constants.TEXTURE_CLAMP_ADDRESSMODE;
    this.texture.wrapV = Constants.TEXTURE_CLAMP_ADDRESSMODE;
  }

  /** Take what changed; tell whether anything did. */
  follow({ world }: Frame): boolean {
    const planets = world.stores.planet;
    const isFog = this.fogVersion !== world.fog.version;
    const isTerrain = this.terrainVersion !== world.terrainVersion;
    const isPlanets = this.planetsVersion !== planets.version;
    if (!isFog && !isTerrain && !isPlanets) return false;
    if (isFog) this.channel(0, world.fog.darkness);
    if (isTerrain) {
      const marks = new Uint8Array(SECTORS * SECTORS);
      for (const cell of world.protected) marks[cell.y * SECTORS + cell.x] = 255;
      this.channel(1, marks);
    }
    if (isPlanets) this.channel(2, densityOf(planets.entities));
    this.fogVersion = world.fog.version;
    this.terrainVersion = world.terrainVersion;
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

/** Draw numbers from 0 to 1, the same ones each time. */
function drawing(seed: number): () => number {
  let state = seed;
  return () => {
    state = (state * 1_664_525 + 1_013_904_223) % 4_294_967_296;
    return state / 4_294_967_296;
  };
}

/** Add lattices of random heights, finer and fainter, with smooth ways between. */
function fillCloud(pixels: Uint8Array, channel: number, draw: () => number): void {
  const sums = new Float32Array(NOISE_SIDE * NOISE_SIDE);
  for (const [cells, weight] of OCTAVES) {
    const heights = Float32Array.from({ length: cells * cells }, draw);
    const scale = cells / NOISE_SIDE;
    for (let y = 0; y < NOISE_SIDE; y++) {
      for (let x = 0; x < NOISE_SIDE; x++) {
        const height = heightAt(heights, cells, x * scale, y * scale);
        const at = y * NOISE_SIDE + x;
        sums[at] = (sums[at] ?? 0) + weight * height;
      }
    }
  }
  for (let n = 0; n < sums.length; n++) pixels[n * 4 + channel] = (sums[n] ?? 0) * 255;
}

function heightAt(heights: Float32Array, cells: number, x: number, y: number): number {
  const x0 = Math.floor(x);
  const y0 = Math.floor(y);
  const u = smooth(x - x0);
  const v = smooth(y - y0);
  const at = (cx: number, cy: number) =>
    heights[(cy % cells) * cells + (cx % cells)] as number;
  const top = at(x0, y0) * (1 - u) + at(x0 + 1, y0) * u;
  const bottom = at(x0, y0 + 1) * (1 - u) + at(x0 + 1, y0 + 1) * u;
  return top * (1 - v) + bottom * v;
}

function smooth(share: number): number {
  return share * share * (3 - 2 * share);
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
  if (star % STAR_BRIGHT !== 0) return;
  for (const [dx, dy] of [
    [1, 0],
    [-1, 0],
    [0, 1],
    [0, -1],
  ] as const) {
    set(dx, dy, bright * 0.45);
  }
}
