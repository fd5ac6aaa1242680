import type { Camera } from "./camera";
import { hullRadius, radiusOf } from "./lod";
import { isWithin, KINDS } from "./space";
import type { Entity, Kind } from "./types";
import type { World } from "./world";

/** Names shown at once, at most. */
export const LABELS_MAX = 60;
/** Candidates weighed at most: more are too far away to be told apart. */
const CANDIDATES_MAX = 1_500;
/** Zoom from which a kind's names are shown; own ones earlier, selected always. */
const FROM_ZOOM: Record<Kind, number> = {
  planet: 1.5,
  colony: 0.55,
  hidden_colony: 1.5,
  fleet: 0.9,
  battle: 0.35,
  debris: 1.8,
};
const OWN_FROM_ZOOM = 0.22;
const CHARACTER_PX = 6.4;
const LINE_PX = 15;
const RANK: Record<Kind, number> = {
  battle: 5,
  colony: 4,
  fleet: 3,
  hidden_colony: 2,
  debris: 1,
  planet: 0,
};

/** A name, with the thing it is for: its place is looked up in each frame. */
export interface Label {
  kind: Kind;
  index: number;
  text: string;
  isStrong: boolean;
  /** From the thing's middle to the text's upper edge, in px. */
  below_px: number;
}

interface Candidate extends Label {
  rank: number;
}

const nearby = new Int32Array(CANDIDATES_MAX);

/** Choose the names to show: the most telling ones, none over another. */
export function chooseLabels(world: World, camera: Camera): Label[] {
  const found = KINDS.flatMap((kind) => candidates(world, camera, kind));
  found.sort((a, b) => b.rank - a.rank);
  const taken = new Set<number>();
  const chosen: Label[] = [];
  for (const label of found) {
    if (chosen.length >= LABELS_MAX) break;
    if (isFree(world, camera, label, taken)) chosen.push(label);
  }
  return chosen;
}

function candidates(world: World, camera: Camera, kind: Kind): Candidate[] {
  const store = world.stores[kind];
  const isNear = camera.zoom >= FROM_ZOOM[kind];
  if (!isNear && camera.zoom < OWN_FROM_ZOOM && world.selection.size === 0) return [];
  const bounds = camera.bounds();
  const found: Candidate[] = [];
  const look = (i: number) => {
    const entity = store.entities[i] as Entity;
    if (entity.label === undefined || entity.label === "") return;
    if (!isWithin(bounds, store.x[i] as number, store.y[i] as number)) return;
    const isSelected = world.selection.has(entity.id);
    const isOwn = entity.stance === "own" && camera.zoom >= OWN_FROM_ZOOM;
    if (!isNear && !isSelected && !isOwn) return;
    const rank =
      RANK[kind] + (isSelected ? 100 : 0) + (entity.stance === "own" ? 10 : 0);
    const usual = kind === "fleet" && isNear ? hullRadius : radiusOf.bind(null, kind);
    const radius = usual(camera.zoom) * (store.size[i] as number);
    const shift = store.shiftY[i] as number;
    const below_px = Math.round(radius + shift + 4);
    const isStrong = isSelected || entity.stance === "own";
    found.push({ kind, index: i, text: entity.label, isStrong, below_px, rank });
  };
  const standing = store.grid.collect(bounds, nearby);
  for (let n = 0; n < standing; n++) look(nearby[n] as number);
  const moving = Math.min(store.movingCount, CANDIDATES_MAX);
  for (let m = 0; m < moving; m++) look(store.moving[m] as number);
  return found;
}

/** Take the room that a name needs, on a coarse raster of the screen. */
function isFree(
  world: World,
  camera: Camera,
  label: Label,
  taken: Set<number>,
): boolean {
  const store = world.stores[label.kind];
  const x = store.x[label.index] as number;
  const y = store.y[label.index] as number;
  const { px, py } = camera.toScreen(x, y);
  const half = (label.text.length * CHARACTER_PX) / 2;
  const row = Math.floor((py + label.below_px) / LINE_PX);
  const cells: number[] = [];
  for (let at = px - half; at < px + half + LINE_PX; at += LINE_PX) {
    const column = Math.floor(at / LINE_PX);
    for (const line of [row, row + 1]) {
      const cell = line * 4_096 + column;
      if (taken.has(cell)) return false;
      cells.push(cell);
    }
  }
  for (const cell of cells) taken.add(cell);
  return true;
}
