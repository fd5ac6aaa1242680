/** Reckon with places of the galaxy: units from the left and from the top. */

import type { Point } from "../sync/empire";

/** A part of the map, in units: left, upper, right and lower edge. */
export interface Box {
  x0: number;
  y0: number;
  x1: number;
  y1: number;
}

/** The most sectors that the server shows at once. */
export const SECTORS_MAX = 400;

/** Measure the way between two places, in units. */
export function distance(from: Point, to: Point): number {
  return Math.hypot(to.x - from.x, to.y - from.y);
}

/** Name the sector of a place, as rooms do: `"<x>:<y>"`. */
export function sectorAt({ x, y }: Point, sector: number): string {
  return `${Math.floor(x / sector)}:${Math.floor(y / sector)}`;
}

/** Name the region of a place, by its distance from the centre. */
export function regionAt(
  place: Point,
  galaxy: { side: number; regions: Readonly<Record<string, { reach: number }>> },
): string {
  const away = distance(place, { x: galaxy.side / 2, y: galaxy.side / 2 });
  const regions = Object.entries(galaxy.regions);
  const found = regions
    .sort(([, one], [, other]) => one.reach - other.reach)
    .find(([, { reach }]) => away < reach);
  return found?.[0] ?? regions.at(-1)?.[0] ?? "";
}

/** Round a place to the three decimals that the wire takes, inside of the galaxy. */
export function onMap({ x, y }: Point, side: number): Point {
  const last = side - 0.001;
  const rounded = (value: number) =>
    Math.round(Math.min(Math.max(value, 0), last) * 1000) / 1000;
  return { x: rounded(x), y: rounded(y) };
}

/** Tell whether a place lies in a box, edges included. */
export function isIn({ x, y }: Point, box: Box): boolean {
  return x >= box.x0 && x <= box.x1 && y >= box.y0 && y <= box.y1;
}

/**
 * Choose what to ask the server to show for what a camera covers.
 *
 * A margin of a sector is added where it fits, so that a small step of the camera shows
 * what is there at once. `null` where the camera covers more than may be asked for.
 */
export function viewOf(
  camera: Box,
  galaxy: { side: number; sector: number },
): Box | null {
  for (const margin of [1, 0]) {
    const view = snapped(camera, galaxy, margin);
    if (sectorsIn(view, galaxy.sector) <= SECTORS_MAX) return view;
  }
  return null;
}

/** Count the sectors of a box whose edges are those of sectors. */
export function sectorsIn(box: Box, sector: number): number {
  return ((box.x1 - box.x0) / sector) * ((box.y1 - box.y0) / sector);
}

function snapped(
  camera: Box,
  { side, sector }: { side: number; sector: number },
  margin: number,
): Box {
  const clamped = (value: number) => Math.min(Math.max(value, 0), side);
  const low = (value: number) =>
    Math.min(clamped((Math.floor(value / sector) - margin) * sector), side - sector);
  const high = (value: number) =>
    Math.max(clamped((Math.ceil(value / sector) + margin) * sector), sector);
  return {
    x0: low(camera.x0),
    y0: low(camera.y0),
    x1: high(camera.x1),
    y1: high(camera.y1),
  };
}
