import { galaxy } from "./bench/galaxy";
import { measureWays } from "./bench/ways";
import { createMinimap, createScene, mapColours, STANCE_COLOURS } from "./index";
import type { MapScene, Quality } from "./types";

/** Run one picture or one measurement, as the address asks for it. */

/** Frames before these are not counted: shaders are built, buffers filled. */
const WARM_MS = 2_500;
const MILLI = 1_000;

const asked = new URLSearchParams(location.search);
const number = (name: string, usual: number) => Number(asked.get(name) ?? usual);

/** What a measurement gives, for the command that drives this page. */
export interface Measured {
  backend: string;
  tier: string;
  entities: number;
  drawn: number;
  frames_ms: number[];
}

declare global {
  interface Window {
    scene?: MapScene;
    ready?: Promise<void>;
    /** End the scene, and make another on the same canvas. */
    again?: () => Promise<void>;
    measure?: (seconds: number) => Promise<Measured>;
    measureWays?: (count: number) => number[];
  }
}

async function show(): Promise<void> {
  const canvas = element("map");
  const begun_ms = Date.now();
  const made = galaxy(number("count", 10_000), number("moving", 2_000), begun_ms);
  const colours = mapColours(STANCE_COLOURS);
  const prefer = asked.get("backend") === "canvas2d" ? "canvas2d" : "webgl";
  const scene = await createScene(canvas, {
    quality: (asked.get("quality") ?? "auto") as Quality,
    colours,
    reducedMotion: asked.has("calm"),
    prefer,
    everyFrame: !asked.has("rest"),
  });
  window.scene = scene;
  scene.setNow(Date.now);
  scene.setTerrain(made.terrain);
  scene.setFog(made.seen, made.known);
  for (const entities of Object.values(made.entities)) {
    const [first] = entities;
    if (first) scene.setEntities(first.kind, entities);
  }
  if (!asked.has("lone")) scene.setCourses(made.courses);
  const zoom = number("zoom", 0);
  if (zoom > 0) {
    scene.camera.jump({ x: number("x", 5_000), y: number("y", 5_000), zoom });
  }
  if (asked.has("minimap")) showMinimap(scene, made);
  if (asked.has("ranges")) showSelection(scene);
}

function showSelection(scene: MapScene): void {
  const { x, y } = scene.camera.get();
  const [picked] = scene
    .pickBox(0, 0, innerWidth, innerHeight)
    .filter((one) => one.kind === "fleet");
  if (picked) scene.setSelection(new Set([picked.id]));
  const zoom = scene.camera.get().zoom;
  scene.setRanges([
    { x, y, radius: 120 / zoom, style: "weapon" },
    { x, y, radius: 200 / zoom, style: "sensor" },
    { x, y, radius: 320 / zoom, style: "travel" },
  ]);
}

function showMinimap(scene: MapScene, made: ReturnType<typeof galaxy>): void {
  const canvas = element("minimap");
  canvas.hidden = false;
  const colours = mapColours(STANCE_COLOURS);
  const minimap = createMinimap(canvas, {
    colours,
    onJump: (to) => scene.camera.fly(to),
  });
  minimap.setPlanets(made.entities.planet);
  minimap.setTerrain(made.terrain);
  minimap.setFog(made.seen, made.known);
  minimap.setDots([...made.entities.colony, ...made.entities.fleet.slice(0, 500)]);
  minimap.setView(scene.camera.bounds());
  scene.camera.onChange(() => minimap.setView(scene.camera.bounds()));
}

/** Take the time from frame to frame for some seconds. */
async function measure(seconds: number): Promise<Measured> {
  await frames(WARM_MS);
  const gaps = await frames(seconds * MILLI);
  const stats = window.scene?.stats();
  return {
    backend: stats?.backend ?? "",
    tier: stats?.tier ?? "",
    entities: stats?.entities ?? 0,
    drawn: stats?.drawn ?? 0,
    frames_ms: gaps,
  };
}

function frames(for_ms: number): Promise<number[]> {
  return new Promise((resolve) => {
    const gaps: number[] = [];
    let first = 0;
    let before = 0;
    const step = (at: number) => {
      if (before > 0) gaps.push(at - before);
      else first = at;
      before = at;
      if (asked.has("pan")) sway(at - first);
      if (at - first < for_ms) requestAnimationFrame(step);
      else resolve(gaps);
    };
    requestAnimationFrame(step);
  });
}

/** Move the camera in a circle, as a player that looks around. */
function sway(at_ms: number): void {
  const angle = at_ms / 700;
  window.scene?.camera.move(Math.cos(angle) * 6, Math.sin(angle) * 6);
}

function element(id: string): HTMLCanvasElement {
  const found = document.getElementById(id);
  if (!(found instanceof HTMLCanvasElement))
    throw new Error(`bench.html has no #${id}`);
  return found;
}

window.again = () => {
  window.scene?.dispose();
  return show();
};
window.measure = measure;
window.measureWays = measureWays;
window.ready = show();
