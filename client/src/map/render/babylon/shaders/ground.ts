/** A square over the whole picture; `at` is the place in the galaxy. */
export const GROUND_VERTEX = `
precision highp float;
attribute vec3 position;
uniform vec4 screen;
uniform vec2 middle;
varying vec2 at;
varying vec2 px;
void main() {
  px = vec2(position.x, -position.y) * screen.xy * 0.5;
  at = middle + px / screen.z;
  gl_Position = vec4(position.xy, 0.0, 1.0);
}`;

/**
 * Space: glow of the core, dust, stars, regions' rings, sectors' lines, hatching where
 * it is protected, fog. `sectors` holds fog, protection and density of planets;
 * `detail` is how much is drawn, and how strong lines and density are.
 */
export const GROUND_FRAGMENT = `
precision highp float;
uniform vec4 screen;
uniform vec2 middle;
uniform vec4 detail;
uniform vec3 background;
uniform vec3 core;
uniform vec3 gridColour;
uniform vec3 regionColour;
uniform vec3 starColour;
uniform vec3 hatchColour;
uniform vec3 fogColour;
uniform sampler2D sectors;
uniform sampler2D noise;
varying vec2 at;
varying vec2 px;

float line(float away) {
  return clamp(1.0 - abs(away), 0.0, 1.0);
}

void main() {
  vec2 from = (at - 5000.0) / 5000.0;
  float far = length(from);
  vec3 colour = background + core * 0.55 * exp(-far * far * 3.2);
  float inside = step(max(abs(from.x), abs(from.y)), 1.0);
  vec4 sector = texture2D(sectors, at / 10000.0);
  if (detail.x > 0.5) {
    vec4 dust = texture2D(noise, at / 7300.0 + 0.37);
    float arm = dust.r * dust.r * exp(-far * 1.5);
    colour += core * arm * 1.1;
    vec2 sky = px + middle * screen.z * 0.0 + middle * 0.045;
    vec4 stars = texture2D(noise, sky / 512.0);
    colour += starColour * stars.a * 0.75;
  }
  colour += starColour * sector.b * detail.z;
  float away = far * 5000.0 * screen.z;
  float rings = line(away - 1200.0 * screen.z) + line(away - 3200.0 * screen.z)
    + line(away - 4500.0 * screen.z);
  colour += regionColour * rings * 0.16;
  if (detail.y > 0.0) {
    vec2 lines = (abs(fract(at / 100.0 - 0.5) - 0.5)) * 100.0 * screen.z;
    float grid = max(line(lines.x), line(lines.y)) * inside;
    colour += gridColour * grid * detail.y;
  }
  float hatched = smoothstep(0.35, 0.55, sector.g) * inside;
  if (hatched > 0.0) {
    float stripe = fract((at.x + at.y) * screen.z / 13.0);
    float ink = 0.045 + 0.15 * step(stripe, 0.11);
    float rim = 1.0 - smoothstep(0.0, 0.3, abs(sector.g - 0.5));
    colour += hatchColour * hatched * max(ink, rim * 0.18);
  }
  float fog = mix(0.55, sector.r, inside);
  colour = mix(colour, fogColour, fog * 0.86);
  vec2 border = abs(abs(from) - 1.0) * 5000.0 * screen.z;
  float frame = max(line(border.x) * step(abs(from.y), 1.0), line(border.y) * step(abs(from.x), 1.0));
  colour += regionColour * frame * 0.22;
  gl_FragColor = vec4(colour, 1.0);
}`;

/** Soft squares over hazards: thin instances, turned and scaled by their matrix. */
export const HAZARD_VERTEX = `
precision highp float;
attribute vec3 position;
attribute vec4 world0;
attribute vec4 world1;
attribute vec4 world2;
attribute vec4 world3;
attribute vec4 instanceColor;
uniform mat4 viewProjection;
varying vec2 uv;
varying vec4 tint;
varying vec2 at;
void main() {
  mat4 world = mat4(world0, world1, world2, world3);
  vec4 place = world * vec4(position, 1.0);
  uv = position.xy;
  tint = instanceColor;
  at = place.xy;
  gl_Position = viewProjection * place;
}`;

export const NEBULA_FRAGMENT = `
precision highp float;
uniform sampler2D noise;
uniform sampler2D sectors;
varying vec2 uv;
varying vec4 tint;
varying vec2 at;
void main() {
  float far = length(uv);
  if (far > 1.0) discard;
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
void main() {
  float far = length(uv);
  if (far > 1.0) discard;
  float angle = atan(uv.y, uv.x);
  float swirl = texture2D(noise, vec2(angle * 0.159 + far * 0.55, far * 0.35)).r;
  float disc = smoothstep(0.40, 0.46, far) * pow(1.0 - smoothstep(0.42, 1.0, far), 2.2);
  float rim = exp(-pow((far - 0.43) * 26.0, 2.0));
  float bright = disc * (0.25 + 1.3 * swirl * swirl) + rim * 0.9;
  float hole = 1.0 - smoothstep(0.38, 0.43, far);
  float fog = 1.0 - 0.72 * texture2D(sectors, at / 10000.0).r;
  vec3 colour = mix(tint.rgb, vec3(1.0, 0.93, 0.84), rim * 0.6) * bright * fog;
  gl_FragColor = vec4(colour, clamp(max(hole, bright * 0.9), 0.0, 1.0));
}`;

/** The layer that was kept, as it is. */
export const COPY_VERTEX = `
precision highp float;
attribute vec3 position;
varying vec2 uv;
void main() {
  uv = position.xy * 0.5 + 0.5;
  gl_Position = vec4(position.xy, 0.0, 1.0);
}`;

export const COPY_FRAGMENT = `
precision mediump float;
uniform sampler2D kept;
varying vec2 uv;
void main() {
  gl_FragColor = texture2D(kept, uv);
}`;
