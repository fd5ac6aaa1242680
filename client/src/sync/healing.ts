/**
 * Catch up: after each welcome with all rooms that are heard, and with single rooms
 * where a gap showed, by `resume` in bounded parts; and look at the map again.
 */
import type { Shown } from "./apply.mjs";
import { newId } from "./ids";
import type { Ack } from "./refusal";
import type { Timers } from "./timers";

/** What the server takes at once. */
export const RESUMED_MAX = 64;
const PATIENCE_MS = 10_000;
const GAP_WAIT_MS = 150;
const RETRY_MS = 1_000;
const RETRIES_MAX = 3;

interface Event {
  readonly seq: number;
  readonly at_ms: number;
  readonly type: string;
  readonly changes?: object | null;
}

export type Healed =
  | { readonly events: readonly Event[] }
  | Shown
  | { readonly error: { readonly code: string } };

/** Say what the healer reads and changes of the rooms, and how it speaks. */
export interface HealingWorld {
  readonly timers: Timers;
  readonly random: () => number;
  request(name: string, data: unknown, patience_ms: number): Promise<Ack>;
  /** The number of the last event of each room that should be heard. */
  wanted(): Record<string, number>;
  took(room: string, healed: Healed, after_seq: number, at_ms: number): void;
  /** Nothing helps: the connection is worth no more. */
  gaveUp(): void;
  changed(): void;
}

export class Healing {
  private readonly gaps = new Set<string>();
  private readonly whole = new Set<string>();
  private generation = 0;
  private isResuming = false;
  private isCalled = false;
  private failures = 0;

  constructor(private readonly world: HealingWorld) {}

  /** Tell whether everything was caught up with. */
  get isDone(): boolean {
    return this.gaps.size === 0 && !this.isResuming;
  }

  /** Catch up with all rooms; resolves once done, or when the connection broke. */
  async all(): Promise<void> {
    this.stop();
    for (const room of Object.keys(this.world.wanted())) this.gaps.add(room);
    await this.run();
  }

  /** Catch up with some rooms soon: gaps mostly come together. */
  soon(rooms: Iterable<string>, wait_ms = GAP_WAIT_MS): void {
    for (const room of rooms) this.gaps.add(room);
    this.world.changed();
    if (this.isCalled || this.isResuming) return;
    this.isCalled = true;
    const { generation } = this;
    this.world.timers.later(
      () => {
        this.isCalled = false;
        if (generation === this.generation) void this.run();
      },
      wait_ms * (0.5 + this.world.random()),
    );
  }

  /** Have a room shown whole soon, whatever is known of it. */
  anew(room: string): void {
    this.whole.add(room);
    this.soon([room]);
  }

  /** Forget what was under way: the connection broke. */
  stop(): void {
    this.generation++;
    this.gaps.clear();
    this.whole.clear();
    this.isResuming = false;
    this.isCalled = false;
    this.failures = 0;
    this.world.changed();
  }

  private async run(): Promise<void> {
    if (this.isResuming) return;
    const { generation } = this;
    this.isResuming = true;
    this.world.changed();
    while (this.gaps.size > 0) {
      const isOk = await this.part();
      if (generation !== this.generation) return;
      if (!isOk) break;
    }
    this.isResuming = false;
    this.world.changed();
  }

  private async part(): Promise<boolean> {
    const { generation } = this;
    const wanted = this.world.wanted();
    const names = [...this.gaps].filter((room) => room in wanted).slice(0, RESUMED_MAX);
    if (names.length === 0) {
      this.gaps.clear();
      return true;
    }
    const lastOf = (room: string) => (this.whole.has(room) ? 0 : (wanted[room] ?? 0));
    const asked = Object.fromEntries(names.map((room) => [room, lastOf(room)]));
    const message = { id: newId(), rooms: asked };
    const ack = await this.world.request("resume", message, PATIENCE_MS);
    if (generation !== this.generation) return false;
    if (!ack.ok) return this.failed(names);
    const { rooms } = ack.result as { rooms: Record<string, Healed> };
    for (const room of names) {
      this.gaps.delete(room);
      this.whole.delete(room);
      const healed = rooms[room];
      if (healed !== undefined) {
        this.world.took(room, healed, asked[room] ?? 0, ack.at_ms);
      }
    }
    this.failures = 0;
    return true;
  }

  private failed(names: readonly string[]): boolean {
    this.failures++;
    if (this.failures > RETRIES_MAX) {
      this.world.gaveUp();
      return false;
    }
    this.isResuming = false;
    this.soon(names, RETRY_MS * this.failures);
    this.isResuming = true;
    return false;
  }
}
