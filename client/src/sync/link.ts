/**
 * Keep one connection to the server: dial, hear the welcome, dial again with jitter
 * when it breaks. Knows nothing of rooms or commands.
 */
import type { Dial, Ear, Line } from "./dial";
import { type Ack, unavailable } from "./refusal";
import type { Timers } from "./timers";

const FIRST_MS = 400;
const LONGEST_MS = 15_000;
const GROWTH = 1.8;
const CROWDED_MS = 8_000;
/** After a farewell the other instances are there at once. */
const FAREWELL_MS = 600;
const WELCOME_MS = 12_000;
/** Failures in a row from which on every other try begins with polling. */
const CAUTIOUS_FROM = 2;
/** How often to dial although the browser says that there is no network. */
const OFFLINE_MS = 15_000;

export interface Welcome {
  readonly player_id: string;
  readonly galaxy: string;
  readonly instance: string;
  readonly server_ms: number;
  readonly rooms: Readonly<Record<string, number>>;
}

export interface Notice {
  readonly code: string;
  readonly message: string;
  readonly retry_after_ms?: number;
}

/** Hear how the connection fares. */
export interface LinkEar {
  up(welcome: Welcome): void;
  down(): void;
  told(event: string, data: unknown): void;
  noticed(notice: Notice): void;
  /** The server won't have us; true where it is worth dialling again at once. */
  refused(code: string): Promise<boolean>;
}

export interface LinkWorld {
  readonly dial: Dial;
  readonly timers: Timers;
  readonly random: () => number;
  /** The browser says that there is no network. */
  readonly isOffline: () => boolean;
  readonly credentials: () => { token: string; galaxy: string } | null;
}

export class Link {
  private line: Line | null = null;
  private isUp = false;
  private isOn = false;
  private failures = 0;
  private isFarewell = false;
  private cancel: () => void = () => undefined;
  private heard_ms = 0;
  private waiting = new Set<(ack: Ack) => void>();

  constructor(
    private readonly world: LinkWorld,
    private readonly ear: LinkEar,
  ) {}

  /** Tell whether the server welcomed us and the connection stands. */
  get isOpen(): boolean {
    return this.isUp;
  }

  /** Tell for how long nothing at all was heard, in ms. */
  get silence_ms(): number {
    return this.world.timers.now() - this.heard_ms;
  }

  start(): void {
    if (this.isOn) return;
    this.isOn = true;
    this.failures = 0;
    this.dialNow();
  }

  stop(): void {
    this.isOn = false;
    this.cancel();
    this.drop();
  }

  /** Dial at once if we wait to do so: the network is back, or the page is looked at. */
  nudge(): void {
    if (this.isOn && this.line === null) this.dialNow();
  }

  /** Hang up and dial anew: what stands there is no connection any more. */
  restart(): void {
    if (!this.isOn) return;
    this.drop();
    this.dialLater(this.wait_ms(undefined));
  }

  /**
   * Say something once and give its ack. Never throws: what isn't answered in time, or
   * before the connection breaks, is `unavailable`.
   */
  request(name: string, data: unknown, patience_ms: number): Promise<Ack> {
    const { line } = this;
    if (line === null || !this.isUp) return Promise.resolve(silence());
    return new Promise((resolve) => {
      const done = (ack: Ack) => {
        if (!this.waiting.delete(done)) return;
        cancel();
        resolve(ack);
      };
      const cancel = this.world.timers.later(() => done(silence()), patience_ms);
      this.waiting.add(done);
      line.say(name, data, (ack) => done(ack as Ack));
    });
  }

  private dialNow(): void {
    this.cancel();
    const credentials = this.world.credentials();
    if (credentials === null) return;
    const mine = () => this.line === line;
    const ear: Ear = {
      refused: (code, wait_ms) => void (mine() && this.turnedAway(code, wait_ms)),
      closed: () => void (mine() && this.restart()),
      heard: () => void (mine() && this.hear()),
      told: (event, data) => void (mine() && this.told(event, data)),
    };
    const isCautious = this.failures >= CAUTIOUS_FROM && this.failures % 2 === 0;
    const line: Line = this.world.dial(credentials, ear, isCautious);
    this.line = line;
    this.hear();
    this.cancel = this.world.timers.later(() => this.restart(), WELCOME_MS);
  }

  private hear(): void {
    this.heard_ms = this.world.timers.now();
  }

  private told(event: string, data: unknown): void {
    if (event === "welcome") {
      this.cancel();
      this.failures = 0;
      this.isFarewell = false;
      this.isUp = true;
      this.ear.up(data as Welcome);
    } else if (event === "notice") {
      const notice = data as Notice;
      if (notice.code === "draining") this.isFarewell = true;
      this.ear.noticed(notice);
    } else {
      this.ear.told(event, data);
    }
  }

  private async turnedAway(code: string, wait_ms: number | undefined): Promise<void> {
    this.drop();
    const crowded_ms = code === "too_many_connections" ? CROWDED_MS : undefined;
    const isWorthIt = await this.ear.refused(code);
    if (!this.isOn || this.line !== null) return;
    if (isWorthIt && this.failures === 0) {
      this.failures++;
      this.dialNow();
    } else {
      this.dialLater(this.wait_ms(crowded_ms ?? wait_ms));
    }
  }

  private drop(): void {
    this.cancel();
    this.line?.hangUp();
    this.line = null;
    const wasUp = this.isUp;
    this.isUp = false;
    for (const done of [...this.waiting]) done(silence());
    if (wasUp) this.ear.down();
  }

  private dialLater(wait_ms: number): void {
    if (!this.isOn) return;
    this.cancel = this.world.timers.later(() => this.dialNow(), wait_ms);
  }

  /** Spread the clients of a lost instance: half of the wait is drawn. */
  private wait_ms(least_ms: number | undefined): number {
    const grown_ms = Math.min(LONGEST_MS, FIRST_MS * GROWTH ** this.failures++);
    const span_ms = this.isFarewell ? FAREWELL_MS : grown_ms;
    if (this.world.isOffline()) return OFFLINE_MS;
    return (least_ms ?? 0) + span_ms * (0.5 + this.world.random() / 2);
  }
}

function silence(): Ack {
  return { ok: false, id: null, at_ms: 0, error: unavailable() };
}
