import { afterEach, beforeEach, describe, expect, it, vi } from "vitest";
import { Loop } from "./loop";

describe("a loop of frames", () => {
  beforeEach(() => {
    vi.useFakeTimers({
      toFake: [
        "requestAnimationFrame",
        "cancelAnimationFrame",
        "setTimeout",
        "clearTimeout",
      ],
    });
  });
  afterEach(() => {
    vi.restoreAllMocks();
    vi.useRealTimers();
  });

  it("draws once and rests while nothing moves", () => {
    const step = vi.fn(() => Number.POSITIVE_INFINITY);
    const loop = new Loop(step);
    vi.advanceTimersByTime(1_000);
    expect(step).toHaveBeenCalledTimes(1);
    loop.wake();
    loop.wake();
    vi.advanceTimersByTime(1_000);
    expect(step).toHaveBeenCalledTimes(2);
    loop.end();
  });

  it("draws frame after frame while something moves", () => {
    const step = vi.fn(() => 0);
    const loop = new Loop(step);
    vi.advanceTimersByTime(500);
    expect(step.mock.calls.length).toBeGreaterThan(20);
    loop.end();
  });

  it("waits as long as it is told, or until it is woken", () => {
    const step = vi.fn(() => 400);
    const loop = new Loop(step);
    vi.advanceTimersByTime(300);
    expect(step).toHaveBeenCalledTimes(1);
    loop.wake();
    vi.advanceTimersByTime(50);
    expect(step).toHaveBeenCalledTimes(2);
    vi.advanceTimersByTime(420);
    expect(step).toHaveBeenCalledTimes(3);
    loop.end();
  });

  it("rests while the page is hidden, and goes on after", () => {
    const step = vi.fn(() => 0);
    const loop = new Loop(step);
    vi.advanceTimersByTime(100);
    const hidden = vi.spyOn(document, "hidden", "get").mockReturnValue(true);
    vi.advanceTimersByTime(50);
    const before = step.mock.calls.length;
    vi.advanceTimersByTime(500);
    expect(step.mock.calls.length).toBe(before);
    hidden.mockReturnValue(false);
    document.dispatchEvent(new Event("visibilitychange"));
    vi.advanceTimersByTime(100);
    expect(step.mock.calls.length).toBeGreaterThan(before);
    loop.end();
  });

  it("draws nothing once it is ended", () => {
    const step = vi.fn(() => 0);
    const loop = new Loop(step);
    loop.end();
    loop.wake();
    vi.advanceTimersByTime(500);
    expect(step).not.toHaveBeenCalled();
  });
});
