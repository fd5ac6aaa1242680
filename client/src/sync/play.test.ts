/** Play against a server that is slow, loses broadcasts and breaks connections. */
import { afterEach, beforeEach, describe, expect, it } from "vitest";
import vectors from "../../../tests/vectors/formulas.json";
import { statusOf } from "./connection";
import { type Empire, NO_EMPIRE } from "./empire";
import { empireStore, followEmpire, showEmpireOf } from "./empireStore";
import { pendings } from "./pending";
import { Play } from "./play";
import type { Ack } from "./refusal";
import { roomsState } from "./rooms";
import { type Rules, rulesRead } from "./rules";
import { FakeServer, type Weather } from "./testing/fakeServer";
import { chance, FakeTimers } from "./testing/fakeTimers";
import { colonyOf } from "./testing/specimens";

const RULES = endless(vectors.rules as unknown as Rules);
const RICH = { energy: 1e9, minerals: 1e9, rare_elements: 1e9, population: 1e9 };
const START_MS = 1_000_000;

/** Let lines never be full, so that every order fits. */
function endless(rules: Rules): Rules {
  return { ...rules, colonies: { ...rules.colonies, queue_max: 10_000 } };
}

function empireOf(): Empire {
  const buildings = { shipyard: 5, mine: 1, power_plant: 1 };
  const homes = ["home", "far"].map((id) => [
    id,
    colonyOf({ id, buildings, amounts: RICH }),
  ]);
  return {
    ...NO_EMPIRE,
    player: { ...NO_EMPIRE.player, id: "me" },
    colonies: Object.fromEntries(homes),
  };
}

function begun(seed: number, weather: Partial<Weather> = {}) {
  const random = chance(seed);
  const timers = new FakeTimers(START_MS);
  const server = new FakeServer(empireOf(), RULES, timers, random);
  server.weather = { ...server.weather, ...weather };
  let ids = 0;
  const play = new Play({
    dial: server.dial,
    timers,
    random,
    newId: () => `id-${seed}-${ids++}`,
    serverNow: () => timers.now(),
    isOffline: () => false,
    credentials: () => ({ token: "t", galaxy: "1" }),
    refused: () => Promise.resolve(false),
    noticed: () => undefined,
    welcomed: () => undefined,
    toldOwn: () => undefined,
    toldSector: () => undefined,
    changed: () => undefined,
  });
  showEmpireOf("me");
  return { random, timers, server, play };
}

/** Name the training orders of a view by their counts, which tests draw once each. */
function countsIn(empire: Empire): number[] {
  return Object.values(empire.colonies).flatMap(({ queue }) =>
    queue.flatMap((one) => (one.kind === "training" ? [one.count] : [])),
  );
}

let end = () => {};

beforeEach(() => {
  rulesRead.store.setState({ data: RULES });
  end = followEmpire();
});

afterEach(() => {
  end();
  showEmpireOf("");
});

describe("a quiet connection", () => {
  it("shows the empire once its room was resumed, and is live then", async () => {
    const { play, timers } = begun(1);
    expect(statusOf(play.signs)).toBe("offline");
    play.link.start();
    await timers.pass(10);
    await timers.pass(500);
    expect(statusOf(play.signs)).toBe("live");
    expect(empireStore.getState().isReady).toBe(true);
    expect(empireStore.getState().empire.player.id).toBe("me");
    play.forget();
    expect(roomsState()).toEqual({});
  });

  it("shows an order at once, marked until it is confirmed", async () => {
    const { play, timers } = begun(2);
    play.link.start();
    await timers.pass(500);
    const sent = play.commands.send("colonies.train", {
      colony: "home",
      unit: "scout",
      count: 3,
    });
    const [order] = empireStore.getState().empire.colonies.home?.queue ?? [];
    expect(order).toMatchObject({ count: 3, pending: true });
    await timers.pass(500);
    expect(await sent).toMatchObject({ ok: true });
    const [confirmed] = empireStore.getState().empire.colonies.home?.queue ?? [];
    expect(confirmed).not.toHaveProperty("pending");
    expect(pendings()).toEqual([]);
    play.forget();
  });

  it("takes back what is refused", async () => {
    const { play, timers, server } = begun(3, { refused: 1 });
    play.link.start();
    await timers.pass(500);
    const before = empireStore.getState().empire;
    const sent = play.commands.send("colonies.rename", { colony: "home", name: "New" });
    expect(empireStore.getState().empire.colonies.home?.name).toBe("New");
    await timers.pass(500);
    expect(await sent).toMatchObject({ ok: false, error: { code: "out_of_range" } });
    expect(empireStore.getState().empire).toEqual(before);
    expect(server.effects.size).toBe(0);
    play.forget();
  });

  it("is catching up while it isn't, and offline once the line broke", async () => {
    const { play, timers, server } = begun(4, { slowest_ms: 400 });
    play.link.start();
    await timers.pass(2_000);
    expect(statusOf(play.signs)).toBe("live");
    server.weather = { ...server.weather, lost: 1 };
    server.happen("colonies.renamed", { colony: "home", changes: { name: "Lost" } });
    server.weather = { ...server.weather, lost: 0 };
    server.happen("colonies.minded", { colony: "home", changes: {} });
    await timers.pass(410);
    expect(statusOf(play.signs)).toBe("catching_up");
    await timers.pass(3_000);
    expect(statusOf(play.signs)).toBe("live");
    expect(empireStore.getState().empire.colonies.home?.name).toBe("Lost");
    server.breakLines();
    expect(statusOf(play.signs)).toBe("offline");
    await timers.pass(5_000);
    expect(statusOf(play.signs)).toBe("live");
    play.forget();
  });

  it("is not live when nothing was heard for longer than the server's pings", async () => {
    const { play, timers } = begun(5);
    play.link.start();
    await timers.pass(500);
    await timers.pass(31_000);
    expect(statusOf(play.signs)).toBe("catching_up");
    play.forget();
  });

  it("is updating from the farewell until it is welcomed elsewhere", async () => {
    const { play, timers, server } = begun(6);
    play.link.start();
    await timers.pass(500);
    server.notice("draining");
    await timers.pass(50);
    expect(statusOf(play.signs)).toBe("updating");
    server.breakLines();
    expect(statusOf(play.signs)).toBe("updating");
    await timers.pass(900);
    expect(statusOf(play.signs)).toBe("live");
    play.forget();
  });

  it("resumes everything when the server asks for it", async () => {
    const { play, timers, server } = begun(7);
    play.link.start();
    await timers.pass(500);
    const before = server.heard.filter((name) => name === "resume").length;
    server.notice("resync");
    await timers.pass(4_000);
    const after = server.heard.filter((name) => name === "resume").length;
    expect(after).toBe(before + 1);
    play.forget();
  });
});

describe("a rough connection", () => {
  const WEATHERS: readonly Partial<Weather>[] = [
    { slowest_ms: 5 },
    { slowest_ms: 800 },
    { slowest_ms: 100, busy: 0.3, refused: 0.2 },
    { slowest_ms: 60, lost: 0.3 },
    { slowest_ms: 60, lost: 0.3, historyMax: 1 },
    { slowest_ms: 300, lost: 0.2, busy: 0.1, refused: 0.1, historyMax: 3 },
  ];
  const SEEDS = 12;

  for (const weather of WEATHERS) {
    it(`neither loses nor doubles commands: ${JSON.stringify(weather)}`, async () => {
      for (let seed = 0; seed < SEEDS; seed++) await storm(seed + 10, weather);
    });
  }

  async function storm(seed: number, weather: Partial<Weather>): Promise<void> {
    const { play, timers, server, random } = begun(seed, weather);
    play.link.start();
    await timers.pass(6_000);
    const told = new Map<number, Ack>();
    const given: number[] = [];
    const [vanished, doubled] = [new Set<number>(), new Set<number>()];
    const ends = empireStore.subscribe(({ empire }) => {
      const shown = countsIn(empire);
      for (const one of given) if (!shown.includes(one)) vanished.add(one);
      for (const [at, one] of shown.entries()) {
        if (shown.indexOf(one) !== at) doubled.add(one);
      }
    });
    for (let turn = 0; turn < 12; turn++) {
      const colony = random() < 0.6 ? "home" : "far";
      const count = turn + 1;
      const data = { colony, unit: "scout", count };
      void play.commands.send("colonies.train", data).then((ack) => {
        told.set(count, ack);
      });
      given.push(count);
      if (random() < 0.3) server.breakLines();
      if (random() < 0.3) {
        server.happen("colonies.renamed", {
          colony,
          changes: { name: `Name ${turn}` },
        });
      }
      await timers.pass(random() * 300);
    }
    server.weather = { ...server.weather, lost: 0 };
    await timers.pass(32_000);
    server.happen("colonies.renamed", { colony: "home", changes: { name: "Last" } });
    await timers.pass(10_000);
    ends();
    expect(pendings()).toEqual([]);
    expect(told.size).toBe(given.length);
    expect([...server.effects.values()].every((times) => times === 1)).toBe(true);
    const { empire, confirmed } = empireStore.getState();
    expect(empire).toBe(confirmed);
    expect(empire).toEqual(server.truth);
    const accepted = given.filter((one) => told.get(one)?.ok);
    expect([...doubled]).toEqual([]);
    expect([...vanished].filter((one) => accepted.includes(one))).toEqual([]);
    expect(countsIn(empire).sort()).toEqual(expect.arrayContaining(accepted.sort()));
    inOrder(empire, given);
    play.forget();
  }

  /** Commands on one colony take effect in the order in which they were given. */
  function inOrder(empire: Empire, given: readonly number[]): void {
    for (const { queue } of Object.values(empire.colonies)) {
      const counts = queue.flatMap((one) =>
        one.kind === "training" ? [one.count] : [],
      );
      expect(counts).toEqual(given.filter((one) => counts.includes(one)));
    }
  }
});
