import { describe, expect, it } from "vitest";
import { affordable, fill, fullAt, reached, type Stock } from "./stock";

const HOUR_MS = 3_600_000;

const stock: Stock = {
  amounts: { minerals: 500, energy: 1200 },
  rates_per_hour: { minerals: 250, energy: 100 },
  capacity: { minerals: 1000, energy: 1000 },
  at_ms: 0,
  until_ms: 10 * HOUR_MS,
};

describe("stock", () => {
  it("is full when growth meets the capacity", () => {
    expect(fullAt(stock, "minerals", HOUR_MS)).toBe(2 * HOUR_MS);
  });

  it("is full already above its capacity, as after a refund", () => {
    expect(fullAt(stock, "energy", 5)).toBe(5);
    expect(fill(stock, "energy", 5)).toBe(1);
  });

  it("never gets full once it sleeps", () => {
    expect(fullAt({ ...stock, until_ms: HOUR_MS }, "minerals", 0)).toBeNull();
  });

  it("reaches at once what it holds", () => {
    expect(reached(stock, "minerals", 500, 0)).toEqual({ at_ms: 0 });
  });

  it("knows nothing of a resource that it doesn't have", () => {
    expect(reached(stock, "credits", 1, 0)).toEqual({ never: "storage" });
  });

  it("pays as often as the scarcest allows", () => {
    expect(affordable(stock, { minerals: 200, energy: 100 }, 0)).toBe(2);
    expect(affordable(stock, { minerals: 200 }, HOUR_MS)).toBe(3);
    expect(affordable(stock, {}, 0)).toBe(Number.POSITIVE_INFINITY);
  });
});
