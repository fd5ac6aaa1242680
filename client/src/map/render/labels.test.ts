import { describe, expect, it } from "vitest";
import { Camera } from "./camera";
import { mapColours, STANCE_COLOURS } from "./colours";
import { chooseLabels, LABELS_MAX } from "./labels";
import type { Entity, Stance } from "./types";
import { World } from "./world";

function scene(zoom: number, colonies: readonly Entity[]) {
  const world = new World(mapColours(STANCE_COLOURS));
  world.stores.colony.set(colonies);
  const camera = new Camera();
  camera.resize(1_000, 800);
  camera.jump({ x: 5_000, y: 5_000, zoom });
  return { world, camera };
}

function colony(id: string, x: number, y: number, stance: Stance = "neutral"): Entity {
  return { id, kind: "colony", x, y, stance, label: id };
}

describe("names", () => {
  const texts = (
    zoom: number,
    colonies: readonly Entity[],
    selected: string[] = [],
  ) => {
    const { world, camera } = scene(zoom, colonies);
    world.select(new Set(selected));
    return chooseLabels(world, camera).map(({ text }) => text);
  };

  it("show near by, own ones from farther, selected ones always", () => {
    const all = [colony("a", 5_000, 5_000), colony("b", 5_000, 4_000, "own")];
    expect(texts(0.1, all)).toEqual([]);
    expect(texts(0.3, all)).toEqual(["b"]);
    expect(texts(0.1, all, ["a"])).toEqual(["a"]);
  });

  it("never lie over each other: the more telling one stays", () => {
    const all = [colony("stranger", 5_000, 5_000), colony("mine", 5_003, 5_002, "own")];
    expect(texts(1, all)).toEqual(["mine"]);
  });

  it("are few", () => {
    const all = Array.from({ length: 900 }, (_, n) =>
      colony(`${n}`, 4_500 + (n % 30) * 34, 4_600 + Math.floor(n / 30) * 34),
    );
    expect(texts(1, all).length).toBe(LABELS_MAX);
  });

  it("show only in view", () => {
    expect(texts(1, [colony("a", 100, 100)])).toEqual([]);
  });
});
