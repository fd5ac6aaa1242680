import { UNPACK } from "../colour";

/**
 * A piece of a line as a square around it: `ends` are its two places; `run` is how far
 * along the line they lie (units), the corner, and how opaque it is; `dash` is how long
 * dashes and gaps are (px), how fast they run (px a s) and how wide the line is; `ink`
 * is its colour, and when a fleet is at the ends (s).
 */
export const LINE_VERTEX = `
precision highp float;
attribute vec4 ends;
attribute vec4 run;
attribute vec4 dash;
attribute vec3 ink;
uniform mat4 viewProjection;
uniform vec4 screen;
uniform vec2 clock;
varying vec4 vDash;
varying vec4 vInk;
varying vec3 vRun;
${UNPACK}
void main() {
  vec2 along = normalize(ends.zw - ends.xy + vec2(1e-6, 0.0));
  vec2 across = vec2(-along.y, along.x);
  float end = step(1.5, run.z);
  float side = mod(run.z, 2.0) * 2.0 - 1.0;
  float half_px = dash.w * clock.y * 0.5 + 1.0;
  vec2 place = mix(ends.xy, ends.zw, end) + across * side * half_px / screen.z;
  gl_Position = viewProjection * vec4(place, 0.0, 1.0);
  float px = screen.z / clock.y;
  vRun = vec3(mix(run.x, run.y, end) * px, side * half_px, dash.w * clock.y * 0.5);
  vDash = vec4(dash.xy, dash.z * screen.w, mix(ink.y, ink.z, end));
  vInk = vec4(unpack(ink.x), run.w);
}`;

export const LINE_FRAGMENT = `
precision highp float;
uniform vec2 clock;
uniform float fade;
varying vec4 vDash;
varying vec4 vInk;
varying vec3 vRun;
void main() {
  if (vDash.w < clock.x) discard;
  float span = vDash.x + vDash.y;
  float at = span > 0.0 ? mod(vRun.x - vDash.z, span) : 0.0;
  float inDash = clamp(min(at, vDash.x - at) + 0.5, 0.0, 1.0);
  float dashed = span > 0.0 ? inDash : 1.0;
  float alpha = clamp(vRun.z + 0.5 - abs(vRun.y), 0.0, 1.0) * dashed * vInk.a * fade;
  gl_FragColor = vec4(vInk.rgb, alpha);
}`;

/** A name: a square on the sheet of names, at a place, shifted by px. */
export const LABEL_VERTEX = `
precision highp float;
attribute vec4 anchor;
attribute vec3 slot;
uniform mat4 viewProjection;
uniform vec4 screen;
varying vec2 uv;
varying float strength;
void main() {
  vec4 at = viewProjection * vec4(anchor.xy, 0.0, 1.0);
  vec2 px = floor((at.xy * 0.5 + 0.5) * screen.xy + 0.5) + anchor.zw * vec2(1.0, -1.0);
  gl_Position = vec4(px / screen.xy * 2.0 - 1.0, 0.0, 1.0);
  uv = slot.xy;
  strength = slot.z;
}`;

export const LABEL_FRAGMENT = `
precision mediump float;
uniform sampler2D sheet;
varying vec2 uv;
varying float strength;
void main() {
  vec4 ink = texture2D(sheet, uv);
  if (ink.a < 0.01) discard;
  gl_FragColor = vec4(ink.rgb / ink.a, ink.a * strength);
}`;
