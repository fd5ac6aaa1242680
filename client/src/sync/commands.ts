/**
 * Send commands: in order, with an id of their own, again with the SAME id where no
 * answer came, each at most so long. What isn't answered then is withdrawn.
 */

import {
  addPending,
  changePending,
  dropPending,
  type Pending,
  pendings,
} from "./pending";
import { PREDICTIONS } from "./predictions";
import type { Told } from "./predictions/shape";
import { type Ack, unavailable } from "./refusal";
import type { Timers } from "./timers";

/** How long a command may take from giving to ack. */
export const PATIENCE_MS = 30_000;
const SILENCE_MS = 10_000;
const RETRY_MS = 500;
const REPEATS_MAX = 8;
/** How long the effect of an acked command is waited for before it is asked for. */
const ECHO_MS = 2_000;
/** Commands under way at once. */
export const UNDER_WAY_MAX = 50;

const RETRIED = new Set(["busy", "rate_limited", "unavailable", "draining"]);

export interface CommandsWorld {
  readonly timers: Timers;
  isOpen(): boolean;
  request(name: string, data: unknown, patience_ms: number): Promise<Ack>;
  newId(): string;
  serverNow(): number;
  /** Server time as of which the own room was last shown whole. */
  shownAt_ms(): number;
  /** Ask for what was missed in the own room; false where nothing was answered. */
  catchUp(): Promise<boolean>;
}

interface Job {
  readonly id: string;
  readonly name: string;
  readonly data: Readonly<Record<string, unknown>>;
  readonly subjects: readonly string[];
  readonly until_ms: number;
  readonly settle: (ack: Ack) => void;
  isSent: boolean;
  isWaiting: boolean;
  repeats: number;
}

export class Commands {
  private jobs: Job[] = [];

  constructor(private readonly world: CommandsWorld) {}

  /** Give a command; its ack comes once, and says no where nothing else did. */
  send(name: string, data: Readonly<Record<string, unknown>>): Promise<Ack> {
    if (this.jobs.length >= UNDER_WAY_MAX) {
      return Promise.resolve(refused(null, "busy"));
    }
    return new Promise((resolve) => {
      const id = this.world.newId();
      const job: Job = {
        id,
        name,
        data,
        subjects: subjectsOf(name, data),
        until_ms: this.world.timers.now() + PATIENCE_MS,
        settle: resolve,
        isSent: false,
        isWaiting: false,
        repeats: 0,
      };
      this.jobs.push(job);
      if (name in PREDICTIONS) {
        addPending({ id, name, data, at_ms: Math.floor(this.world.serverNow()) });
      }
      this.world.timers.later(() => this.giveUp(job), PATIENCE_MS);
      this.pump();
    });
  }

  /** Send what was not answered, again: the connection stands anew. */
  resend(): void {
    for (const job of this.jobs) job.isSent = false;
    this.pump();
  }

  /** Take a broadcast of the own room: it may be the effect of a command. */
  heard(told: Told): void {
    const one = pendings().find((command) => isEchoOf(told, command));
    if (one === undefined) return;
    if (one.ack === undefined) changePending(one.id, { isEchoed: true });
    else dropPending(one.id);
  }

  /** Take a snapshot of the own room: it holds what was done before. */
  shown(at_ms: number): void {
    for (const one of pendings()) {
      if (one.ack !== undefined && one.ack.at_ms <= at_ms) dropPending(one.id);
    }
  }

  /** Refuse all that is under way: the player left. */
  stop(): void {
    for (const job of [...this.jobs]) this.done(job, refused(job.id, "unavailable"));
  }

  /** Send what may be sent: of commands on one subject, only the first. */
  private pump(): void {
    const taken = new Set<string>();
    for (const job of [...this.jobs]) {
      const isFree = job.subjects.every((subject) => !taken.has(subject));
      for (const subject of job.subjects) taken.add(subject);
      if (isFree && !job.isSent && !job.isWaiting) void this.say(job);
    }
  }

  private async say(job: Job): Promise<void> {
    if (!this.world.isOpen()) return;
    job.isSent = true;
    const left_ms = job.until_ms - this.world.timers.now();
    const patience_ms = Math.min(SILENCE_MS, Math.max(1, left_ms));
    const data = { ...job.data, id: job.id };
    const ack = await this.world.request(job.name, data, patience_ms);
    if (!this.jobs.includes(job)) return;
    if (ack.ok || !RETRIED.has(ack.error.code)) this.done(job, ack);
    else this.repeat(job, ack);
  }

  private repeat(job: Job, ack: Ack & { ok: false }): void {
    if (!this.world.isOpen()) {
      job.isSent = false; // the next welcome sends it again
      return;
    }
    const wait_ms = ack.error.retry_after_ms ?? RETRY_MS;
    const isLate = this.world.timers.now() + wait_ms >= job.until_ms;
    if (isLate || job.repeats >= REPEATS_MAX) {
      this.done(job, ack);
      return;
    }
    job.repeats++;
    job.isWaiting = true;
    this.world.timers.later(() => {
      job.isWaiting = false;
      job.isSent = false;
      this.pump();
    }, wait_ms);
  }

  private giveUp(job: Job): void {
    if (this.jobs.includes(job)) this.done(job, refused(job.id, "unavailable"));
  }

  private done(job: Job, ack: Ack): void {
    this.jobs = this.jobs.filter((one) => one !== job);
    this.reconcile(job.id, ack);
    job.settle(ack);
    this.pump();
  }

  private reconcile(id: string, ack: Ack): void {
    const one = pendings().find((command) => command.id === id);
    if (one === undefined) return;
    const isSeen = one.isEchoed || (ack.ok && ack.at_ms <= this.world.shownAt_ms());
    if (!ack.ok || isSeen) {
      dropPending(id);
      return;
    }
    changePending(id, { ack: { at_ms: ack.at_ms, result: ack.result } });
    this.world.timers.later(() => void this.doubt(id), ECHO_MS);
  }

  /** No broadcast told of the effect: it had none, or what told of it was lost. */
  private async doubt(id: string): Promise<void> {
    const isOpen = () => pendings().some((one) => one.id === id);
    if (!isOpen()) return;
    const isCaughtUp = await this.world.catchUp();
    if (isCaughtUp) dropPending(id);
    else if (isOpen()) this.world.timers.later(() => void this.doubt(id), ECHO_MS);
  }
}

function isEchoOf(told: Told, command: Pending): boolean {
  if (command.isEchoed) return false;
  return PREDICTIONS[command.name]?.isEcho(told, command) ?? false;
}

/** Name what a command is about: the order of commands on one thing is kept. */
function subjectsOf(
  name: string,
  data: Readonly<Record<string, unknown>>,
): readonly string[] {
  const fields = ["colony", "fleet", "into", "battle", "from", "to"];
  const named = fields.map((field) => data[field]);
  const ids = named.filter((one): one is string => typeof one === "string");
  return name.startsWith("research.") ? [...ids, "research"] : ids;
}

function refused(id: string | null, code: string): Ack {
  return { ok: false, id, at_ms: 0, error: { ...unavailable(), code } };
}
