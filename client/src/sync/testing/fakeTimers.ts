import type { Timers } from "../timers";

interface Due {
  readonly at_ms: number;
  readonly turn: number;
  readonly run: () => void;
}

const TURNS_OF_PROMISES = 30;

/** Let promises that wait for nothing go on. */
export async function settled(): Promise<void> {
  for (let turn = 0; turn < TURNS_OF_PROMISES; turn++) await Promise.resolve();
}

/** Be timers whose time passes only when a test says so. */
export class FakeTimers implements Timers {
  private time_ms: number;
  private turns = 0;
  private due: Due[] = [];

  constructor(start_ms = 0) {
    this.time_ms = start_ms;
  }

  now(): number {
    return this.time_ms;
  }

  later(run: () => void, wait_ms: number): () => void {
    const one = { at_ms: this.time_ms + Math.max(0, wait_ms), turn: this.turns++, run };
    this.due.push(one);
    return () => {
      this.due = this.due.filter((other) => other !== one);
    };
  }

  /** Let time pass, and what is due with it, promises in between. */
  async pass(passed_ms: number): Promise<void> {
    const until_ms = this.time_ms + passed_ms;
    await settled();
    for (let next = this.next(); next && next.at_ms <= until_ms; next = this.next()) {
      const { at_ms, run } = next;
      this.due = this.due.filter((one) => one !== next);
      this.time_ms = Math.max(this.time_ms, at_ms);
      run();
      await settled();
    }
    this.time_ms = until_ms;
  }

  private next(): Due | undefined {
    return this.due.reduce<Due | undefined>((first, one) => {
      if (first === undefined || one.at_ms < first.at_ms) return one;
      return one.at_ms === first.at_ms && one.turn < first.turn ? one : first;
    }, undefined);
  }
}

/** Draw numbers below 1, the same for the same seed (Park and Miller). */
export function chance(seed: number): () => number {
  let state = (seed * 7_919 + 17) % 2_147_483_647;
  return () => {
    state = (state * 48_271) % 2_147_483_647;
    return state / 2_147_483_647;
  };
}
