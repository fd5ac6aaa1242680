import { Vector2 } from "@babylonjs/core/Maths/math.vector";
import type { Frame } from "../painter";
import { clamped, REGION_RADII, SECTOR, SECTORS, SIDE } from "../space";
import type { Colours } from "../types";
import { packed } from "./colour";
import { circle, Ink, type Pen } from "./ink";
import { STILL, type Stage } from "./stage";

/** Zoom from which sectors' lines are seen, and wholly seen. */
const GRID_FROM = 0.14;
const GRID_FULL = 0.7;
const SOLID = { dash: 0, gap: 0, speed: 0, width: 1 };
const GRID_PEN: Pen = { ...SOLID, alpha: 0.13 };
const REGION_PEN: Pen = { ...SOLID, alpha: 0.2 };
const REGION_PIECES = 180;

/** Draw the galaxy's own lines: sectors, which fade with the zoom, regions, its edge. */
export class Contours {
  private readonly grid: Ink;
  private readonly regions: Ink;
  private readonly clock = new Vector2();
  private colours: Colours | null = null;

  constructor(stage: Stage, order: number) {
    this.grid = new Ink(stage, { name: "sectors", order, layers: STILL });
    this.regions = new Ink(stage, { name: "regions", order, layers: STILL });
  }

  /** Show them as a frame has them. */
  follow({ camera, world }: Frame, ratio: number): void {
    if (this.colours !== world.colours) {
      this.colours = world.colours;
      this.write(world.colours);
    }
    const shown = clamped((camera.zoom - GRID_FROM) / (GRID_FULL - GRID_FROM), 0, 1);
    this.clock.set(0, ratio);
    this.grid.squares.isShown = shown > 0;
    this.grid.material.setFloat("fade", shown);
    this.grid.material.setVector2("clock", this.clock);
    this.regions.material.setVector2("clock", this.clock);
  }

  private write(colours: Colours): void {
    this.grid.clear(SECTORS * 2);
    const grid = packed(colours.grid);
    for (let n = 1; n < SECTORS; n++) {
      const at = n * SECTOR;
      this.grid.line([point(at, 0), point(at, SIDE)], GRID_PEN, grid);
      this.grid.line([point(0, at), point(SIDE, at)], GRID_PEN, grid);
    }
    this.grid.squares.upload();
    this.regions.clear(REGION_RADII.length * REGION_PIECES + 4);
    const region = packed(colours.region);
    for (const radius of REGION_RADII) {
      const around = circle(SIDE / 2, SIDE / 2, radius, REGION_PIECES);
      this.regions.line(around, REGION_PEN, region);
    }
    const corners = [point(0, 0), point(SIDE, 0), point(SIDE, SIDE), point(0, SIDE)];
    this.regions.line([...corners, point(0, 0)], REGION_PEN, region);
    this.regions.squares.upload();
  }
}

function point(x: number, y: number) {
  return { x, y };
}
