/** Keep the clock right, and notice a connection that is none any more. */
import type { Clock } from "./clock";
import type { Ack } from "./refusal";

const EVERY_MS = 20_000;
const PATIENCE_MS = 8_000;
/** Exchanges in a row after a connect, so that the best of them is good at once. */
const FIRST = 3;
const FIRST_EVERY_MS = 700;
/** How far monotonic and wall clock may drift apart before one of them stood still. */
const DRIFT_MS = 1_500;

export interface ClockSyncWorld {
  readonly clock: Clock;
  now(): number;
  wall(): number;
  newId(): string;
  isOpen(): boolean;
  request(name: string, data: unknown, patience_ms: number): Promise<Ack>;
  /** Nothing came back in time. */
  unheard(): void;
  learned(): void;
}

export class ClockSync {
  private due_ms = Number.NEGATIVE_INFINITY;
  private first = 0;
  private isAsking = false;
  private drift_ms: number;

  constructor(private readonly world: ClockSyncWorld) {
    this.drift_ms = world.wall() - world.now();
  }

  /** Ask where it is time. */
  beat(): void {
    this.noticeSleep();
    if (this.world.isOpen() && this.world.now() >= this.due_ms) void this.ask();
  }

  /** Ask soon, a few times: the connection is new, or the page is looked at again. */
  again(): void {
    this.first = FIRST;
    this.due_ms = this.world.now();
    this.beat();
  }

  /** A machine that slept, or a wall clock that was set: begin to measure anew. */
  private noticeSleep(): void {
    const drift_ms = this.world.wall() - this.world.now();
    if (Math.abs(drift_ms - this.drift_ms) > DRIFT_MS) {
      this.world.clock.doubt();
      this.first = FIRST;
      this.due_ms = this.world.now();
    }
    this.drift_ms = drift_ms;
  }

  private async ask(): Promise<void> {
    if (this.isAsking) return;
    this.isAsking = true;
    this.first = Math.max(0, this.first - 1);
    const sent_ms = this.world.now();
    this.due_ms = sent_ms + (this.first > 0 ? FIRST_EVERY_MS : EVERY_MS);
    const message = { id: this.world.newId(), client_ms: sent_ms };
    const ack = await this.world.request("time.sync", message, PATIENCE_MS);
    this.isAsking = false;
    if (ack.ok) {
      const server_ms = Number(ack.result.server_ms);
      this.world.clock.learn(sent_ms, server_ms, this.world.now());
      this.world.learned();
    } else if (this.world.isOpen()) {
      this.world.unheard();
    }
  }
}
