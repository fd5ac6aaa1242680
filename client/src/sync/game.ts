/** Put the parts together: session, connection, rooms, commands. Begun once per page. */
import type { Batch, Shown } from "./apply.mjs";
import { clock, serverNow } from "./clock";
import { ClockSync } from "./clockSync";
import { Commands } from "./commands";
import { connection, statusOf } from "./connection";
import { dial } from "./dial";
import { empireStore, followEmpire, ownRoom, showEmpireOf } from "./empireStore";
import { notify, openFeed } from "./feed";
import { Healing } from "./healing";
import { Hearing } from "./hearing";
import { forgetHistory, takeSamples } from "./history";
import { newId } from "./ids";
import { Link, type Notice, type Welcome } from "./link";
import { Looking } from "./looking";
import { forgetPendings, pendings } from "./pending";
import { forgetRooms, type Left, leaveRooms } from "./rooms";
import { loadRules } from "./rules";
import { endSession, loseEmpire, resumeSession, session } from "./session";
import { StockSync } from "./stockSync";
import { contactOf, tidingOf } from "./tidings";
import { timers } from "./timers";
import { onTabs, onTokens, RENEW_BEFORE_MS, renewTokens, tokens } from "./tokens";

const BEAT_MS = 1_000;
const RENEW_PATIENCE_MS = 8_000;
const UNHEARD_MS = 7_000;
const RESYNC_SPAN_MS = 2_000;
const RULES_EVERY_MS = 5_000;

let isBegun = false;
let isUpdating = false;
let isViewed = false;
let welcomes = 0;
let isRenewing = false;
let shownAt_ms = 0;
let rulesDue_ms = 0;

const now = () => timers.now();
const isOpen = () => link.isOpen;
const random = () => Math.random();
const request = (name: string, data: unknown, patience_ms: number) =>
  link.request(name, data, patience_ms);

const link = new Link(
  {
    dial,
    timers,
    random,
    isOffline: () => navigator.onLine === false,
    credentials: () => {
      const kept = tokens();
      const { galaxy, status } = session.getState();
      return kept && status === "in" ? { token: kept.access_token, galaxy } : null;
    },
  },
  { up, down, told, noticed, refused },
);

const hearing = new Hearing({
  own: ownRoom,
  heal: (room, isAtOnce) => {
    if (link.isOpen) healing.soon([room], isAtOnce ? 0 : undefined);
  },
  shown: (at_ms) => {
    shownAt_ms = at_ms;
    commands.shown(at_ms);
  },
  toldOwn: (event, before) => {
    commands.heard(event);
    const tiding = tidingOf(event, before);
    if (tiding !== undefined) notify(tiding);
  },
  toldSector: (room, event) => {
    const contact = contactOf(room, event, empireStore.getState().confirmed);
    if (contact !== undefined) notify(contact);
  },
});

const healing = new Healing({
  timers,
  random,
  request,
  wanted: () => hearing.wanted(),
  took: (room, healed, after_seq, at_ms) =>
    hearing.took(room, healed, after_seq, at_ms),
  gaveUp: () => link.restart(),
  changed: showStatus,
});

const commands = new Commands({
  timers,
  isOpen,
  request,
  newId,
  serverNow,
  shownAt_ms: () => shownAt_ms,
});

const looking = new Looking({
  timers,
  isOpen,
  request,
  entered: (rooms) => hearing.entered(rooms),
  left: leaveRooms,
});

const stockSync = new StockSync({
  now,
  serverNow,
  random,
  newId,
  isLive: () => connection.getState().status === "live",
  isPending: () => pendings().length > 0,
  empire: () => empireStore.getState().empire,
  request,
  mend: () => healing.anew(ownRoom()),
});

const clockSync = new ClockSync({
  clock,
  now,
  wall: Date.now,
  newId,
  isOpen,
  request,
  unheard: () => {
    if (link.silence_ms > UNHEARD_MS) link.restart();
  },
  learned: () => connection.setState({ latency_ms: clock.latency_ms }),
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
  return hearing.byNameFrom(room);
}

function play(): void {
  const { status, player } = session.getState();
  if (status !== "in" || player === null) {
    link.stop();
    forget();
    return;
  }
  if (ownRoom() !== `player:${player.id}`) {
    link.stop();
    forget();
    showEmpireOf(player.id);
    openFeed(player.id);
  }
  link.start();
}

function forget(): void {
  commands.stop();
  healing.stop();
  forgetPendings();
  forgetRooms();
  forgetHistory();
  stockSync.forget();
  hearing.expect({});
  showEmpireOf("");
  openFeed("");
  shownAt_ms = 0;
}

async function up(welcome: Welcome): Promise<void> {
  const mine = ++welcomes;
  hearing.expect(welcome.rooms);
  connection.setState({ instance: welcome.instance, problem: null });
  isUpdating = false;
  isViewed = false;
  clockSync.again();
  commands.resend(); // before the resume, so that acks come before what they caused
  await healing.all();
  if (mine !== welcomes) return;
  await looking.again();
  if (mine !== welcomes) return;
  isViewed = true;
  showStatus();
}

function down(): void {
  healing.stop();
}

function told(event: string, data: unknown): void {
  if (event === "events") hearing.heard(data as Batch);
  else if (event === "entered") {
    hearing.entered((data as { rooms: Record<string, Shown> }).rooms);
  } else if (event === "left") leaveRooms(data as Left);
}

function noticed(notice: Notice): void {
  if (notice.code === "resync") {
    healing.soon(Object.keys(hearing.wanted()), RESYNC_SPAN_MS);
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
  await request("auth.renew", { id: newId(), token }, RENEW_PATIENCE_MS);
}

function beat(): void {
  const kept = tokens();
  if (kept !== null && kept.expires_ms - Date.now() < RENEW_BEFORE_MS) void renew();
  if (now() >= rulesDue_ms) {
    rulesDue_ms = now() + RULES_EVERY_MS;
    void loadRules();
  }
  clockSync.beat();
  stockSync.beat();
  if (empireStore.getState().isReady) {
    takeSamples(empireStore.getState().empire, serverNow());
  }
  showStatus();
}

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
  clockSync.again();
}

function showStatus(): void {
  const status = statusOf({
    isUpdating,
    isOpen: link.isOpen,
    isCaughtUp: healing.isDone && isViewed,
    silence_ms: link.silence_ms,
  });
  if (connection.getState().status === status) return;
  connection.setState({ status, since_ms: serverNow() });
}
