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
uniform float fade;
flat varying vec4 vInk;
flat varying vec4 vDash;
varying vec3 vRun;
${UNPACK}
void main() {
  vec2 along = normalize(ends.zw - ends.xy + vec2(1e-6, 0.0));
  vec2 across = vec2(-along.y, along.x);
  float end = step(1.5, run.z);
  float side = mod(run.z, 2.0) * 2.0 - 1.0;
  float half_px = dash.w * clock.y * 0.5;
  vec2 place = mix(ends.xy, ends.zw, end) + across * side * (half_px + 0.7) / screen.z;
  gl_Position = viewProjection * vec4(place, 0.0, 1.0);
  float span = dash.x + dash.y;
  float px = mix(run.x, run.y, end) * screen.z / clock.y - dash.z * screen.w;
  // Along the line in dashes with their gaps, across it in px; then when it is passed.
  vRun = vec3(px / max(span, 1.0), side * (half_px + 0.7), mix(ink.y, ink.z, end));
  vDash = vec4(span, dash.x, half_px + 0.5, span > 0.0 ? 0.5 : 1.0);
  vInk = vec4(unpack(ink.x), run.w * fade);
}`;

export const LINE_FRAGMENT = `
precision highp float;
uniform vec2 clock;
flat varying vec4 vInk;
flat varying vec4 vDash;
varying vec3 vRun;
void main() {
  float at = fract(vRun.x) * vDash.x;
  float inDash = clamp(min(at, vDash.y - at) + vDash.w, 0.0, 1.0);
  float inLine = clamp(vDash.z - abs(vRun.y), 0.0, 1.0);
  gl_FragColor = vec4(vInk.rgb, vInk.a * inDash * inLine * step(clock.x, vRun.z));
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
