/** Hold one player's connection and what goes over it: rooms, commands, the view. */
import type { Batch, Shown } from "./apply.mjs";
import { Commands } from "./commands";
import type { Signs } from "./connection";
import type { Dial } from "./dial";
import type { Empire } from "./empire";
import { atOnce, ownRoom } from "./empireStore";
import { type Healed, Healing } from "./healing";
import { Hearing } from "./hearing";
import { Link, type Notice, type Welcome } from "./link";
import { Looking } from "./looking";
import { forgetPendings } from "./pending";
import type { Told } from "./predictions/shape";
import { forgetRooms, type Left, leaveRooms, roomsState } from "./rooms";
import type { Timers } from "./timers";

/** How long clients that lost the same broadcasts wait where the server doesn't say. */
const RESYNC_SPAN_MS = 2_000;

const PATIENCE_MS = 10_000;

export interface PlayWorld {
  readonly dial: Dial;
  readonly timers: Timers;
  random(): number;
  newId(): string;
  serverNow(): number;
  isOffline(): boolean;
  credentials(): { token: string; galaxy: string } | null;
  /** The server won't have us; true where it is worth dialling again at once. */
  refused(code: string): Promise<boolean>;
  noticed(notice: Notice): void;
  welcomed(welcome: Welcome): void;
  toldOwn(told: Told, before: Empire): void;
  toldSector(room: string, told: Told): void;
  /** What the connection's status follows from changed. */
  changed(): void;
}

export class Play {
  readonly link: Link;
  readonly hearing: Hearing;
  readonly healing: Healing;
  readonly commands: Commands;
  readonly looking: Looking;
  private isUpdating = false;
  private isViewed = false;
  private welcomes = 0;
  private shownAt_ms = 0;

  constructor(private readonly world: PlayWorld) {
    const { timers } = world;
    const isOpen = () => this.link.isOpen;
    const request = (name: string, data: unknown, patience_ms: number) =>
      this.link.request(name, data, patience_ms);
    this.link = new Link(world, {
      up: (welcome) => void this.up(welcome),
      down: () => this.healing.stop(),
      told: (event, data) => this.told(event, data),
      noticed: (notice) => this.noticed(notice),
      refused: world.refused,
    });
    this.commands = new Commands({
      ...{ timers, isOpen, request },
      newId: world.newId,
      serverNow: world.serverNow,
      shownAt_ms: () => this.shownAt_ms,
      catchUp: () => this.catchUp(),
    });
    this.hearing = new Hearing({
      own: ownRoom,
      atOnce,
      heal: (room, isAtOnce) => {
        if (isOpen()) this.healing.soon([room], isAtOnce ? 0 : undefined);
      },
      shown: (at_ms) => this.shown(at_ms),
      toldOwn: (event, before) => {
        this.commands.heard(event);
        world.toldOwn(event, before);
      },
      toldSector: world.toldSector,
    });
    this.healing = new Healing({
      ...{ timers, request, random: world.random, changed: world.changed },
      wanted: () => this.hearing.wanted(),
      took: (room, healed, after_seq, at_ms) =>
        this.hearing.took(room, healed, after_seq, at_ms),
      gaveUp: () => this.link.restart(),
    });
    this.looking = new Looking({
      ...{ timers, isOpen, request },
      entered: (rooms) => this.hearing.entered(rooms),
      left: leaveRooms,
    });
  }

  /** Give what the connection's status follows from. */
  get signs(): Signs {
    return {
      isUpdating: this.isUpdating,
      isOpen: this.link.isOpen,
      isCaughtUp: this.healing.isDone && this.isViewed,
      silence_ms: this.link.silence_ms,
    };
  }

  /** Forget the player: refuse what is under way, know no rooms. */
  forget(): void {
    this.link.stop();
    this.commands.stop();
    this.healing.stop();
    this.hearing.expect({});
    forgetPendings();
    forgetRooms();
    this.shownAt_ms = 0;
  }

  private async up(welcome: Welcome): Promise<void> {
    const mine = ++this.welcomes;
    this.hearing.expect(welcome.rooms);
    this.isUpdating = false;
    this.isViewed = false;
    this.world.welcomed(welcome);
    this.commands.resend(); // before the resume: acks come before what they caused
    await this.healing.all();
    if (mine !== this.welcomes) return;
    await this.looking.again();
    if (mine !== this.welcomes) return;
    this.isViewed = true;
    this.world.changed();
  }

  private told(event: string, data: unknown): void {
    if (event === "events") this.hearing.heard(data as Batch);
    else if (event === "left") leaveRooms(data as Left);
    else if (event === "entered") {
      const { rooms } = data as { readonly rooms: Readonly<Record<string, Shown>> };
      this.hearing.entered(rooms);
    }
  }

  private noticed(notice: Notice): void {
    if (notice.code === "resync") {
      const wait_ms = notice.retry_after_ms ?? RESYNC_SPAN_MS;
      this.healing.soon(Object.keys(this.hearing.wanted()), wait_ms);
    } else if (notice.code === "draining") {
      this.isUpdating = true;
      this.world.changed();
    }
    this.world.noticed(notice);
  }

  /** Resume the own room at once, whether or not a gap showed. */
  private async catchUp(): Promise<boolean> {
    const room = ownRoom();
    const seq = roomsState()[room]?.seq ?? 0;
    const message = { id: this.world.newId(), rooms: { [room]: seq } };
    const ack = await this.link.request("resume", message, PATIENCE_MS);
    if (!ack.ok) return false;
    const healed = (ack.result as { rooms: Record<string, Healed> }).rooms[room];
    if (healed !== undefined) this.hearing.took(room, healed, seq, ack.at_ms);
    return healed !== undefined;
  }

  private shown(at_ms: number): void {
    this.shownAt_ms = at_ms;
    this.commands.shown(at_ms);
  }
}
