import type { RawTexture } from "@babylonjs/core/Materials/Textures/rawTexture";
import type { Scene } from "@babylonjs/core/scene";
import { densityOf } from "../density";
import { DARKNESS } from "../fog";
import type { Frame } from "../painter";
import { SECTORS } from "../space";
import type { Colours } from "../types";
import { colour } from "./colour";
import { cloud, drawing } from "./noise";
import { made } from "./textures";

const SEED = 9_174;
const SIDE = 256;
/** How bright the core and its dust are, and how fast they fade outwards. */
const CORE = { light: 0.3, fade: 3.2 };
const DUST = { light: 0.95, fade: 1.5 };
/** How bright a sector full of planets is. */
const GLOW = 0.05;
/** How much of the fog's own colour covers what is unseen; 1 is all of it. */
const COVER = 0.86;
/** How dark the fog is over what was never seen, and the light of what is seen now. */
const UNSEEN = DARKNESS.unseen / 255;
const SIGHT = 0.32;

/**
 * Hold what lies below everything, painted anew when it changes: space with its core
 * and dust, the glow of planets, fog. Beside it, fog alone, by sector, for all shaders.
 */
export class Space {
  readonly painting: RawTexture;
  readonly sectors: RawTexture;
  private readonly pixels = new Uint8Array(SIDE * SIDE * 4).fill(255);
  private readonly fog = new Uint8Array(SECTORS * SECTORS * 4);
  private readonly grain = drawing(SEED);
  private readonly dust = cloud(SIDE, this.grain);
  private density: Uint8ClampedArray = new Uint8ClampedArray(SECTORS * SECTORS);
  private light: Float32Array = new Float32Array(0);
  private colours: Colours | null = null;
  private fogVersion = -1;
  private planetsVersion = -1;

  constructor(scene: Scene) {
    this.painting = made(scene, this.pixels, SIDE);
    this.sectors = made(scene, this.fog, SECTORS);
  }

  /** Paint what changed; tell whether anything did. */
  follow({ world }: Frame): boolean {
    const planets = world.stores.planet;
    const isNewFog = this.fogVersion !== world.fog.version;
    const isNewSky = this.planetsVersion !== planets.version;
    if (!isNewFog && !isNewSky && this.colours === world.colours) return false;
    if (this.colours !== world.colours) this.light = lightOf(this.dust, world.colours);
    if (isNewSky) this.density = densityOf(planets.entities);
    this.fogVersion = world.fog.version;
    this.planetsVersion = planets.version;
    this.colours = world.colours;
    for (let n = 0; n < world.fog.darkness.length; n++) {
      this.fog[n * 4] = world.fog.darkness[n] ?? 0;
    }
    this.sectors.update(this.fog);
    this.paint(world.fog.darkness, world.colours);
    this.painting.update(this.pixels);
    return true;
  }

  private paint(darkness: Uint8Array, colours: Colours): void {
    const star = colour(colours.star).asArray();
    const core = colour(colours.core).asArray();
    const fog = colour(colours.fog).asArray();
    const { light, pixels, density } = this;
    for (let n = 0; n < SIDE * SIDE; n++) {
      const x = ((n % SIDE) + 0.5) / SIDE;
      const y = (Math.floor(n / SIDE) + 0.5) / SIDE;
      const cover = smoothAt(darkness, x, y) * COVER;
      const glow = smoothAt(density, x, y) * GLOW;
      const sight = Math.max(0, 1 - cover / (UNSEEN * COVER)) * SIGHT;
      // A little grain: without it the eye finds bands.
      const grain = this.grain();
      for (let channel = 0; channel < 3; channel++) {
        const bright =
          (light[n * 3 + channel] ?? 0) +
          (star[channel] ?? 0) * glow +
          (core[channel] ?? 0) * sight;
        const seen = bright * (1 - cover) + (fog[channel] ?? 0) * cover;
        pixels[n * 4 + channel] = Math.min(255, seen * 255 + grain);
      }
    }
  }
}

/** Give the light of space without planets and fog: red, green, blue, of 1. */
function lightOf(dust: Float32Array, colours: Colours): Float32Array {
  const light = new Float32Array(SIDE * SIDE * 3);
  const ground = colour(colours.background).asArray();
  const core = colour(colours.core).asArray();
  for (let n = 0; n < SIDE * SIDE; n++) {
    const x = ((n % SIDE) / SIDE) * 2 - 1;
    const y = (Math.floor(n / SIDE) / SIDE) * 2 - 1;
    const far = Math.hypot(x, y);
    const thick = (dust[n] ?? 0) ** 2;
    const glow =
      CORE.light * Math.exp(-far * far * CORE.fade) +
      DUST.light * thick * Math.exp(-far * DUST.fade);
    for (let channel = 0; channel < 3; channel++) {
      light[n * 3 + channel] = (ground[channel] ?? 0) + (core[channel] ?? 0) * glow;
    }
  }
  return light;
}

/** Give what sectors hold at a place (0 to 1 along both axes), smoothly, of 1. */
function smoothAt(values: ArrayLike<number>, x: number, y: number): number {
  const px = Math.min(SECTORS - 1.001, Math.max(0, x * SECTORS - 0.5));
  const py = Math.min(SECTORS - 1.001, Math.max(0, y * SECTORS - 0.5));
  const at = Math.floor(py) * SECTORS + Math.floor(px);
  const u = px % 1;
  const v = py % 1;
  const top = (values[at] ?? 0) * (1 - u) + (values[at + 1] ?? 0) * u;
  const below = at + SECTORS;
  const bottom = (values[below] ?? 0) * (1 - u) + (values[below + 1] ?? 0) * u;
  return (top * (1 - v) + bottom * v) / 255;
}
