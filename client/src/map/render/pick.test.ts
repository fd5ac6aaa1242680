import { beforeEach, describe, expect, it } from "vitest";
import { Camera } from "./camera";
import { mapColours, STANCE_COLOURS } from "./colours";
import { pickAll, pickBox } from "./pick";
import type { Entity, Kind } from "./types";
import { World } from "./world";

function entity(kind: Kind, id: string, x: number, y: number): Entity {
  return { id, kind, x, y, stance: "own" };
}

describe("what is under a pixel", () => {
  let world: World;
  let camera: Camera;
  beforeEach(() => {
    world = new World(mapColours(STANCE_COLOURS));
    camera = new Camera();
    camera.resize(1_000, 800);
    camera.jump({ x: 5_000, y: 5_000, zoom: 1 });
  });
  const ids = (px: number, py: number, isTouch = false) =>
    pickAll(world, camera, px, py, isTouch).map(({ id }) => id);

  it("is what is drawn there, within a symbol's radius and a little more", () => {
    world.stores.planet.set([entity("planet", "p", 5_000, 5_000)]);
    expect(ids(500, 400)).toEqual(["p"]);
    expect(ids(506, 400)).toEqual(["p"]);
    expect(ids(530, 400)).toEqual([]);
  });

  it("reaches farther for a finger", () => {
    world.stores.planet.set([entity("planet", "p", 5_000, 5_000)]);
    expect(ids(515, 400)).toEqual([]);
    expect(ids(515, 400, true)).toEqual(["p"]);
  });

  it("is a colony before the planet it stands on", () => {
    world.stores.planet.set([entity("planet", "p", 5_000, 5_000)]);
    world.stores.colony.set([entity("colony", "c", 5_000, 5_000)]);
    expect(ids(500, 400)).toEqual(["c", "p"]);
  });

  it("is a standing fleet beside its place, where it is shown", () => {
    world.stores.fleet.set([entity("fleet", "f", 5_000, 5_000)]);
    const [dx, dy] = [world.stores.fleet.shiftX[0], world.stores.fleet.shiftY[0]];
    expect(ids(500 + (dx ?? 0), 400 + (dy ?? 0))).toEqual(["f"]);
  });

  it("is a moving fleet where it is now", () => {
    const path = [
      { x: 4_000, y: 5_000, at_ms: 0 },
      { x: 6_000, y: 5_000, at_ms: 1_000 },
    ];
    world.stores.fleet.set([{ ...entity("fleet", "f", 4_000, 5_000), path }]);
    world.advance(600, camera.bounds());
    expect(ids(500, 400)).toEqual([]);
    expect(ids(700, 400)).toEqual(["f"]);
  });

  it("in a box is all whose middle lies in it, whichever corner comes first", () => {
    world.stores.planet.set([
      entity("planet", "in", 5_010, 5_010),
      entity("planet", "out", 5_200, 5_010),
    ]);
    const box = pickBox(world, camera, 600, 500, 490, 390);
    expect(box.map(({ id }) => id)).toEqual(["in"]);
  });
});
