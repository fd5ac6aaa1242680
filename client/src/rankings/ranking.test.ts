import { describe, expect, it } from "vitest";
import {
  boardOf,
  hasMore,
  type Line,
  nextAhead,
  ownLine,
  PAGE_LINES,
  pageOf,
  pathOf,
  type Ranking,
  winPercent,
} from "./ranking";

function line(rank: number, player: string, power: number): Line {
  return { rank, player, username: `name of ${player}`, power };
}

const ranking: Ranking = {
  name: "power",
  lines: [line(1, "a", 90), line(2, "b", 80)],
  around_me: [line(7, "g", 30), line(8, "me", 21), line(9, "i", 20)],
};

describe("ranking", () => {
  it("finds the own line wherever it is", () => {
    expect(ownLine(ranking, "me")?.rank).toBe(8);
    expect(ownLine(ranking, "a")?.rank).toBe(1);
    expect(ownLine(ranking, "nobody")).toBeNull();
  });

  it("says whom to overtake next", () => {
    expect(nextAhead(ranking, "me")).toEqual({ line: ranking.around_me[0], short: 10 });
    expect(nextAhead(ranking, "nobody")).toBeNull();
    const first = { ...ranking, around_me: [line(1, "me", 5), line(2, "b", 4)] };
    expect(nextAhead(first, "me")).toBeNull();
  });

  it("pages as the server counts", () => {
    expect(pathOf("battles", "1", 2)).toBe(
      `/leaderboards/battles?galaxy=1&limit=${PAGE_LINES}&offset=${2 * PAGE_LINES}`,
    );
    expect(pageOf(PAGE_LINES)).toBe(0);
    expect(pageOf(PAGE_LINES + 1)).toBe(1);
  });

  it("never asks beyond what the server reads", () => {
    expect(pathOf("power", "1", 1e9)).toContain("offset=100000");
  });

  it("turns on only while pages are full", () => {
    expect(hasMore(ranking)).toBe(false);
    const full = Array.from({ length: PAGE_LINES }, (_, i) => line(i, `${i}`, 1));
    expect(hasMore({ ...ranking, lines: full })).toBe(true);
  });

  it("takes only boards that there are", () => {
    expect(boardOf("arenas")).toBe("arenas");
    expect(boardOf("wealth")).toBe("power");
    expect(boardOf(null)).toBe("power");
  });

  it("counts victories only of who fought", () => {
    expect(winPercent({ ...line(1, "a", 1), battles: 3, victories: 2 })).toBe(67);
    expect(winPercent({ ...line(1, "a", 1), battles: 0 })).toBeNull();
  });
});
