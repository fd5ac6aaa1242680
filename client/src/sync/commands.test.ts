import { afterEach, describe, expect, it } from "vitest";
import { Commands, PATIENCE_MS, UNDER_WAY_MAX } from "./commands";
import { forgetPendings, pendings } from "./pending";
import type { Ack } from "./refusal";
import { FakeTimers, settled } from "./testing/fakeTimers";

interface Sent {
  readonly name: string;
  readonly id: string;
  readonly patience_ms: number;
  readonly answer: (ack: Ack) => void;
}

function ready() {
  const timers = new FakeTimers();
  const sent: Sent[] = [];
  const world = { isOpen: true, shownAt_ms: 0, catchesUp: true };
  let ids = 0;
  const commands = new Commands({
    timers,
    isOpen: () => world.isOpen,
    request: (name, data, patience_ms) =>
      new Promise((answer) => {
        const { id } = data as { id: string };
        sent.push({ name, id, patience_ms, answer });
        timers.later(() => answer(no("unavailable")), patience_ms);
      }),
    newId: () => `id${ids++}`,
    serverNow: () => timers.now(),
    shownAt_ms: () => world.shownAt_ms,
    catchUp: () => Promise.resolve(world.catchesUp),
  });
  return { timers, sent, world, commands };
}

function ok(at_ms = 0): Ack {
  return { ok: true, id: null, at_ms, result: {} };
}

function no(code: string, retry_after_ms?: number): Ack {
  const error = { code, message: "", ...(retry_after_ms ? { retry_after_ms } : {}) };
  return { ok: false, id: null, at_ms: 0, error };
}

const HOME = { colony: "home", building: "mine" };

afterEach(forgetPendings);

describe("commands", () => {
  it("are sent one after another on one thing, and side by side on several", async () => {
    const { commands, sent } = ready();
    void commands.send("colonies.build", HOME);
    void commands.send("colonies.rename", { colony: "home", name: "New" });
    void commands.send("colonies.rename", { colony: "far", name: "Far" });
    expect(sent.map((one) => one.id)).toEqual(["id0", "id2"]);
    sent[0]?.answer(ok());
    await settled();
    expect(sent.map((one) => one.id)).toEqual(["id0", "id2", "id1"]);
  });

  it("keep research in order, wherever it is done", () => {
    const { commands, sent } = ready();
    void commands.send("research.start", { colony: "home", technology: "sensors" });
    void commands.send("research.cancel", { technology: "sensors" });
    expect(sent).toHaveLength(1);
  });

  it("wait for a connection, and are sent then", async () => {
    const { commands, sent, world } = ready();
    world.isOpen = false;
    const ack = commands.send("colonies.build", HOME);
    expect(sent).toEqual([]);
    expect(pendings()).toHaveLength(1);
    world.isOpen = true;
    commands.resend();
    sent[0]?.answer(ok());
    expect(await ack).toMatchObject({ ok: true });
  });

  it("are withdrawn when nothing was heard for half a minute", async () => {
    const { commands, timers, world } = ready();
    world.isOpen = false;
    const ack = commands.send("colonies.build", HOME);
    await timers.pass(PATIENCE_MS - 1);
    expect(pendings()).toHaveLength(1);
    await timers.pass(1);
    expect(await ack).toMatchObject({ ok: false, error: { code: "unavailable" } });
    expect(pendings()).toEqual([]);
  });

  it("are repeated with the same id after a silence, a break, or where all are busy", async () => {
    const { commands, timers, sent } = ready();
    const ack = commands.send("colonies.build", HOME);
    await timers.pass(10_600);
    expect(sent).toHaveLength(2);
    commands.resend();
    sent[1]?.answer(no("busy", 40));
    await timers.pass(50);
    expect(new Set(sent.map((one) => one.id))).toEqual(new Set(["id0"]));
    sent[sent.length - 1]?.answer(ok());
    expect(await ack).toMatchObject({ ok: true });
  });

  it("are repeated only so often", async () => {
    const { commands, timers, sent } = ready();
    let last: Ack | undefined;
    void commands.send("colonies.build", HOME).then((ack) => {
      last = ack;
    });
    for (let turn = 0; turn < 20; turn++) {
      sent[sent.length - 1]?.answer(no("busy", 10));
      await timers.pass(20);
    }
    expect(last).toMatchObject({ ok: false, error: { code: "busy" } });
    expect(sent).toHaveLength(9);
  });

  it("are refused at once where the server wants more patience than we have", async () => {
    const { commands, sent } = ready();
    const ack = commands.send("colonies.build", HOME);
    sent[0]?.answer(no("rate_limited", 45_000));
    expect(await ack).toMatchObject({ error: { code: "rate_limited" } });
    expect(sent).toHaveLength(1);
  });

  it("are never repeated where the rules refused", async () => {
    const { commands, sent } = ready();
    const ack = commands.send("colonies.build", HOME);
    sent[0]?.answer(no("queue_full"));
    expect(await ack).toMatchObject({ error: { code: "queue_full" } });
    expect(pendings()).toEqual([]);
  });

  it("leave the list with an ack that an earlier snapshot holds already", async () => {
    const { commands, sent, world } = ready();
    void commands.send("colonies.build", HOME);
    world.shownAt_ms = 70;
    sent[0]?.answer(ok(60));
    await settled();
    expect(pendings()).toEqual([]);
  });

  it("stay until their effect is told, or is known to be none", async () => {
    const { commands, sent, timers, world } = ready();
    world.catchesUp = false;
    void commands.send("colonies.build", HOME);
    sent[0]?.answer(ok(60));
    await timers.pass(1_900);
    expect(pendings()[0]?.ack).toMatchObject({ at_ms: 60 });
    await timers.pass(4_000);
    expect(pendings()).toHaveLength(1);
    world.catchesUp = true;
    await timers.pass(2_000);
    expect(pendings()).toEqual([]);
  });

  it("take each broadcast for one of them only", async () => {
    const { commands } = ready();
    void commands.send("colonies.build", HOME);
    void commands.send("colonies.build", HOME);
    const told = { type: "colonies.building_started", seq: 1, at_ms: 1, ...HOME };
    commands.heard(told);
    expect(pendings().map((one) => one.isEchoed)).toEqual([true, undefined]);
    commands.heard({ ...told, seq: 2 });
    expect(pendings().map((one) => one.isEchoed)).toEqual([true, true]);
  });

  it("are bounded, and foreseen only where that makes sense", async () => {
    const { commands, world } = ready();
    world.isOpen = false;
    void commands.send("fleets.attack", { fleet: "f" });
    expect(pendings()).toEqual([]);
    for (let n = 1; n < UNDER_WAY_MAX; n++) void commands.send("colonies.build", HOME);
    expect(await commands.send("colonies.build", HOME)).toMatchObject({
      error: { code: "busy" },
    });
  });

  it("all end when the player leaves", async () => {
    const { commands } = ready();
    const ack = commands.send("colonies.build", HOME);
    commands.stop();
    expect(await ack).toMatchObject({ ok: false });
  });
});
