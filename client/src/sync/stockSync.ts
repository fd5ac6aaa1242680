/**
 * Compare what is shown of each colony's stock with the truth, every half a minute, by
 * `colonies.sync`; the server notes claims that can't be. Where we are wrong, the own
 * room is shown anew.
 */
import { amountsAt } from "./apply.mjs";
import type { Amounts, Colony, Empire, Resources } from "./empire";
import type { Ack } from "./refusal";

export const SYNC_EVERY_MS = 30_000;
const PATIENCE_MS = 10_000;
const MEND_EVERY_MS = 60_000;
/** What rounding and the clock explain: units, and part of what is held. */
const SLACK_UNITS = 2;
const SLACK_PART = 0.002;

export interface StockSyncWorld {
  now(): number;
  serverNow(): number;
  random(): number;
  newId(): string;
  isLive(): boolean;
  isPending(): boolean;
  empire(): Empire;
  request(name: string, data: unknown, patience_ms: number): Promise<Ack>;
  mend(): void;
}

export class StockSync {
  private readonly due_ms = new Map<string, number>();
  private mended_ms = Number.NEGATIVE_INFINITY;

  constructor(private readonly world: StockSyncWorld) {}

  /** Compare the colonies whose turn has come. */
  beat(): void {
    if (!this.world.isLive()) return;
    const { colonies } = this.world.empire();
    for (const id of this.due_ms.keys()) if (!(id in colonies)) this.due_ms.delete(id);
    for (const colony of Object.values(colonies)) {
      const due_ms = this.due_ms.get(colony.id) ?? this.first(colony.id);
      if (due_ms > this.world.now()) continue;
      this.due_ms.set(colony.id, this.world.now() + this.wait_ms());
      void this.compare(colony);
    }
  }

  /** Begin anew: another player. */
  forget(): void {
    this.due_ms.clear();
  }

  private first(colony: string): number {
    const due_ms = this.world.now() + SYNC_EVERY_MS * this.world.random();
    this.due_ms.set(colony, due_ms);
    return due_ms;
  }

  private wait_ms(): number {
    return SYNC_EVERY_MS * (0.9 + this.world.random() * 0.2);
  }

  private async compare(colony: Colony): Promise<void> {
    const held = amountsAt(colony.resources, this.world.serverNow());
    const predicted = Object.fromEntries(
      Object.entries(held).map(([name, units]) => [name, Math.floor(units)]),
    );
    const message = { id: this.world.newId(), colony: colony.id, predicted };
    const ack = await this.world.request("colonies.sync", message, PATIENCE_MS);
    if (!ack.ok || this.world.isPending()) return;
    const shown = this.world.empire().colonies[colony.id]?.resources;
    const truth = ack.result as unknown as Resources;
    if (shown !== undefined && this.isWrong(shown, truth, ack.at_ms)) this.mend();
  }

  private isWrong(shown: Resources, truth: Resources, at_ms: number): boolean {
    if (shown.at_ms > at_ms) return false; // something happened since
    const held: Amounts = amountsAt(shown, truth.at_ms);
    return Object.entries(truth.amounts).some(([name, units]) => {
      const off = Math.abs(units - (held[name] ?? 0));
      return off > SLACK_UNITS + units * SLACK_PART;
    });
  }

  private mend(): void {
    if (this.world.now() - this.mended_ms < MEND_EVERY_MS) return;
    this.mended_ms = this.world.now();
    this.world.mend();
  }
}
