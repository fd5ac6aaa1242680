/** Put the parts together: session, connection, rooms, commands. Begun once per page. */
import type { Batch, Shown } from "./apply.mjs";
import { clock, serverNow } from "./clock";
import { Commands } from "./commands";
import { type ConnectionStatus, connection } from "./connection";
import { dial } from "./dial";
import { followEmpire, ownRoom, showEmpireOf } from "./empireStore";
import { type Healed, Healing } from "./healing";
import { newId } from "./ids";
import { Link, type Notice, SILENCE_MS_MAX, type Welcome } from "./link";
import { Looking } from "./looking";
import { forgetPendings } from "./pending";
import type { Told } from "./predictions/shape";
import {
  enterRooms,
  forgetRoom,
  forgetRooms,
  hearRoom,
  isHeard,
  type Left,
  leaveRooms,
  roomsState,
} from "./rooms";
import { endSession, loseEmpire, resumeSession, session } from "./session";
import { timers } from "./timers";
import { onTabs, onTokens, RENEW_BEFORE_MS, renewTokens, tokens } from "./tokens";

const BEAT_MS = 1_000;
const SYNC_EVERY_MS = 20_000;
const SYNC_PATIENCE_MS = 8_000;
const RESYNC_SPAN_MS = 2_000;

const hearings = new Map<string, number>();
let isBegun = false;
let isUpdating = false;
let shownAt_ms = 0;
let syncedAt_ms = Number.NEGATIVE_INFINITY;
let isViewed = false;
let expected: Readonly<Record<string, number>> = {};

const link = new Link(
  {
    dial,
    timers,
    random: Math.random,
    credentials: () => {
      const kept = tokens();
      const { galaxy, status } = session.getState();
      return kept && status === "in" ? { token: kept.access_token, galaxy } : null;
    },
  },
  { up, down, told, noticed, refused },
);

const request = (name: string, data: unknown, patience_ms: number) =>
  link.request(name, data, patience_ms);

const healing = new Healing({
  timers,
  random: Math.random,
  request,
  wanted,
  took,
  gaveUp: () => link.restart(),
  changed: showStatus,
});

const commands = new Commands({
  timers,
  isOpen: () => link.isOpen,
  request,
  newId,
  serverNow,
  shownAt_ms: () => shownAt_ms,
});

const looking = new Looking({
  timers,
  isOpen: () => link.isOpen,
  request,
  entered,
  left: leaveRooms,
});

/** Begin: take up the session, and play for as long as somebody is in. */
export function begin(): void {
  if (isBegun) return;
  isBegun = true;
  followEmpire();
  onTokens(() => void renewRight());
  onTabs(followTab);
  session.subscribe(play);
  window.addEventListener("online", () => link.nudge());
  document.addEventListener("visibilitychange", lookedAt);
  setInterval(beat, BEAT_MS);
  void resumeSession();
}

/** Send a command; see `Commands`. */
export function send(name: string, data: Readonly<Record<string, unknown>>) {
  return commands.send(name, data);
}

/** Look at a part of the map; null for none of it. */
export function setView(box: Parameters<Looking["set"]>[0]): void {
  looking.set(box);
}

/** Hear a room by name from now on; gives what ends it. */
export function hearByName(room: string): () => void {
  const before = hearings.get(room) ?? 0;
  hearings.set(room, before + 1);
  if (before === 0 && link.isOpen) healing.soon([room], 0);
  return () => {
    const count = (hearings.get(room) ?? 1) - 1;
    if (count > 0) hearings.set(room, count);
    else hearings.delete(room);
    if (count <= 0 && !(room in expected)) forgetRoom(room);
  };
}

function play(): void {
  const { status, player } = session.getState();
  if (status === "in" && player !== null) {
    if (ownRoom() !== `player:${player.id}`) {
      link.stop();
      forget();
      showEmpireOf(player.id);
    }
    link.start();
  } else {
    link.stop();
    forget();
  }
}

function forget(): void {
  commands.stop();
  forgetPendings();
  forgetRooms();
  showEmpireOf("");
  expected = {};
  shownAt_ms = 0;
}

function wanted(): Record<string, number> {
  const heard = Object.entries(roomsState()).filter(([, room]) => isHeard(room));
  const seqs = heard.map(([name, room]) => [name, room.seq] as const);
  const named = [...Object.keys(expected), ...hearings.keys()];
  return {
    ...Object.fromEntries(named.map((room) => [room, 0])),
    ...Object.fromEntries(seqs),
  };
}

async function up(welcome: Welcome): Promise<void> {
  expected = welcome.rooms;
  connection.setState({ instance: welcome.instance, problem: null });
  isUpdating = false;
  isViewed = false;
  commands.resend(); // before the resume, so that acks come before what they caused
  void syncClock();
  await healing.all();
  await looking.again();
  isViewed = true;
  showStatus();
}

function down(): void {
  healing.stop();
  showStatus();
}

function told(event: string, data: unknown): void {
  if (event === "events") heard(data as Batch);
  else if (event === "entered")
    entered((data as { rooms: Record<string, Shown> }).rooms);
  else if (event === "left") leaveRooms(data as Left);
}

function heard(batch: Batch): void {
  const before = roomsState()[batch.room]?.seq ?? 0;
  const isMissing = hearRoom(batch);
  if (isMissing) healing.soon([batch.room]);
  if (batch.room === ownRoom()) tellOwn(batch.events as readonly Told[], before);
}

function tellOwn(events: readonly Told[], after_seq: number): void {
  for (const event of events) if (event.seq > after_seq) commands.heard(event);
}

function entered(rooms: Readonly<Record<string, Shown>>): void {
  enterRooms(rooms);
  const own = rooms[ownRoom()];
  if (own !== undefined) {
    shownAt_ms = own.at_ms;
    commands.shown(own.at_ms);
  }
}

function took(room: string, healed: Healed, after_seq: number, at_ms: number): void {
  if ("error" in healed) leaveRooms({ rooms: [room], at_ms });
  else if ("events" in healed) heard({ room, from: after_seq, events: healed.events });
  else entered({ [room]: healed });
}

function noticed(notice: Notice): void {
  if (notice.code === "resync") {
    healing.soon(Object.keys(wanted()), RESYNC_SPAN_MS);
  } else if (notice.code === "draining" || notice.code === "maintenance") {
    isUpdating = true;
    showStatus();
  } else if (notice.code === "banned") {
    endSession("banned");
  }
}

async function refused(code: string): Promise<boolean> {
  connection.setState({ problem: code === "unreachable" ? null : code });
  if (code === "banned") endSession("banned");
  if (code === "no_empire") loseEmpire();
  if (code !== "unauthenticated") return false;
  const renewal = await renewTokens(tokens()?.access_token);
  if (renewal === "gone") endSession("expired");
  return renewal === "renewed";
}

/** Another tab logged in, out, or exchanged the tokens. */
function followTab(): void {
  const { status, player } = session.getState();
  const kept = tokens();
  if (kept === null) endSession(null);
  else if (status === "in" && player?.id === kept.player.id) void renewRight();
  else void resumeSession();
}

/** Let the open connection go on with the new token. */
async function renewRight(): Promise<void> {
  const token = tokens()?.access_token;
  if (token === undefined || !link.isOpen) return;
  await request("auth.renew", { id: newId(), token }, SYNC_PATIENCE_MS);
}

function beat(): void {
  const kept = tokens();
  if (kept !== null && kept.expires_ms - Date.now() < RENEW_BEFORE_MS) void renew();
  if (link.isOpen && timers.now() - syncedAt_ms >= SYNC_EVERY_MS) void syncClock();
  showStatus();
}

let isRenewing = false;

async function renew(): Promise<void> {
  if (isRenewing) return;
  isRenewing = true;
  const renewal = await renewTokens(tokens()?.access_token);
  if (renewal === "gone") endSession("expired");
  isRenewing = false;
}

function lookedAt(): void {
  if (document.visibilityState !== "visible") return;
  link.nudge();
  if (link.isOpen) void syncClock();
}

async function syncClock(): Promise<void> {
  syncedAt_ms = timers.now();
  const sent_ms = timers.now();
  const message = { id: newId(), client_ms: sent_ms };
  const ack = await request("time.sync", message, SYNC_PATIENCE_MS);
  if (!ack.ok) return;
  clock.learn(sent_ms, Number(ack.result.server_ms), timers.now());
  connection.setState({ latency_ms: clock.latency_ms });
}

function showStatus(): void {
  const status = statusNow();
  if (connection.getState().status === status) return;
  connection.setState({ status, since_ms: serverNow() });
}

function statusNow(): ConnectionStatus {
  if (isUpdating) return "updating";
  if (!link.isOpen) return "offline";
  const isQuiet = link.silence_ms > SILENCE_MS_MAX;
  return healing.isDone && isViewed && !isQuiet ? "live" : "catching_up";
}
