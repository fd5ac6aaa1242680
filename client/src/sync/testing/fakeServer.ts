/**
 * Be the server, as far as clients can tell: commands with ids that have one effect and
 * one reply, broadcasts numbered by room, a short history, snapshots; over lines that
 * are slow, lose broadcasts and break.
 */
import { apply } from "../apply.mjs";
import type { Dial, Ear } from "../dial";
import type { Empire } from "../empire";
import type { Pending } from "../pending";
import { predict } from "../predict";
import type { Rules } from "../rules";
import type { FakeTimers } from "./fakeTimers";

interface Told {
  readonly seq: number;
  readonly type: string;
  readonly at_ms: number;
  readonly [field: string]: unknown;
}

interface Wire {
  readonly ear: Ear;
  isOpen: boolean;
  /** When the last message in each direction arrives: none overtakes another. */
  out_ms: number;
  in_ms: number;
}

type Message = Readonly<Record<string, unknown>>;
type Reply = Readonly<Record<string, unknown>>;

/** How lines behave; all parts of 1. */
export interface Weather {
  readonly slowest_ms: number;
  readonly lost: number;
  readonly busy: number;
  readonly refused: number;
  readonly historyMax: number;
}

const CALM: Weather = {
  slowest_ms: 20,
  lost: 0,
  busy: 0,
  refused: 0,
  historyMax: 100,
};

const KINDS: Readonly<Record<string, string>> = {
  "colonies.train": "colonies.training_queued",
  "colonies.build": "colonies.building_queued",
  "colonies.rename": "colonies.renamed",
};

export class FakeServer {
  readonly room = "player:me";
  weather: Weather = CALM;
  seq = 1_000;
  /** Command -> how often it took effect. */
  readonly effects = new Map<string, number>();
  readonly heard: string[] = [];
  private readonly replies = new Map<string, Reply>();
  private history: Told[] = [];
  private wires: Wire[] = [];

  constructor(
    public truth: Empire,
    private readonly rules: Rules,
    private readonly timers: FakeTimers,
    private readonly random: () => number,
  ) {}

  /** Take a client in. */
  readonly dial: Dial = (_credentials, ear) => {
    const wire: Wire = { ear, isOpen: true, out_ms: 0, in_ms: 0 };
    this.wires.push(wire);
    this.tell(wire, "welcome", {
      player_id: "me",
      galaxy: "1",
      instance: "web.1",
      server_ms: this.timers.now(),
      rooms: { [this.room]: this.seq },
    });
    return {
      say: (name, data, answered) => this.take(wire, name, data as Message, answered),
      hangUp: () => {
        wire.isOpen = false;
      },
    };
  };

  /** Break every line, with all that is under way. */
  breakLines(): void {
    for (const wire of this.wires.splice(0)) {
      if (!wire.isOpen) continue;
      wire.isOpen = false;
      wire.ear.closed();
    }
  }

  /** Say something to every client. */
  notice(code: string): void {
    for (const wire of this.wires) this.tell(wire, "notice", { code, message: "" });
  }

  /** Let something happen by itself. */
  happen(type: string, about: object): void {
    this.say(this.told(type, about));
  }

  private take(
    wire: Wire,
    name: string,
    data: Message,
    answered: (ack: unknown) => void,
  ): void {
    if (!wire.isOpen) return;
    wire.out_ms = Math.max(wire.out_ms, this.timers.now() + this.delay_ms());
    this.timers.later(() => {
      if (!wire.isOpen) return;
      this.heard.push(name);
      const ack = { id: data.id, at_ms: this.timers.now(), ...this.answer(name, data) };
      this.send(wire, () => answered(ack));
    }, wire.out_ms - this.timers.now());
  }

  private answer(name: string, data: Message): Reply {
    if (name === "resume") return { ok: true, result: { rooms: this.healed(data) } };
    if (name === "time.sync") {
      return { ok: true, result: { server_ms: this.timers.now() } };
    }
    if (name.startsWith("view.")) return { ok: true, result: { rooms: {}, left: [] } };
    return this.run(name, data);
  }

  private run(name: string, data: Message): Reply {
    const id = String(data.id);
    const known = this.replies.get(id);
    if (known !== undefined) return known;
    if (this.random() < this.weather.busy) return no("busy", { retry_after_ms: 40 });
    if (this.random() < this.weather.refused) return no("out_of_range");
    this.effects.set(id, (this.effects.get(id) ?? 0) + 1);
    const result = this.effect(name, data, id);
    const reply = { ok: true, at_ms: this.timers.now(), result };
    this.replies.set(id, reply);
    return reply;
  }

  private effect(name: string, data: Message, id: string): object {
    const at_ms = this.timers.now();
    const result = { order: `order of ${id}` };
    const command: Pending = { id, name, data, at_ms, ack: { at_ms, result } };
    const after = unmarked(predict(this.truth, [command], at_ms, this.rules));
    const colony = String(data.colony);
    const { queue, resources, name: called } = after.colonies[colony] ?? {};
    const { building, unit, count } = data;
    const about = { colony, building, unit, count, ...result };
    const changes =
      name === "colonies.rename" ? { name: called } : { queue, resources };
    this.say(this.told(KINDS[name] ?? name, { ...about, changes }));
    return result;
  }

  private told(type: string, about: object): Told {
    const told = { ...about, type, seq: ++this.seq, at_ms: this.timers.now() };
    this.truth = apply(this.truth, told);
    this.history = [...this.history, told].slice(-this.weather.historyMax);
    return told;
  }

  private say(told: Told): void {
    const batch = { room: this.room, from: told.seq - 1, to: told.seq, events: [told] };
    for (const wire of this.wires) {
      if (this.random() >= this.weather.lost) this.tell(wire, "events", batch);
    }
  }

  private healed(data: Message): object {
    const asked = data.rooms as Record<string, number>;
    const last = asked[this.room];
    if (last === undefined) return {};
    const missed = this.history.filter(({ seq }) => seq > last);
    const isWhole = last > 0 && missed.length === this.seq - last;
    if (isWhole) return { [this.room]: { events: missed } };
    const shot = { seq: this.seq, at_ms: this.timers.now(), snapshot: this.truth };
    return { [this.room]: structuredClone(shot) };
  }

  private tell(wire: Wire, event: string, data: unknown): void {
    const copy = structuredClone(data);
    this.send(wire, () => {
      wire.ear.heard();
      wire.ear.told(event, copy);
    });
  }

  private send(wire: Wire, deliver: () => void): void {
    wire.in_ms = Math.max(wire.in_ms, this.timers.now() + this.delay_ms());
    this.timers.later(() => {
      if (wire.isOpen) deliver();
    }, wire.in_ms - this.timers.now());
  }

  private delay_ms(): number {
    return 1 + this.random() * this.weather.slowest_ms;
  }
}

function no(code: string, details: object = {}): Reply {
  return { ok: false, error: { code, message: "", ...details } };
}

/** Take off the marks of what is predicted. */
function unmarked(empire: Empire): Empire {
  const text = JSON.stringify(empire, (key, value) =>
    key === "pending" ? undefined : value,
  );
  return JSON.parse(text) as Empire;
}
