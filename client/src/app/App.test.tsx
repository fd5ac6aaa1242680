import { describe, expect, it } from "vitest";
import { wanted } from "./App";
import { isOutdated } from "./Failure";

describe("what was wanted before the login", () => {
  it("is where one goes afterwards", () => {
    expect(wanted({ wanted: "/map?x=1&y=2" })).toBe("/map?x=1&y=2");
  });

  it.each([null, {}, { wanted: 7 }, { wanted: "//evil" }, { wanted: "https://evil" }])(
    "is the overview where it is no page of ours: %j",
    (state) => expect(wanted(state)).toBe("/"),
  );
});

describe("a failure", () => {
  it("is that of an older build where code could not be fetched", () => {
    const gone = new TypeError("Failed to fetch dynamically imported module: /a.js");
    expect(isOutdated(gone)).toBe(true);
    expect(isOutdated(new Error("x is undefined"))).toBe(false);
  });
});
