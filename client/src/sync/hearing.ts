/** Know which rooms should be heard, and put what is said in them where it belongs. */
import type { Batch, Shown } from "./apply.mjs";
import type { Empire } from "./empire";
import type { Healed } from "./healing";
import type { Told } from "./predictions/shape";
import {
  enterRooms,
  forgetRoom,
  hearRoom,
  isHeard,
  leaveRooms,
  roomsState,
} from "./rooms";

export interface HearingWorld {
  /** Name the own room; empty while nobody plays. */
  own(): string;
  /** Let several changes show as one. */
  atOnce(work: () => void): void;
  /** Something was missed in a room, or a room is to be heard from now on. */
  heal(room: string, isAtOnce: boolean): void;
  /** The own room was shown whole, as of a time of the server's. */
  shown(at_ms: number): void;
  /** A broadcast of the own room came; `before` is the view without it. */
  toldOwn(told: Told, before: Empire): void;
  /** A broadcast of a sector that is seen came. */
  toldSector(room: string, told: Told): void;
}

export class Hearing {
  private readonly byName = new Map<string, number>();
  private expected: Readonly<Record<string, number>> = {};

  constructor(private readonly world: HearingWorld) {}

  /** Expect the rooms that a welcome names. */
  expect(rooms: Readonly<Record<string, number>>): void {
    this.expected = rooms;
  }

  /** Hear a room by name from now on; gives what ends it. */
  byNameFrom(room: string): () => void {
    const before = this.byName.get(room) ?? 0;
    this.byName.set(room, before + 1);
    if (before === 0) this.world.heal(room, true);
    return () => {
      const count = (this.byName.get(room) ?? 1) - 1;
      if (count > 0) {
        this.byName.set(room, count);
        return;
      }
      this.byName.delete(room);
      if (!(room in this.expected)) forgetRoom(room);
    };
  }

  /** Give the number of the last event of each room that should be heard. */
  wanted(): Record<string, number> {
    const seqs: Record<string, number> = {};
    for (const room of Object.keys(this.expected)) seqs[room] = 0;
    for (const room of this.byName.keys()) seqs[room] = 0;
    for (const [name, room] of Object.entries(roomsState())) {
      if (isHeard(room)) seqs[name] = room.seq;
    }
    return seqs;
  }

  /** Take broadcasts of a room. */
  heard(batch: Batch): void {
    const before = roomsState()[batch.room];
    this.world.atOnce(() => {
      const isMissing = hearRoom(batch);
      if (isMissing) this.world.heal(batch.room, false);
      else if (before !== undefined) this.tell(batch, before.seq, before.view);
    });
  }

  /** Take snapshots of rooms that are heard from now on. */
  entered(rooms: Readonly<Record<string, Shown>>): void {
    this.world.atOnce(() => {
      enterRooms(rooms);
      const own = rooms[this.world.own()];
      if (own !== undefined) this.world.shown(own.at_ms);
    });
  }

  /** Take what a resume gave for a room, unless nobody wants to hear it any more. */
  took(room: string, healed: Healed, after_seq: number, at_ms: number): void {
    if (!(room in this.wanted())) return;
    if ("error" in healed) leaveRooms({ rooms: [room], at_ms });
    else if (!("events" in healed)) this.entered({ [room]: healed });
    else this.heard({ room, from: after_seq, events: healed.events });
  }

  private tell(batch: Batch, after_seq: number, before: object): void {
    const isOwn = batch.room === this.world.own();
    if (!isOwn && !batch.room.endsWith(":full")) return;
    for (const event of batch.events as readonly Told[]) {
      if (event.seq <= after_seq) continue;
      if (isOwn) this.world.toldOwn(event, before as Empire);
      else this.world.toldSector(batch.room, event);
    }
  }
}
