import { describe, expect, it } from "vitest";
import { preferredLanguage } from "./index";
import { text as names } from "./names";
import { text as refusals } from "./refusals";

describe("names", () => {
  it("are there for every building, unit and technology in both languages", () => {
    expect(Object.keys(names.en.building)).toHaveLength(12);
    expect(Object.keys(names.en.technology)).toHaveLength(24);
    expect(Object.keys(names.de.unit)).toEqual(Object.keys(names.en.unit));
  });

  it("are sentences where they tell of refusals", () => {
    for (const said of Object.values({ ...refusals.en, ...refusals.de })) {
      expect(said).toMatch(/[.?!]$/);
    }
  });
});

describe("the preferred language", () => {
  it.each([
    [["de-AT", "en"], "de"],
    [["fr", "de"], "de"],
    [["fr", "pl"], "en"],
    [[], "en"],
  ] as const)("of %j is %s", (wanted, language) => {
    expect(preferredLanguage(wanted)).toBe(language);
  });
});
