/** Ships seen from above: thin instances; the light comes from the upper left. */
export const HULL_VERTEX = `
precision highp float;
attribute vec3 position;
attribute vec3 normal;
attribute vec4 finish;
attribute vec4 world0;
attribute vec4 world1;
attribute vec4 world2;
attribute vec4 world3;
attribute vec4 instanceColor;
uniform mat4 viewProjection;
varying vec4 colour;
void main() {
  mat4 world = mat4(world0, world1, world2, world3);
  vec3 turned = normalize(mat3(world) * normal);
  float light = 0.22 + 0.95 * max(0.0, dot(turned, vec3(-0.5, -0.62, 0.6)));
  vec3 metal = vec3(0.62, 0.67, 0.74) * finish.r;
  vec3 surface = mix(metal, instanceColor.rgb * 1.15, finish.g) * light;
  vec3 glow = mix(instanceColor.rgb, vec3(0.75, 0.92, 1.0), 0.65);
  colour = vec4(mix(surface, glow, finish.b), instanceColor.a);
  gl_Position = viewProjection * world * vec4(position, 1.0);
}`;

export const HULL_FRAGMENT = `
precision mediump float;
varying vec4 colour;
void main() {
  gl_FragColor = colour;
}`;
