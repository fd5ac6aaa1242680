import { describe, expect, it } from "vitest";
import { depthsOf, layOut, type Tree } from "./layout";
import { directionOf, moved } from "./moves";

function technology(branch: string, technologies: Record<string, number> = {}) {
  return { branch, requires: { technologies } };
}

const tree: Tree = {
  drills: technology("economy"),
  reactor: technology("economy"),
  logistics: technology("economy", { drills: 1 }),
  automation: technology("economy", { reactor: 2, logistics: 1 }),
  ballistics: technology("military"),
  production: technology("military", { automation: 1 }),
  fabled: technology("legends", { ballistics: 3 }),
};

describe("depthsOf", () => {
  it("counts the longest way to each technology", () => {
    expect(Object.fromEntries(depthsOf(tree))).toEqual({
      drills: 0,
      reactor: 0,
      logistics: 1,
      automation: 2,
      ballistics: 0,
      production: 3,
      fabled: 1,
    });
  });

  it("ends where technologies need one another", () => {
    const circle = {
      egg: technology("economy", { hen: 1 }),
      hen: technology("economy", { egg: 1 }),
    };
    expect([...depthsOf(circle).keys()].sort()).toEqual(["egg", "hen"]);
  });
});

describe("layOut", () => {
  const layout = layOut(tree);

  it("gives every technology a place of its own", () => {
    const places = layout.nodes.map((one) => `${one.column}:${one.row}`);
    expect(new Set(places).size).toBe(Object.keys(tree).length);
  });

  it("keeps each branch in a lane, the known ones first", () => {
    expect(layout.lanes.map((lane) => lane.branch)).toEqual([
      "economy",
      "military",
      "legends",
    ]);
    for (const { branch, row, rows } of layout.lanes) {
      const inside = layout.nodes.filter((one) => one.branch === branch);
      expect(inside.every((one) => one.row >= row && one.row < row + rows)).toBe(true);
    }
    expect(layout.rows).toBe(layout.lanes.reduce((sum, lane) => sum + lane.rows, 0));
  });

  it("draws an edge from each prerequisite, with its level", () => {
    expect(layout.edges).toContainEqual({
      from: "reactor",
      to: "automation",
      level: 2,
    });
    expect(layout.edges).toHaveLength(5);
    const columns = new Map(layout.nodes.map((one) => [one.id, one.column]));
    for (const { from, to } of layout.edges) {
      expect(columns.get(from)).toBeLessThan(columns.get(to) ?? 0);
    }
  });
});

describe("moved", () => {
  const { nodes } = layOut(tree);

  it("follows the arrows along rows and columns", () => {
    expect(moved(nodes, "drills", "right")).toBe("logistics");
    expect(moved(nodes, "logistics", "left")).toBe("drills");
    expect(moved(nodes, "drills", "down")).toBe("reactor");
  });

  it("stays where nothing lies ahead", () => {
    expect(moved(nodes, "drills", "left")).toBe("drills");
    expect(moved(nodes, "drills", "up")).toBe("drills");
  });

  it("begins at the first when it was nowhere, and jumps to the ends", () => {
    expect(moved(nodes, "gone", "right")).toBe("drills");
    expect(moved(nodes, "logistics", "first")).toBe("drills");
    expect(moved(nodes, "logistics", "last")).toBe("fabled");
  });

  it("reaches every node from the first by arrows alone", () => {
    const seen = new Set(["drills"]);
    for (const id of seen) {
      for (const way of ["left", "right", "up", "down"] as const) {
        seen.add(moved(nodes, id, way));
      }
    }
    expect(seen.size).toBe(nodes.length);
  });

  it("knows the keys", () => {
    expect(directionOf("ArrowLeft")).toBe("left");
    expect(directionOf("a")).toBeNull();
  });
});
