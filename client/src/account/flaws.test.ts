import { describe, expect, it } from "vitest";
import { flawsIn, flawsOf } from "./flaws";

describe("flaws", () => {
  it("are none in a good name and password", () => {
    expect(flawsOf("Ann_9", "long enough")).toEqual({});
    expect(flawsOf("Ägypten-日本", "🔑🔑🔑🔑🔑🔑🔑🔑")).toEqual({});
  });

  it("are seen before anything is sent", () => {
    expect(flawsOf("", "")).toEqual({
      username: { key: "flaw_required" },
      password: { key: "flaw_required" },
    });
    expect(flawsOf("An", "short")).toEqual({
      username: { key: "flaw_length", min: 3, max: 32 },
      password: { key: "flaw_length", min: 8, max: 128 },
    });
    expect(flawsOf("Ann Smith", "long enough")).toEqual({
      username: { key: "flaw_characters" },
    });
  });

  it("are read from what the server says, in its words where they are new", () => {
    const fields = {
      username: ["Must be written in one script."],
      password: ["Length must be between 8 and 128."],
      email: ["Not a valid email address."],
    };
    expect(flawsIn({ code: "invalid", message: "", fields })).toEqual({
      username: { key: "flaw_script" },
      password: { key: "flaw_length", min: 8, max: 128 },
      email: { key: "flaw_email" },
    });
    const odd = { code: "invalid", message: "", fields: { username: ["Odd."] } };
    expect(flawsIn(odd)).toEqual({ username: { said: "Odd." } });
    expect(flawsIn(null)).toEqual({});
  });
});
