import { describe, expect, it } from "vitest";
import { ask } from "./pathfinder";
import type { Asked } from "./worker";

const HERE = { x: 1, y: 2 };

/** A worker that keeps what it is told, and answers when it is made to. */
class Desk {
  told: Asked[] = [];
  isEnded = false;
  onmessage: ((event: { data: unknown }) => void) | null = null;
  onerror: (() => void) | null = null;
  postMessage(message: Asked) {
    this.told.push(message);
  }
  terminate() {
    this.isEnded = true;
  }
  answer(number: number) {
    this.onmessage?.({ data: { number, way: [HERE] } });
  }
}

function asking() {
  const desk = new Desk();
  const finder = ask(desk as unknown as Worker, { hazards: {}, protected: [] });
  const find = () => finder.find(HERE, HERE, { warships: true });
  return { desk, finder, find };
}

describe("a pathfinder", () => {
  it("tells the terrain first, then questions by number", () => {
    const { desk, find } = asking();
    void find();
    expect(desk.told.map(({ kind }) => kind)).toEqual(["terrain", "question"]);
  });

  it("gives each its own answer, in any order", async () => {
    const { desk, find } = asking();
    const first = find();
    const second = find();
    desk.answer(2);
    desk.answer(1);
    expect(await first).toEqual([HERE]);
    expect(await second).toEqual([HERE]);
  });

  it("gives up the oldest question when too many wait", async () => {
    const { find } = asking();
    const first = find();
    for (let n = 0; n < 32; n++) void find();
    expect(await first).toBeNull();
  });

  it("answers nothing but null once its worker failed or was ended", async () => {
    const { desk, finder, find } = asking();
    const failed = find();
    desk.onerror?.();
    expect(await failed).toBeNull();
    const open = find();
    finder.dispose();
    expect(await open).toBeNull();
    expect(desk.isEnded).toBe(true);
  });
});
