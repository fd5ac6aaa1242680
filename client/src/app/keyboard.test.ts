import { describe, expect, it } from "vitest";
import { isTyping, wish } from "./keyboard";
import { DESTINATIONS, isAt } from "./navigation";
import { fits, isPage } from "./routes";

describe("a key", () => {
  it("leads to a page after g only", () => {
    expect(wish("m", true)).toEqual({ kind: "go", path: "/map" });
    expect(wish("m", false)).toBeNull();
    expect(wish("x", true)).toBeNull();
  });

  it("opens the sheet, searches, or waits for another", () => {
    expect(wish("?", false)?.kind).toBe("sheet");
    expect(wish("/", false)?.kind).toBe("search");
    expect(wish("g", false)?.kind).toBe("wait");
  });

  it("is one page's only", () => {
    const keys = [...DESTINATIONS.map(({ key }) => key), "n"];
    expect(new Set(keys).size).toBe(keys.length);
  });

  it.each([
    ['<input type="text" />', true],
    ["<textarea></textarea>", true],
    ["<select></select>", true],
    ['<div contenteditable="true"></div>', true],
    ['<input type="checkbox" />', false],
    ["<button></button>", false],
  ])("in %s is for the field: %s", (html, isField) => {
    const place = document.createElement("div");
    place.innerHTML = html;
    expect(isTyping(place.firstElementChild)).toBe(isField);
  });

  it("in a dialog is for the dialog", () => {
    const place = document.createElement("div");
    place.innerHTML = '<div role="dialog"><button></button></div>';
    expect(isTyping(place.querySelector("button"))).toBe(true);
  });
});

describe("a route", () => {
  it("fits its own paths", () => {
    expect(fits("/fleets/:id", "/fleets/7")).toBe(true);
    expect(fits("/fleets/:id", "/fleets")).toBe(false);
    expect(fits("/fleets", "/fleets/7")).toBe(false);
  });

  it("is there for every destination", () => {
    for (const { path } of DESTINATIONS)
      expect([path, isPage(path)]).toEqual([path, true]);
  });
});

describe("a destination", () => {
  it("is where its pages are, and the overview only at the root", () => {
    const at = (path: string) =>
      DESTINATIONS.filter((one) => isAt(one, path)).map(({ name }) => name);
    expect(at("/")).toEqual(["overview"]);
    expect(at("/fleets/7")).toEqual(["fleets"]);
    expect(at("/nowhere")).toEqual([]);
  });
});
