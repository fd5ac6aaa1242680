/** Tell the server what part of the map is looked at, at most so often. */

import type { Shown } from "./apply.mjs";
import { newId } from "./ids";
import type { Ack } from "./refusal";
import type { Left } from "./rooms";
import type { Timers } from "./timers";

const SETTLE_MS = 250;
const PATIENCE_MS = 10_000;
const RETRY_MS = 2_000;

export interface Box {
  readonly x0: number;
  readonly y0: number;
  readonly x1: number;
  readonly y1: number;
}

export interface LookingWorld {
  readonly timers: Timers;
  isOpen(): boolean;
  request(name: string, data: unknown, patience_ms: number): Promise<Ack>;
  entered(rooms: Readonly<Record<string, Shown>>): void;
  left(told: Left): void;
}

interface Seen {
  readonly rooms: Readonly<Record<string, Shown>>;
  readonly left: readonly string[];
}

export class Looking {
  private box: Box | null = null;
  private told: string | null = null;
  private isAsking = false;
  private cancel: () => void = () => undefined;

  constructor(private readonly world: LookingWorld) {}

  /** Look at a part of the map, or at nothing, once the eye rests. */
  set(box: Box | null): void {
    this.box = box;
    this.cancel();
    this.cancel = this.world.timers.later(() => void this.tell(), SETTLE_MS);
  }

  /** Say it again: another connection knows nothing of it. */
  async again(): Promise<void> {
    this.told = null;
    this.isAsking = false;
    if (this.box !== null) await this.tell();
  }

  private async tell(): Promise<void> {
    const { box } = this;
    const asked = JSON.stringify(box);
    if (this.isAsking || !this.world.isOpen() || asked === this.told) return;
    if (box === null && this.told === null) return;
    this.isAsking = true;
    const name = box === null ? "view.clear" : "view.set";
    const ack = await this.world.request(name, { id: newId(), ...box }, PATIENCE_MS);
    this.isAsking = false;
    if (ack.ok) this.took(asked, ack.result as unknown as Seen, ack.at_ms);
    else if (ack.error.code !== "invalid") this.later(ack.error.retry_after_ms);
    if (ack.ok && this.box !== box) void this.tell();
  }

  private took(asked: string, seen: Seen, at_ms: number): void {
    this.told = asked;
    if (seen.left.length > 0) this.world.left({ rooms: seen.left, at_ms });
    this.world.entered(seen.rooms);
  }

  private later(wait_ms = RETRY_MS): void {
    this.cancel();
    this.cancel = this.world.timers.later(() => void this.tell(), wait_ms);
  }
}
