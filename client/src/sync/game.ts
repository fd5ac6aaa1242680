/** Put the parts together: session, connection, rooms, commands. Begun once per page. */
import { clock, serverNow } from "./clock";
import { ClockSync } from "./clockSync";
import { connection, statusOf } from "./connection";
import { dial } from "./dial";
import { empireStore, followEmpire, ownRoom, showEmpireOf } from "./empireStore";
import { notify, openFeed } from "./feed";
import { forgetHistory, takeSamples } from "./history";
import { newId } from "./ids";
import type { Link } from "./link";
import type { Box } from "./looking";
import { pendings } from "./pending";
import { Play } from "./play";
import { loadRules } from "./rules";
import { endSession, loseEmpire, resumeSession, session } from "./session";
import { StockSync } from "./stockSync";
import { contactOf, tidingOf } from "./tidings";
import { timers } from "./timers";
import { onTabs, onTokens, RENEW_BEFORE_MS, renewTokens, tokens } from "./tokens";

const BEAT_MS = 1_000;
const RENEW_PATIENCE_MS = 8_000;
const UNHEARD_MS = 7_000;
const RULES_EVERY_MS = 5_000;

let isBegun = false;
let isRenewing = false;
let isExpelled = false;
let rulesDue_ms = 0;

const now = () => timers.now();

const play = new Play({
  dial,
  timers,
  newId,
  serverNow,
  random: () => Math.random(),
  isOffline: () => navigator.onLine === false,
  credentials: () => {
    const kept = tokens();
    const { galaxy, status } = session.getState();
    return kept && status === "in" ? { token: kept.access_token, galaxy } : null;
  },
  refused,
  noticed: ({ code }) => {
    isExpelled = code === "unauthenticated";
    if (code === "banned") endSession("banned");
  },
  welcomed: ({ instance }) => {
    isExpelled = false;
    connection.setState({ instance, problem: null });
    clockSync.again();
  },
  toldOwn: (event, before) => {
    const tiding = tidingOf(event, before);
    if (tiding !== undefined) notify(tiding);
  },
  toldSector: (room, event) => {
    const contact = contactOf(room, event, empireStore.getState().confirmed);
    if (contact !== undefined) notify(contact);
  },
  changed: showStatus,
});

const { link, commands } = play;
const request: Link["request"] = (...args) => link.request(...args);

const stockSync = new StockSync({
  now,
  serverNow,
  newId,
  random: () => Math.random(),
  isLive: () => connection.getState().status === "live",
  isPending: () => pendings().length > 0,
  empire: () => empireStore.getState().empire,
  request,
  mend: () => play.healing.anew(ownRoom()),
});

const clockSync = new ClockSync({
  clock,
  now,
  wall: Date.now,
  newId,
  isOpen: () => link.isOpen,
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
  session.subscribe(follow);
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
export function setView(box: Box | null): void {
  play.looking.set(box);
}

/** Hear a room by name from now on; gives what ends it. */
export function hearByName(room: string): () => void {
  return play.hearing.byNameFrom(room);
}

function follow(): void {
  const { status, player } = session.getState();
  if (status !== "in" || player === null) {
    forget();
    return;
  }
  if (ownRoom() !== `player:${player.id}`) {
    forget();
    showEmpireOf(player.id);
    openFeed(player.id);
  }
  link.start();
}

function forget(): void {
  play.forget();
  forgetHistory();
  stockSync.forget();
  showEmpireOf("");
  openFeed("");
  connection.setState({ problem: null });
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
  if (kept === null) endSession(isExpelled ? "expired" : null);
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
  const status = statusOf(play.signs);
  if (connection.getState().status === status) return;
  connection.setState({ status, since_ms: serverNow() });
}
