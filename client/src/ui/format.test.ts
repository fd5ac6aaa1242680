import { beforeAll, describe, expect, it } from "vitest";
import { changeLanguage, startText } from "../text";
import { formatAmount, formatDuration } from "./format";
import { refusalSentence } from "./refusal";

beforeAll(() => startText("en"));

describe("an amount", () => {
  it.each([
    [0, "0"],
    [980.9, "980"],
    [9_999, "9,999"],
    [10_000, "10k"],
    [12_499, "12.4k"],
    [99_999, "99.9k"],
    [123_999, "123k"],
    [3_149_000, "3.1M"],
    [-12_400, "-12.4k"],
  ])("of %d is shown as %s", (value, shown) => {
    expect(formatAmount(value, "en")).toBe(shown);
  });

  it("is never rounded up to what isn't there", () => {
    expect(formatAmount(999_999, "en")).toBe("999k");
  });
});

describe("a duration", () => {
  it.each([
    [0, "0s"],
    [1, "1s"],
    [59_000, "59s"],
    [61_000, "1m 1s"],
    [3_600_000, "1h"],
    [3_605_000, "1h"],
    [90_000_000, "1d 1h"],
  ])("of %d ms is shown as %s", (ms, shown) => {
    expect(formatDuration(ms)).toBe(shown);
  });
});

describe("a refusal", () => {
  it("says what is missing, by name", () => {
    const short = { minerals: 40.2 };
    expect(refusalSentence({ code: "not_enough_resources", short })).toBe(
      "Not enough resources. Missing: 41 Minerals.",
    );
    const missing = { buildings: { mine: 2 }, technologies: { ballistics: 1 } };
    expect(refusalSentence({ code: "requirements_missing", missing })).toBe(
      "Requirements are missing: Mine 2, Ballistics 1.",
    );
  });

  it("falls back on the server's words, and then on the code", () => {
    expect(refusalSentence({ code: "new_code", message: "It is so." })).toContain(
      "It is so.",
    );
    expect(refusalSentence({ code: "new_code" })).toContain("new_code");
  });

  it("speaks the language of the player", () => {
    changeLanguage("de");
    expect(refusalSentence({ code: "queue_full" })).toBe("Die Warteschlange ist voll.");
    changeLanguage("en");
  });
});
