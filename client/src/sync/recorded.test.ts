/** Play a session again that was recorded from the server's own code. */
import { describe, expect, it } from "vitest";
import session from "../../../tests/vectors/broadcasts.json";
import vectors from "../../../tests/vectors/formulas.json";
import { apply, enter, hear, type Rooms } from "./apply.mjs";
import type { Empire } from "./empire";
import type { Pending } from "./pending";
import { predict } from "./predict";
import { PREDICTIONS } from "./predictions";
import type { Told } from "./predictions/shape";
import type { Rules } from "./rules";

interface Step {
  readonly do: string;
  readonly at_ms: number;
  readonly data?: Record<string, unknown>;
  readonly result?: Record<string, unknown>;
  readonly code?: string;
  readonly told: Readonly<Record<string, readonly Told[]>>;
  readonly snapshots?: Readonly<Record<string, object>>;
}

const rules = vectors.rules as unknown as Rules;
const steps = session.steps as unknown as readonly Step[];
const own = session.rooms[0] ?? "";
const UNITS = 0.002;
/** The id of a command, which names what it makes until the ack does. */
const UNNAMED = "unnamed";

/** Fold the steps up to each into what is known of the rooms. */
function* folded(): Generator<{ step: Step; before: Rooms; after: Rooms }> {
  let rooms: Rooms = {};
  for (const step of steps) {
    const before = rooms;
    for (const [room, events] of Object.entries(step.told)) {
      const from = (events[0]?.seq ?? 1) - 1;
      rooms = hear(rooms, { room, from, events: [...events] });
    }
    yield { step, before, after: rooms };
    if (step.snapshots !== undefined) {
      const shots = Object.entries(step.snapshots).map(([room, snapshot]) => [
        room,
        { seq: rooms[room]?.seq ?? firstSeq(room), at_ms: step.at_ms, snapshot },
      ]);
      rooms = enter(rooms, { rooms: Object.fromEntries(shots) });
    }
  }
}

function firstSeq(room: string): number {
  const first = steps.find((step) => step.told[room]?.length)?.told[room]?.[0];
  return (first?.seq ?? 1) - 1;
}

function empireIn(rooms: Rooms): Empire {
  return rooms[own]?.view as Empire;
}

function* commands() {
  for (const { step, before, after } of folded()) {
    if (step.do in PREDICTIONS) {
      yield { step, before: empireIn(before), after: empireIn(after) };
    }
  }
}

function pendingOf(step: Step, isAcked: boolean): Pending {
  const command = { id: UNNAMED, name: step.do, data: step.data ?? {} };
  const ack = { at_ms: step.at_ms, result: step.result ?? {} };
  return { ...command, at_ms: step.at_ms, ...(isAcked ? { ack } : {}) };
}

/** Take off the marks. */
function comparable(value: unknown): unknown {
  if (Array.isArray(value)) return value.map(comparable);
  if (typeof value !== "object" || value === null) return value;
  const entries = Object.entries(value)
    .filter(([name]) => name !== "pending")
    .map(([name, one]) => [name, comparable(one)] as const);
  return Object.fromEntries(entries);
}

function isSame(found: Empire, wanted: Empire): void {
  for (const id of Object.keys(wanted.colonies)) {
    const [one, other] = [found.colonies[id], wanted.colonies[id]];
    for (const [name, units] of Object.entries(other?.resources.amounts ?? {})) {
      expect(Math.abs((one?.resources.amounts[name] ?? 0) - units)).toBeLessThan(UNITS);
    }
  }
  expect(comparable(withoutAmounts(found))).toEqual(comparable(withoutAmounts(wanted)));
}

function withoutAmounts(empire: Empire): object {
  const colonies = Object.entries(empire.colonies).map(
    ([id, { resources, ...rest }]) => {
      const { amounts: _compared, ...growth } = resources;
      return [id, { ...rest, growth }];
    },
  );
  return { ...empire, colonies: Object.fromEntries(colonies) };
}

describe("a recorded session", () => {
  it("folds into each later snapshot (L2)", () => {
    let shown = 0;
    for (const { step, after } of folded()) {
      if (step.snapshots === undefined || shown++ === 0) continue;
      for (const [room, snapshot] of Object.entries(step.snapshots)) {
        expect(after[room]?.view).toEqual(snapshot);
      }
    }
    expect(shown).toBeGreaterThan(5);
  });

  it("never changes a view that was shown", () => {
    const view = empireIn([...folded()][1]?.before ?? {});
    const kept = structuredClone(view);
    for (const step of steps) for (const one of step.told[own] ?? []) apply(view, one);
    expect(view).toEqual(kept);
  });

  it("is predicted exactly, once the ack has come", () => {
    let count = 0;
    for (const { step, before, after } of commands()) {
      if (step.result === undefined) continue;
      const predicted = predict(before, [pendingOf(step, true)], step.at_ms, rules);
      isSame(predicted, after);
      count++;
    }
    expect(count).toBeGreaterThan(20);
  });

  it("is predicted before the ack in all but names", () => {
    for (const { step, before, after } of commands()) {
      if (step.result === undefined || step.data?.queue === true) continue;
      const predicted = predict(before, [pendingOf(step, false)], step.at_ms, rules);
      const unnamed = JSON.parse(named(predicted, step)) as Empire;
      isSame(unnamed, after);
    }
  });

  it("predicts nothing that the server refuses for levels, places or prices", () => {
    const foreseen = ["queue_full", "requirements_missing", "not_enough_resources"];
    const orders = ["colonies.build", "colonies.train", "research.start"];
    for (const { step, before } of commands()) {
      if (!foreseen.includes(step.code ?? "") || !orders.includes(step.do)) continue;
      const pending = [pendingOf(step, false)];
      expect(predict(before, pending, step.at_ms, rules)).toEqual(before);
    }
  });

  it("marks what is not confirmed, and only that", () => {
    for (const { step, before } of commands()) {
      if (step.result === undefined) continue;
      const predicted = predict(before, [pendingOf(step, true)], step.at_ms, rules);
      expect(JSON.stringify(predicted)).toContain('"pending":true');
      expect(predict(before, [], step.at_ms, rules)).toBe(before);
    }
  });

  it("tells of each accepted command by a broadcast that it is known by", () => {
    for (const { step } of commands()) {
      const told = step.told[own] ?? [];
      if (told.length === 0) continue;
      const command = pendingOf(step, false);
      const isEcho = (one: Told) => PREDICTIONS[step.do]?.isEcho(one, command);
      expect(told.filter(isEcho)).toHaveLength(1);
    }
  });
});

/** Name what a command made as the server did. */
function named(empire: Empire, { do: command, result }: Step): string {
  const made = command === "fleets.launch" ? result?.fleet : result?.new;
  const name = made ?? result?.order ?? result?.project ?? UNNAMED;
  return JSON.stringify(empire).replaceAll(`"${UNNAMED}"`, JSON.stringify(name));
}
