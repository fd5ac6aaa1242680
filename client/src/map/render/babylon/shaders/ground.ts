/** A square over the whole picture; `at` is the place in the galaxy, 0 to 1. */
export const GROUND_VERTEX = `
precision highp float;
attribute vec3 position;
uniform vec4 screen;
uniform vec2 middle;
varying vec2 at;
void main() {
  vec2 px = vec2(position.x, -position.y) * screen.xy * 0.5;
  at = (middle + px / screen.z) / 10000.0;
  gl_Position = vec4(position.xy, 0.0, 1.0);
}`;

/** Space as it was painted. It covers every pixel, so it does no more than that. */
export const GROUND_FRAGMENT = `
precision mediump float;
uniform sampler2D space;
varying highp vec2 at;
void main() {
  gl_FragColor = texture2D(space, at);
}`;

/** Stars: they lie on the screen, and follow the camera slower than all else. */
export const STAR_VERTEX = `
precision highp float;
attribute vec4 place;
uniform vec4 screen;
uniform vec2 middle;
uniform vec3 starColour;
flat varying vec4 vStar;
void main() {
  vec2 tile = screen.xy + 8.0;
  vec2 px = mod(place.xy * tile - middle * 0.045 * (0.5 + place.z), tile) - 4.0;
  gl_Position = vec4(px / screen.xy * 2.0 - 1.0, 0.0, 1.0) * vec4(1.0, -1.0, 1.0, 1.0);
  gl_PointSize = place.w;
  vStar = vec4(starColour, place.z);
}`;

export const STAR_FRAGMENT = `
precision mediump float;
flat varying vec4 vStar;
void main() {
  gl_FragColor = vStar;
}`;

/** Squares over sectors: thin instances, turned and scaled by their matrix. */
export const TILE_VERTEX = `
precision highp float;
attribute vec3 position;
attribute vec4 world0;
attribute vec4 world1;
attribute vec4 world2;
attribute vec4 world3;
attribute vec4 instanceColor;
uniform mat4 viewProjection;
uniform vec4 screen;
varying vec2 uv;
varying vec4 tint;
varying vec2 at;
varying float px;
void main() {
  mat4 world = mat4(world0, world1, world2, world3);
  vec4 place = world * vec4(position, 1.0);
  uv = position.xy;
  tint = instanceColor;
  at = place.xy;
  px = screen.z;
  gl_Position = viewProjection * place;
}`;

export const HATCH_FRAGMENT = `
precision highp float;
uniform sampler2D sectors;
varying vec2 uv;
varying vec4 tint;
varying vec2 at;
varying float px;
void main() {
  float stripe = fract((at.x + at.y) * px / 13.0);
  float ink = 0.05 + 0.17 * step(stripe, 0.11);
  float fog = 1.0 - 0.7 * texture2D(sectors, at / 10000.0).r;
  gl_FragColor = vec4(tint.rgb * fog, ink * tint.a);
}`;

export const NEBULA_FRAGMENT = `
precision highp float;
uniform sampler2D noise;
uniform sampler2D sectors;
varying vec2 uv;
varying vec4 tint;
varying vec2 at;
varying float px;
void main() {
  float far = min(1.0, length(uv));
  vec4 dust = texture2D(noise, at / 520.0);
  vec4 wisps = texture2D(noise, at / 190.0 + 0.3);
  float soft = 1.0 - far * far;
  float thick = soft * soft * (0.25 + 1.1 * dust.r * (0.45 + wisps.g));
  vec3 colour = mix(tint.rgb, tint.brg, dust.g * 0.3) * (0.55 + 0.9 * wisps.r);
  float fog = 1.0 - 0.72 * texture2D(sectors, at / 10000.0).r;
  gl_FragColor = vec4(colour * fog, clamp(thick * tint.a, 0.0, 0.85));
}`;

export const HOLE_FRAGMENT = `
precision highp float;
uniform sampler2D noise;
uniform sampler2D sectors;
varying vec2 uv;
varying vec4 tint;
varying vec2 at;
varying float px;
void main() {
  float far = length(uv);
  float angle = atan(uv.y, uv.x);
  float swirl = texture2D(noise, vec2(angle * 0.159 + far * 0.55, far * 0.35)).r;
  float disc = smoothstep(0.40, 0.46, far) * pow(1.0 - smoothstep(0.42, 1.0, far), 2.2);
  float near = (far - 0.43) * 26.0;
  float rim = exp(-near * near);
  float bright = disc * (0.25 + 1.3 * swirl * swirl) + rim * 0.9;
  float hole = 1.0 - smoothstep(0.38, 0.43, far);
  float fog = 1.0 - 0.72 * texture2D(sectors, at / 10000.0).r;
  vec3 colour = mix(tint.rgb, vec3(1.0, 0.93, 0.84), rim * 0.6) * bright * fog;
  gl_FragColor = vec4(colour, clamp(max(hole, bright * 0.9), 0.0, 1.0));
}`;

/** The layer that was kept, as it is; `place` is in pixels from the upper left. */
export const COPY_VERTEX = `
precision highp float;
attribute vec2 place;
uniform vec4 screen;
varying vec2 uv;
void main() {
  uv = vec2(place.x, screen.y - place.y) / screen.xy;
  gl_Position = vec4(uv * 2.0 - 1.0, 0.0, 1.0);
}`;

export const COPY_FRAGMENT = `
precision mediump float;
uniform sampler2D kept;
varying highp vec2 uv;
void main() {
  gl_FragColor = texture2D(kept, uv);
}`;
