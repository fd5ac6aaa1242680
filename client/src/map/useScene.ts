import { type RefObject, useEffect, useState } from "react";
import { asksForCalm, preferences } from "../settings/preferences";
import { useGalaxyMap, useReady, useRules } from "../sync";
import { empireStore } from "../sync/empireStore";
import { galaxyMapRead } from "../sync/rules";
import { type Look, readLook, writeLook } from "./address";
import { EtaLabels } from "./EtaLabels";
import { CLOSE_ZOOM, MapControl } from "./MapControl";
import { listenToKeys } from "./MapKeys";
import { MapPointer, type OnBox } from "./MapPointer";
import { mapStore, select } from "./mapStore";
import {
  type Colours,
  createMinimap,
  createPathfinder,
  createScene,
  type MapScene,
  mapColours,
  type Quality,
  STANCE_COLOURS,
  type Stance,
  type Terrain,
} from "./render";
import { SceneFeed } from "./SceneFeed";
import { keyOf } from "./things";

/** The address follows the camera once it rests so long, in ms. */
const ADDRESS_MS = 600;

/** The elements that the map is drawn into. */
export interface Frames {
  canvas: RefObject<HTMLCanvasElement | null>;
  minimap: RefObject<HTMLCanvasElement | null>;
  labels: RefObject<HTMLDivElement | null>;
}

/** Draw the map into its frames; gives what controls it, once it is there. */
export function useScene(
  frames: Frames,
  onBox: OnBox,
  onEnter: () => void,
): { control: MapControl | null; hasFailed: boolean } {
  const [control, setControl] = useState<MapControl | null>(null);
  const [hasFailed, setFailed] = useState(false);
  const chart = useGalaxyMap();
  const isReady = useReady();
  const { side } = useRules().galaxy;
  // biome-ignore lint/correctness/useExhaustiveDependencies: made once, when all is there
  useEffect(() => {
    const { current: canvas } = frames.canvas;
    if (canvas === null || chart === null || !isReady) return;
    const ends: (() => void)[] = [];
    let isOver = false;
    const begin = (scene: MapScene) => {
      if (isOver) {
        scene.dispose();
        return;
      }
      ends.push(() => scene.dispose());
      const made = assemble(scene, canvas, frames, { onBox, onEnter, ends });
      lookFirst(made, readLook(location.search, side));
      setControl(made);
    };
    createScene(canvas, optionsNow()).then(begin, () => setFailed(true));
    return () => {
      isOver = true;
      setControl(null);
      for (const end of ends.reverse()) end();
      mapStore.setState({ hover: null, menu: null, plan: null, previews: [] });
    };
  }, [chart, isReady]);
  return { control, hasFailed };
}

interface Assembly {
  onBox: OnBox;
  onEnter: () => void;
  ends: (() => void)[];
}

/** Put together what belongs to a scene; `ends` gets what takes it apart again. */
function assemble(
  scene: MapScene,
  canvas: HTMLCanvasElement,
  frames: Frames,
  { onBox, onEnter, ends }: Assembly,
): MapControl {
  const { hazards, protected: guarded } = chartTerrain();
  const pathfinder = createPathfinder({ hazards, protected: guarded });
  const control = new MapControl(scene, pathfinder);
  const small = frames.minimap.current;
  const minimap =
    small === null
      ? null
      : createMinimap(small, {
          colours: coloursNow(),
          onJump: (to) => {
            mapStore.setState({ follows: null });
            scene.camera.jump(to);
          },
        });
  const feed = new SceneFeed(scene, minimap);
  const pointer = new MapPointer(canvas, control, onBox);
  const labels = frames.labels.current && new EtaLabels(frames.labels.current, scene);
  ends.push(
    () => pathfinder.dispose(),
    () => minimap?.dispose(),
    () => feed.dispose(),
    () => pointer.dispose(),
    () => labels?.dispose(),
    listenToKeys(canvas, control, onEnter),
    followAddress(scene),
    followPreferences(scene),
  );
  return control;
}

/** Begin where the address says, or where the map was left, or at home. */
function lookFirst({ scene }: MapControl, look: Look | null): void {
  const fleet = new URLSearchParams(location.search).get("fleet");
  if (fleet !== null) select([keyOf("fleet", fleet)]);
  const colonies = Object.values(empireStore.getState().empire.colonies);
  const first = look ?? lastLook ?? colonies[0];
  if (first === undefined) return;
  const zoom = "zoom" in first ? first.zoom : undefined;
  scene.camera.jump({ x: first.x, y: first.y, zoom: zoom ?? CLOSE_ZOOM });
}

let lastLook: Look | null = null;
let written = "";

/** Tell whether the address was written by the map itself, not by a link. */
export function isOwnAddress(search: string): boolean {
  return `?${search}` === written;
}

/** Keep the address at where the camera looks, so that it can be shared. */
function followAddress(scene: MapScene): () => void {
  let timer: ReturnType<typeof setTimeout> | undefined;
  const stop = scene.camera.onChange(() => {
    lastLook = scene.camera.get();
    clearTimeout(timer);
    timer = setTimeout(() => {
      if (location.pathname !== "/map") return;
      written = writeLook(scene.camera.get());
      history.replaceState(history.state, "", `/map${written}`);
    }, ADDRESS_MS);
  });
  return () => {
    clearTimeout(timer);
    stop();
  };
}

function followPreferences(scene: MapScene): () => void {
  return preferences.subscribe((now, before) => {
    if (now.graphics !== before.graphics) scene.setQuality(optionsNow().quality);
    if (now.palette !== before.palette) scene.setColours(coloursNow());
    if (now.motion !== before.motion) scene.setReducedMotion(isCalm());
  });
}

function optionsNow() {
  const { graphics } = preferences.getState();
  const is2d = graphics === "2d";
  const quality: Quality = is2d ? "auto" : graphics;
  return {
    quality,
    colours: coloursNow(),
    reducedMotion: isCalm(),
    ...(is2d ? { prefer: "canvas2d" as const } : {}),
  };
}

function isCalm(): boolean {
  const { motion } = preferences.getState();
  return motion === "system" ? asksForCalm().matches : motion === "reduced";
}

/** Take the stances' colours from the theme, so that the palette reaches the map. */
function coloursNow(): Colours {
  const style = getComputedStyle(document.documentElement);
  const stances = Object.entries(STANCE_COLOURS).map(([stance, usual]) => [
    stance,
    style.getPropertyValue(`--gd-${stance}`).trim() || usual,
  ]);
  return mapColours(Object.fromEntries(stances) as Record<Stance, string>);
}

function chartTerrain(): Terrain {
  const chart = galaxyMapRead.store.getState().data;
  return (chart ?? { hazards: {}, protected: [] }) as Terrain;
}
