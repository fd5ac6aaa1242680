import { CELL_RADII, SHEET_CELLS } from "../../symbols";
import { UNPACK } from "../colour";

/**
 * A point: `place` is x, y, size and shape; `look` is heading, alpha, the shift from its
 * place in px (packed) and its colour (packed). `sizes` is the radius of size 1 in
 * device pixels, how much fog dims, device pixels a px, and how far symbols reach.
 */
export const POINT_VERTEX = `
precision highp float;
attribute vec4 place;
attribute vec4 look;
uniform mat4 viewProjection;
uniform vec4 screen;
uniform vec4 sizes;
uniform sampler2D sectors;
flat varying vec4 vColour;
flat varying vec4 vShape;
flat varying vec4 vCell;
flat varying vec4 vTurn;
${UNPACK}
void main() {
  float radius = sizes.x * place.z;
  float dimmed = sizes.y * texture2D(sectors, place.xy / 10000.0).r;
  vec4 at = viewProjection * vec4(place.xy, 0.0, 1.0);
  float packedX = floor(look.z / 256.0);
  vec2 shift = vec2(packedX - 128.0, look.z - packedX * 256.0 - 128.0) * sizes.z;
  at.xy += vec2(shift.x, -shift.y) * 2.0 / screen.xy;
  gl_Position = at;
  float reach = radius * sizes.w + 1.0;
  gl_PointSize = 2.0 * reach;
  vColour = vec4(unpack(look.w), look.y * (1.0 - dimmed));
  vShape = vec4(place.w, radius, 2.0 * radius, reach);
  // From the point's own square to its cell of the sheet: turned, scaled, moved.
  float scale = reach / max(radius, 0.01) / ${(CELL_RADII * SHEET_CELLS).toFixed(1)};
  vTurn = scale * vec4(cos(look.x), sin(look.x), -sin(look.x), cos(look.x));
  float row = floor(place.w / ${SHEET_CELLS}.0);
  vec2 middle = (vec2(place.w - row * ${SHEET_CELLS}.0, row) + 0.5) / ${SHEET_CELLS}.0;
  vCell = vec4(middle - 0.5 * vec2(vTurn.x + vTurn.y, vTurn.z + vTurn.w), 0.0, 0.0);
}`;

/**
 * A symbol of the sheet, which holds how far each place is from the symbol's edge, in
 * radii; a dark rim is around it. One look and little more: processors that draw
 * without help take every branch of a shader for every pixel. Its colours are
 * premultiplied.
 */
export const SYMBOL_FRAGMENT = `
precision mediump float;
uniform sampler2D sheet;
flat varying vec4 vColour;
flat varying vec4 vShape;
flat varying vec4 vCell;
flat varying vec4 vTurn;
void main() {
  vec2 uv = vCell.xy + vec2(dot(vTurn.xy, gl_PointCoord), dot(vTurn.zw, gl_PointCoord));
  float inside = (texture2D(sheet, uv).r - 0.5) * vShape.z;
  float ink = clamp(inside + 0.75, 0.0, 1.0);
  float rim = clamp(inside * 0.6 + 1.3, ink, 0.6);
  gl_FragColor = vec4(vColour.rgb * ink, max(ink, rim)) * vColour.a;
}`;

/** A planet from afar. */
export const DOT_FRAGMENT = `
precision mediump float;
flat varying vec4 vColour;
flat varying vec4 vShape;
void main() {
  float far = length(gl_PointCoord * 2.0 - 1.0) * vShape.w;
  float alpha = clamp(vShape.y + 0.5 - far, 0.0, 1.0) * vColour.a;
  gl_FragColor = vec4(vColour.rgb * alpha, alpha);
}`;

/** Battles breathe: a star of rays in a glow. */
export const BATTLE_FRAGMENT = `
precision highp float;
uniform vec4 screen;
flat varying vec4 vColour;
flat varying vec4 vShape;
void main() {
  float r = vShape.y;
  vec2 px = (gl_PointCoord * 2.0 - 1.0) * vShape.w;
  float wave = 0.5 + 0.5 * sin(screen.w * 3.5);
  float grown = r * 0.93;
  float far = length(px);
  float ray = 0.62 + 0.38 * cos(atan(px.y, px.x) * 8.0);
  float d = far - grown * (0.45 + 0.5 * ray);
  float alpha = clamp(1.0 - abs(d + 0.7), 0.0, 1.0);
  alpha = max(alpha, clamp(-d, 0.0, 1.0) * 0.3);
  alpha = max(alpha, clamp(0.5 - (far - r * 0.22), 0.0, 1.0));
  alpha = max(alpha, (0.3 + 0.15 * wave) * clamp(1.0 - far / (r * 1.4), 0.0, 1.0));
  gl_FragColor = vec4(vColour.rgb, 1.0) * alpha * vColour.a;
}`;

/** A planet from near by: the shape is its type. */
export const PLANET_FRAGMENT = `
precision highp float;
uniform sampler2D noise;
flat varying vec4 vColour;
flat varying vec4 vShape;

vec3 surface(float type, vec2 at, float high) {
  vec2 spun = at * (0.36 + 0.16 * (1.0 - high)) + vColour.rb * 3.0;
  vec2 cloud = texture2D(noise, spun).rg;
  vec3 base = vColour.rgb;
  if (type < 0.5) {
    base = mix(vec3(0.10, 0.26, 0.52), base, smoothstep(0.44, 0.54, cloud.r));
    return mix(base, vec3(0.92), smoothstep(0.62, 0.8, cloud.g));
  }
  if (type < 1.5) return base * (0.82 + 0.22 * sin(at.y * 9.0 + cloud.r * 2.6));
  if (type < 2.5) return base * (0.5 + cloud.r);
  if (type < 3.5) {
    base = mix(base, vec3(0.55, 0.72, 0.85), smoothstep(0.4, 0.62, cloud.r) * 0.7);
    return mix(base, vec3(1.0), smoothstep(0.72, 0.86, abs(at.y)));
  }
  return base * (0.72 + 0.5 * cloud.r);
}

void main() {
  float r = vShape.y;
  vec2 px = (gl_PointCoord * 2.0 - 1.0) * vShape.w;
  float type = floor(vShape.x + 0.5);
  float isRock = step(1.5, type) * step(type, 2.5);
  float isGiant = step(0.5, type) * step(type, 1.5);
  vec2 at = px / r;
  float far = length(px);
  float bump = texture2D(noise, at * 0.12 + vColour.gb).r;
  float rim = r * mix(1.0, 0.7 + 0.55 * bump, isRock);
  float disc = clamp(rim + 0.5 - far, 0.0, 1.0);
  float high = sqrt(max(0.0, 1.0 - dot(at, at)));
  float light = clamp(dot(vec3(at, high), vec3(-0.52, -0.58, 0.63)), 0.0, 1.0);
  vec3 lit = surface(type, at, high) * (0.13 + 1.02 * light);
  float edge = 1.0 - high;
  float air = edge * edge * edge * (1.0 - isRock);
  lit += mix(vColour.rgb, vec3(0.5, 0.7, 1.0), 0.5) * air * light * 0.6;
  float glow = 0.9 * clamp(1.25 - far / r, 0.0, 0.25) * (1.0 - isRock);
  float alpha = max(disc, glow * (1.0 - disc));
  vec3 colour = mix(vColour.rgb, lit, disc);
  vec2 tilted = vec2(at.x * 0.94 - at.y * 0.34, at.x * 0.34 + at.y * 0.94);
  float belt = length(tilted * vec2(1.0, 3.4));
  float ring = smoothstep(1.18, 1.24, belt) * (1.0 - smoothstep(1.5, 1.56, belt));
  ring *= 0.55 * isGiant * max(step(0.0, tilted.y), 1.0 - disc);
  colour = mix(colour, vColour.rgb * 1.15, ring);
  gl_FragColor = vec4(colour, 1.0) * max(alpha, ring) * vColour.a;
}`;
