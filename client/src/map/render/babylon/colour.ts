import { Color3 } from "@babylonjs/core/Maths/math.color";

const CHANNEL = 256;

/** Read `#rrggbb`. */
export function colour(hex: string): Color3 {
  return Color3.FromHexString(hex);
}

/** Pack a colour into one number that a float holds exactly; shaders unpack it. */
export function packed(hex: string): number {
  const { r, g, b } = colour(hex);
  const byte = (share: number) => Math.round(share * (CHANNEL - 1));
  return (byte(r) * CHANNEL + byte(g)) * CHANNEL + byte(b);
}

/** GLSL: unpack such a number. */
export const UNPACK = `
vec3 unpack(float packed) {
  float r = floor(packed / 65536.0);
  float g = floor((packed - r * 65536.0) / 256.0);
  return vec3(r, g, packed - r * 65536.0 - g * 256.0) / 255.0;
}`;
