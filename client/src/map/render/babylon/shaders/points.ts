import { UNPACK } from "../colour";

/** What a symbol is, as its points carry it. */
export const SHAPES = {
  triangle: 0,
  circle: 1,
  diamond: 2,
  ring: 3,
  /** 4 to 7: the same inside a circle, as colonies are shown. */
  colony: 4,
  hidden: 8,
  battle: 9,
  debris: 10,
  selection: 11,
  /** An arrowhead whose tip is the place. */
  arrow: 12,
} as const;

/**
 * A point: `place` is x, y, size and shape; `look` is heading, alpha, the shift from its
 * place in px (both packed) and its colour (packed).
 */
export const POINT_VERTEX = `
precision highp float;
attribute vec4 place;
attribute vec4 look;
uniform mat4 viewProjection;
uniform vec4 screen;
uniform vec4 sizes;
uniform sampler2D sectors;
varying vec4 vColour;
varying vec4 vShape;
${UNPACK}
void main() {
  float radius = sizes.x * place.z;
  float dimmed = 0.0;
  if (sizes.y > 0.0) {
    dimmed = sizes.y * texture2D(sectors, place.xy / 10000.0).r;
  }
  vec4 at = viewProjection * vec4(place.xy, 0.0, 1.0);
  float packedX = floor(look.z / 256.0);
  vec2 shift = vec2(packedX - 128.0, look.z - packedX * 256.0 - 128.0) * sizes.z;
  at.xy += vec2(shift.x, -shift.y) * 2.0 / screen.xy;
  gl_Position = at;
  gl_PointSize = 2.0 * (radius * sizes.w + 1.0);
  vColour = vec4(unpack(look.w), look.y * (1.0 - dimmed));
  vShape = vec4(place.w, radius, cos(look.x), sin(look.x));
}`;

export const SYMBOL_FRAGMENT = `
precision highp float;
uniform vec4 screen;
uniform vec4 sizes;
varying vec4 vColour;
varying vec4 vShape;

float polygonStance(float shape, vec2 p, float r) {
  if (shape < 0.5) {
    float back = -p.x - r * 0.8;
    return max(back, dot(vec2(abs(p.y), p.x), vec2(0.904, 0.427)) - r * 0.427);
  }
  if (shape < 1.5) return length(p) - r * 0.8;
  if (shape < 2.5) return (abs(p.x) * 0.85 + abs(p.y) * 1.1) * 0.72 - r * 0.67;
  return abs(length(p) - r * 0.68) - max(0.8, r * 0.16);
}

void main() {
  float shape = floor(vShape.x + 0.5);
  float r = vShape.y;
  vec2 px = (gl_PointCoord * 2.0 - 1.0) * (r * sizes.w + 1.0);
  float c = vShape.z;
  float s = vShape.w;
  vec2 p = vec2(c * px.x + s * px.y, c * px.y - s * px.x);
  float alpha;
  float edge = 0.0;
  if (shape < 3.5) {
    float d = polygonStance(shape, p, r);
    alpha = clamp(0.5 - d, 0.0, 1.0);
    edge = clamp(2.0 - d, 0.0, 1.0) * 0.55;
  } else if (shape < 7.5) {
    float inner = max(r * 0.5, 2.4);
    float circle = abs(length(px) - r * 0.86) - 0.7;
    vec2 up = vec2(-px.y, px.x);
    vec2 badge = r > 11.0 ? up - vec2(r * 0.86, 0.0) : up;
    float d = polygonStance(shape - 4.0, badge, min(inner, 6.0 * sizes.z));
    alpha = max(clamp(0.5 - circle, 0.0, 1.0) * 0.8, clamp(0.5 - d, 0.0, 1.0));
    edge = clamp(2.0 - d, 0.0, 1.0) * 0.6;
  } else if (shape < 8.5) {
    float dash = step(0.0, sin(atan(px.y, px.x) * 8.0));
    float circle = abs(length(px) - r * 0.72) - 0.6;
    alpha = clamp(0.5 - circle, 0.0, 1.0) * dash;
    alpha = max(alpha, clamp(0.5 - (length(px) - max(1.2, r * 0.16)), 0.0, 1.0));
  } else if (shape < 9.5) {
    float wave = 0.5 + 0.5 * sin(screen.w * 3.5);
    float grown = r * (0.86 + 0.14 * wave);
    float far = length(px);
    float ray = 0.62 + 0.38 * cos(atan(px.y, px.x) * 8.0);
    float d = far - grown * (0.45 + 0.5 * ray);
    alpha = clamp(1.0 - abs(d + 0.7), 0.0, 1.0);
    alpha = max(alpha, clamp(-d, 0.0, 1.0) * 0.3);
    alpha = max(alpha, clamp(0.5 - (far - r * 0.22), 0.0, 1.0));
    alpha = max(alpha, (0.3 + 0.15 * wave) * clamp(1.0 - far / (r * 1.4), 0.0, 1.0));
  } else if (shape < 10.5) {
    vec2 cell = px / max(1.5, r * 0.42);
    vec2 id = floor(cell);
    float draw = fract(sin(dot(id, vec2(12.98, 78.23)) + vShape.z) * 437.5);
    vec2 off = abs(fract(cell) - 0.5);
    alpha = step(max(off.x, off.y * 1.3), 0.12 + 0.22 * draw) * step(length(px), r);
  } else if (shape > 11.5) {
    vec2 q = p + vec2(r * 0.5, 0.0);
    float d = max(polygonStance(0.0, q, r * 0.5), 0.0);
    alpha = clamp(0.5 - d, 0.0, 1.0);
  } else {
    float far = abs(length(px) - r + 1.5) - 0.9;
    float angle = atan(px.y, px.x) + screen.w * 0.35;
    float gap = step(0.14, abs(fract(angle / 1.5708) - 0.5));
    alpha = clamp(0.5 - far, 0.0, 1.0) * gap;
  }
  float whole = max(alpha, edge);
  if (whole < 0.01) discard;
  gl_FragColor = vec4(vColour.rgb * (alpha / whole), whole * vColour.a);
}`;

/** Planets: the shape is their type. Shaded where they are large enough to show it. */
export const PLANET_FRAGMENT = `
precision highp float;
uniform vec4 screen;
uniform vec4 sizes;
uniform sampler2D noise;
varying vec4 vColour;
varying vec4 vShape;

void main() {
  float r = vShape.y;
  vec2 px = (gl_PointCoord * 2.0 - 1.0) * (r * sizes.w + 1.0);
  float far = length(px);
  if (r < 2.6) {
    float dot = clamp(r + 0.5 - far, 0.0, 1.0);
    gl_FragColor = vec4(vColour.rgb, dot * vColour.a);
    return;
  }
  float type = floor(vShape.x + 0.5);
  vec2 at = px / r;
  float rim = type > 1.5 && type < 2.5
    ? r * (0.82 + 0.3 * texture2D(noise, vec2(atan(px.y, px.x) * 0.16, vShape.x)).r)
    : r;
  float disc = clamp(rim + 0.5 - far, 0.0, 1.0);
  float high = sqrt(max(0.0, 1.0 - dot(at, at)));
  vec3 normal = vec3(at, high);
  float light = clamp(dot(normal, vec3(-0.52, -0.58, 0.63)), 0.0, 1.0);
  vec2 spun = at * (0.36 + 0.16 * (1.0 - high)) + vColour.rb * 3.0;
  float grain = texture2D(noise, spun).r;
  vec3 base = vColour.rgb;
  if (type < 0.5) {
    base = mix(vec3(0.10, 0.26, 0.52), base, smoothstep(0.44, 0.54, grain));
    base = mix(base, vec3(0.92), smoothstep(0.62, 0.8, texture2D(noise, spun.yx * 1.7).g));
  } else if (type < 1.5) {
    float band = sin(at.y * 9.0 + grain * 2.6 + vColour.g * 20.0);
    base *= 0.82 + 0.22 * band;
  } else if (type < 2.5) {
    base *= 0.5 + grain;
  } else if (type < 3.5) {
    base = mix(base, vec3(0.55, 0.72, 0.85), smoothstep(0.4, 0.62, grain) * 0.7);
    base = mix(base, vec3(1.0), smoothstep(0.72, 0.86, abs(at.y)));
  } else {
    base *= 0.72 + 0.5 * grain;
  }
  vec3 lit = base * (0.13 + 1.02 * light);
  float air = type > 1.5 && type < 2.5 ? 0.0 : pow(1.0 - high, 3.0);
  lit += mix(vColour.rgb, vec3(0.5, 0.7, 1.0), 0.5) * air * light * 0.6;
  float glow = type > 1.5 && type < 2.5 ? 0.0 : 0.22 * clamp(1.25 - far / r, 0.0, 0.25) * 4.0;
  float alpha = max(disc, glow * (1.0 - disc));
  vec3 colour = mix(vColour.rgb, lit, disc);
  if (type > 0.5 && type < 1.5) {
    vec2 tilted = vec2(px.x * 0.94 - px.y * 0.34, px.x * 0.34 + px.y * 0.94) / r;
    float belt = length(tilted * vec2(1.0, 3.4));
    float isFront = step(0.0, tilted.y);
    float ring = smoothstep(1.18, 1.24, belt) * (1.0 - smoothstep(1.5, 1.56, belt));
    ring *= 0.55 * max(isFront, 1.0 - disc);
    colour = mix(colour, vColour.rgb * 1.15, ring);
    alpha = max(alpha, ring);
  }
  if (alpha < 0.01) discard;
  gl_FragColor = vec4(colour, alpha * vColour.a);
}`;
