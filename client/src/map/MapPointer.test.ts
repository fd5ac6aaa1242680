import { afterEach, beforeEach, expect, test, vi } from "vitest";
import type { MapControl } from "./MapControl";
import { MapPointer } from "./MapPointer";

const LONG_MS = 1_000;

const foreseeTo = vi.fn();
const scene = { pick: () => null, toWorld: (x: number, y: number) => ({ x, y }) };
const control = { scene, foreseeTo } as unknown as MapControl;

let canvas: HTMLCanvasElement;
let pointer: MapPointer;

beforeEach(() => {
  vi.useFakeTimers();
  foreseeTo.mockClear();
  canvas = document.createElement("canvas");
  pointer = new MapPointer(canvas, control, () => undefined);
  vi.advanceTimersByTime(LONG_MS);
});

afterEach(() => {
  pointer.dispose();
  vi.useRealTimers();
});

function move(clientX: number): void {
  canvas.dispatchEvent(new MouseEvent("pointermove", { clientX, clientY: 0 }));
  vi.advanceTimersToNextFrame();
}

test("the course is foreseen to where the pointer comes to rest", () => {
  for (const x of [1, 2, 3]) move(x);
  expect(foreseeTo.mock.calls).toEqual([[1, 0]]);
  vi.advanceTimersByTime(LONG_MS);
  expect(foreseeTo.mock.calls).toEqual([
    [1, 0],
    [3, 0],
  ]);
});

test("nothing is foreseen for a pointer that left", () => {
  for (const x of [1, 2]) move(x);
  foreseeTo.mockClear();
  const forget = vi.fn();
  Object.assign(control, { forget });
  canvas.dispatchEvent(new MouseEvent("pointerleave"));
  vi.advanceTimersByTime(LONG_MS);
  expect(foreseeTo).not.toHaveBeenCalled();
  expect(forget).toHaveBeenCalled();
});
