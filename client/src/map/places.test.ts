import { beforeEach, describe, expect, test } from "vitest";
import { readCoordinates, readLook, writeLook } from "./address";
import {
  BOOKMARKS_MAX,
  readBookmarks,
  withBookmark,
  withoutBookmark,
  writeBookmarks,
} from "./bookmarks";
import { hitsFor } from "./jump";
import { onMap, regionAt, SECTORS_MAX, sectorAt, sectorsIn, viewOf } from "./places";
import { empireOf, fleetOf, foreignOf, RULES } from "./realm.fixture";
import { boxed, nextIn, SELECTED_MAX, stillThere, toggle } from "./selection";
import { gather } from "./things";

const GALAXY = { side: 10_000, sector: 100 };

describe("what the server is asked to show", () => {
  test("is the camera's sectors, with a margin", () => {
    const view = viewOf({ x0: 450, y0: 450, x1: 550, y1: 650 }, GALAXY);
    expect(view).toEqual({ x0: 300, y0: 300, x1: 700, y1: 800 });
  });

  test("does without the margin where it would be too much", () => {
    const view = viewOf({ x0: 1000, y0: 1000, x1: 3000, y1: 3000 }, GALAXY);
    expect(view).toEqual({ x0: 1000, y0: 1000, x1: 3000, y1: 3000 });
    expect(sectorsIn(view ?? { x0: 0, y0: 0, x1: 0, y1: 0 }, 100)).toBe(SECTORS_MAX);
  });

  test("is nothing where the camera sees too much", () => {
    expect(viewOf({ x0: 0, y0: 0, x1: 2001, y1: 2000 }, GALAXY)).toBeNull();
  });

  test("stays inside of the galaxy", () => {
    const view = viewOf({ x0: -500, y0: 9950, x1: 50, y1: 11_000 }, GALAXY);
    expect(view).toEqual({ x0: 0, y0: 9800, x1: 200, y1: 10_000 });
  });
});

describe("places", () => {
  test("have a sector and a region", () => {
    expect(sectorAt({ x: 99.9, y: 100 }, 100)).toBe("0:1");
    expect(regionAt({ x: 5000, y: 6199 }, RULES.galaxy)).toBe("core");
    expect(regionAt({ x: 5000, y: 6200 }, RULES.galaxy)).toBe("deep_space");
  });

  test("are brought inside of the galaxy", () => {
    expect(onMap({ x: -3, y: 10_000 }, 10_000)).toEqual({ x: 0, y: 9999.999 });
  });
});

describe("the address", () => {
  test("is read as it is written", () => {
    expect(readLook(writeLook({ x: 12.4, y: 99, zoom: 1.2345 }), 10_000)).toEqual({
      x: 12,
      y: 99,
      zoom: 1.23,
    });
  });

  test.each(["", "?x=1", "?x=a&y=2", "?x=-1&y=2", "?x=1&y=10001"])(
    "names no place: %j",
    (search) => {
      expect(readLook(search, 10_000)).toBeNull();
    },
  );

  test.each(["12, 34", "12 34", "(12|34)", "12:34", " 12/34 "])(
    "%j is a place",
    (text) => {
      expect(readCoordinates(text, 10_000)).toEqual({ x: 12, y: 34 });
    },
  );

  test("names are no coordinates", () => {
    expect(readCoordinates("Colony 12", 10_000)).toBeNull();
    expect(readCoordinates("12 10000", 10_000)).toBeNull();
  });
});

describe("bookmarks", () => {
  beforeEach(() => localStorage.clear());

  test("are kept for each player apart", () => {
    writeBookmarks(localStorage, "me", [{ name: "Rich", x: 1, y: 2 }]);
    expect(readBookmarks(localStorage, "me")).toEqual([{ name: "Rich", x: 1, y: 2 }]);
    expect(readBookmarks(localStorage, "them")).toEqual([]);
  });

  test("are none where what is kept makes no sense", () => {
    localStorage.setItem("gd.bookmarks.me", "{broken");
    expect(readBookmarks(localStorage, "me")).toEqual([]);
    localStorage.setItem("gd.bookmarks.me", '[{"name":1},{"name":"a","x":1,"y":2}]');
    expect(readBookmarks(localStorage, "me")).toHaveLength(1);
  });

  test("are one a place, and no more than the limit", () => {
    const one = withBookmark([], { name: " Old ", x: 1.4, y: 2 });
    expect(withBookmark(one, { name: "New", x: 1, y: 2 })).toEqual([
      { name: "New", x: 1, y: 2 },
    ]);
    const all = Array.from({ length: BOOKMARKS_MAX }, (_, x) => ({
      name: "",
      x,
      y: 0,
    }));
    expect(withBookmark(all, { name: "More", x: 99, y: 0 })).toBe(all);
    expect(withoutBookmark(all, { x: 3, y: 0 })).toHaveLength(BOOKMARKS_MAX - 1);
  });

  test("say so when there is no room", () => {
    const full = {
      getItem: () => null,
      setItem: () => {
        throw new Error("full");
      },
    };
    expect(writeBookmarks(full, "me", [])).toBe(false);
  });
});

describe("the search for a place", () => {
  const rooms = { "sector:55:55:full": { view: { colonies: { c9: foreignOf() } } } };
  const own = empireOf([fleetOf({ name: "Far scouts" })]);
  const things = gather({ own, rooms, icons: null }, 0);

  test("finds own things first, and by part of a name", () => {
    const hits = hitsFor("far", things, [{ name: "Afar", x: 1, y: 1 }], 10_000);
    expect(hits.map(({ kind, name }) => [kind, name])).toEqual([
      ["fleet", "Far scouts"],
      ["bookmark", "Afar"],
      ["colony", "Far (bob)"],
    ]);
  });

  test("takes coordinates as they are", () => {
    expect(hitsFor("12 34", things, [], 10_000)).toMatchObject([
      { kind: "coordinates", x: 12, y: 34, key: null },
    ]);
  });
});

describe("the selection", () => {
  test("takes fleets out of a box before all else", () => {
    const found = [
      { id: "colony:1", kind: "colony", stance: "own" },
      { id: "fleet:1", kind: "fleet", stance: "own" },
      { id: "fleet:2", kind: "fleet", stance: "hostile" },
    ];
    expect(boxed(found, [])).toEqual(["fleet:1"]);
    expect(boxed(found.slice(0, 1), ["fleet:9"])).toEqual(["fleet:9", "colony:1"]);
    expect(boxed(found.slice(2), [])).toEqual(["fleet:2"]);
  });

  test("grows and shrinks by one, up to the limit", () => {
    expect(toggle(["a"], "b")).toEqual(["a", "b"]);
    expect(toggle(["a", "b"], "a")).toEqual(["b"]);
    const full = Array.from({ length: SELECTED_MAX }, (_, index) => `${index}`);
    expect(toggle(full, "more")).toBe(full);
  });

  test("loses what is gone, and stays the same otherwise", () => {
    const both = ["a", "b"];
    expect(stillThere(both, () => true)).toBe(both);
    expect(stillThere(both, (key) => key === "b")).toEqual(["b"]);
  });

  test("goes around", () => {
    expect(nextIn(["a", "b"], [], 1)).toBe("a");
    expect(nextIn(["a", "b"], ["b"], 1)).toBe("a");
    expect(nextIn(["a", "b"], ["a"], -1)).toBe("b");
    expect(nextIn([], ["a"], 1)).toBeNull();
  });
});
