import { describe, expect, it } from "vitest";
import { Fog } from "./fog";

describe("fog", () => {
  it("is thick where nothing was ever seen", () => {
    const fog = new Fog();
    fog.set(new Set(), new Set());
    expect(fog.at(5_000, 5_000)).toBeGreaterThan(0.5);
  });

  it("lifts where vision is, and thins where it once was", () => {
    const square = (x0: number) =>
      new Set(
        Array.from(
          { length: 25 },
          (_, n) => `${x0 + (n % 5)}:${50 + Math.floor(n / 5)}`,
        ),
      );
    const fog = new Fog();
    fog.set(square(50), square(60));
    const [seen, known, unseen] = [5_250, 6_250, 8_000].map((x) => fog.at(x, 5_250));
    expect(seen).toBe(0);
    expect(known).toBeGreaterThan(0.2);
    expect(known).toBeLessThan(unseen as number);
  });

  it("has soft edges", () => {
    const fog = new Fog();
    fog.set(new Set(["50:50"]), new Set());
    const edge = fog.at(5_150, 5_050);
    expect(edge).toBeGreaterThan(fog.at(5_050, 5_050));
    expect(edge).toBeLessThan(fog.at(5_350, 5_050));
  });

  it("passes over what is no sector", () => {
    const fog = new Fog();
    fog.set(new Set(["100:0", "-1:4", "x", "5"]), new Set());
    expect(fog.at(50, 50)).toBeGreaterThan(0.5);
  });
});
