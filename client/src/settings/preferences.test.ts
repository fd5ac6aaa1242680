import { describe, expect, it } from "vitest";
import { chosen, prefer, preferences } from "./preferences";

describe("what was stored", () => {
  it("is taken where it is a choice", () => {
    expect(chosen({ palette: "contrast" }).palette).toBe("contrast");
  });

  it.each([null, 7, "x", [], { palette: "pink", motion: 3 }])(
    "counts for nothing where it is none: %j",
    (kept) => {
      const all = chosen(kept);
      expect(all.palette).toBe("default");
      expect(all.motion).toBe("system");
    },
  );

  it("gives way to the browser's language where nothing was chosen", () => {
    expect(chosen(null, { language: "de" }).language).toBe("de");
    expect(chosen({ language: "en" }, { language: "de" }).language).toBe("en");
  });
});

describe("a preference", () => {
  it("is kept in the browser", () => {
    prefer("density", "compact");
    expect(preferences.getState().density).toBe("compact");
    expect(localStorage.getItem("gd.settings")).toContain("compact");
  });
});
