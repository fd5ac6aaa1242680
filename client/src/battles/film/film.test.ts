import { beforeEach, describe, expect, it, vi } from "vitest";
import type { HttpFrames } from "../model/views";

const get = vi.fn();
const post = vi.fn();
vi.mock("../../sync", () => ({ http: { get, post } }));

const { loadedTo, NO_FILM, talliesAt, withPage } = await import("./film");
const { loadFilm } = await import("./load");
const { FilmReel } = await import("./store");

/** A page of frames, one ship of force `b` that goes 1 unit a tick. */
function page(ticks: number[], next_tick: number | null): HttpFrames {
  return {
    engine: 1,
    tick: ticks.at(-1) ?? 0,
    chain: `chain ${ticks.at(-1)}`,
    over: next_tick === null,
    winner: 0,
    next_tick,
    forces: ["a", "b"],
    units: ["fighter", "cruiser"],
    frames: ticks.map((tick) => ({
      tick,
      id: [7],
      force: [1],
      unit: [1],
      ships: [2],
      x: [tick],
      y: [0],
      hp: [90],
      target: [-1],
      forces: {
        b: { ships: { cruiser: 2 }, lost: {}, dealt: tick, state: "fighting" },
      },
    })),
  };
}

const ok = (data: unknown) => ({ ok: true, data });
const refused = (code: string, more = {}) => ({
  ok: false,
  error: { code, message: "", ...more },
});
const source = { kind: "replay", token: "1.x.y" } as const;

beforeEach(() => {
  get.mockReset();
  post.mockReset();
});

describe("a film", () => {
  it("reads columns", () => {
    const film = withPage(NO_FILM, page([0, 10], null));
    expect(film.frames[1]?.pieces).toEqual([
      { id: 7, force: "b", unit: "cruiser", ships: 2, x: 10, y: 0, hp: 90 },
    ]);
    expect(loadedTo(film)).toBe(10);
  });

  it("takes each frame once", () => {
    const film = withPage(withPage(NO_FILM, page([0, 10], 11)), page([10, 20], null));
    expect(film.frames.map(({ tick }) => tick)).toEqual([0, 10, 20]);
    expect(film.chain).toBe("chain 20");
  });

  it("tells what is left at a tick, by the frame before it", () => {
    const film = withPage(NO_FILM, page([0, 10, 20], null));
    expect(talliesAt(film, 19).b?.dealt).toBe(10);
    expect(talliesAt(film, 999).b?.dealt).toBe(20);
    expect(talliesAt(NO_FILM, 3)).toEqual({});
  });
});

describe("loading a film", () => {
  const signal = new AbortController().signal;
  const wait = vi.fn(async () => {});

  it("asks page after page, and tells of each", async () => {
    get.mockResolvedValueOnce(ok(page([0, 10], 11)));
    get.mockResolvedValueOnce(ok(page([], 11)));
    get.mockResolvedValueOnce(ok(page([20], null)));
    const told: number[] = [];
    const onFilm = (film: typeof NO_FILM) => void told.push(film.frames.length);
    expect(await loadFilm(source, { onFilm, signal, wait })).toBeNull();
    expect(told).toEqual([2, 2, 3]);
    expect(get.mock.calls.map(([path]) => path)).toEqual([
      "/replays/1.x.y/frames?from_tick=0",
      "/replays/1.x.y/frames?from_tick=11",
      "/replays/1.x.y/frames?from_tick=11",
    ]);
  });

  it("waits for its turn where the server is busy", async () => {
    get.mockResolvedValueOnce(refused("busy", { retry_after_ms: 2_000 }));
    get.mockResolvedValueOnce(ok(page([0], null)));
    expect(await loadFilm(source, { onFilm: () => {}, signal, wait })).toBeNull();
    expect(wait).toHaveBeenCalledWith(2_000);
  });

  it("gives up after a number of tries, and at once where it is refused", async () => {
    get.mockResolvedValue(refused("busy", { retry_after_ms: 1 }));
    const busy = await loadFilm(source, { onFilm: () => {}, signal, wait });
    expect(busy?.code).toBe("busy");
    expect(get.mock.calls.length).toBeLessThan(10);
    get.mockReset();
    get.mockResolvedValue(refused("not_found"));
    const absent = await loadFilm(source, { onFilm: () => {}, signal, wait });
    expect(absent?.code).toBe("not_found");
    expect(get).toHaveBeenCalledTimes(1);
  });

  it("stops when nobody watches any more", async () => {
    const abort = new AbortController();
    get.mockImplementation(async () => {
      abort.abort();
      return ok(page([0], 1));
    });
    const onFilm = vi.fn();
    await loadFilm(source, { onFilm, signal: abort.signal, wait });
    expect(onFilm).not.toHaveBeenCalled();
    expect(get).toHaveBeenCalledTimes(1);
  });
});

describe("playing a film", () => {
  it("plays as it loads, seeks, and stops at the end", async () => {
    post.mockResolvedValueOnce(ok(page([0, 10, 20], null)));
    const reel = new FilmReel();
    const asked = { forces: [] };
    await reel.load({ kind: "simulation", asked }, new AbortController().signal);
    expect(post).toHaveBeenCalledWith("/simulator/frames?from_tick=0", asked);
    reel.advance(500);
    expect(reel.tick).toBe(5);
    reel.act({ type: "seek", ticks: 15 });
    expect(reel.tick).toBe(15);
    reel.advance(60_000);
    expect(reel.tick).toBe(20);
    expect(reel.store.getState().at.playing).toBe(false);
  });
});
