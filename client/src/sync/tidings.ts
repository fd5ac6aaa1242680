/** Tell what of all that happens is worth a notification. Pure: the feed keeps them. */
import type { Empire, Point } from "./empire";
import type { Told } from "./predictions/shape";

/** Hold one thing that happened to the empire; `data` names what it is about. */
export interface Notification {
  readonly id: string;
  /** What happened: a broadcast's type, or `contact`. */
  readonly kind: string;
  readonly at_ms: number;
  readonly isRead: boolean;
  readonly data: Readonly<Record<string, unknown>>;
}

const KINDS = new Set([
  "colonies.building_completed",
  "colonies.training_completed",
  "colonies.goods_delivered",
  "colonies.founded",
  "colonies.siege_begun",
  "colonies.siege_ended",
  "colonies.occupied",
  "colonies.occupation_ended",
  "colonies.blockade_begun",
  "colonies.blockade_ended",
  "research.completed",
  "fleets.arrived",
  "fleets.landed",
  "fleets.colonised",
  "fleets.order_failed",
  "fleets.destroyed",
  "fleets.battle_entered",
  "battles.ended",
  "players.shield_ended",
]);

/** How near a colony a sector has to be for strangers there to be a contact. */
const NEAR_SECTORS = 1;

/** Make the notification of a broadcast of the own room, given the view before it. */
export function tidingOf(told: Told, before: Empire): Notification | undefined {
  const fled = fledIn(told);
  if (fled !== undefined) return fled;
  if (!KINDS.has(told.type) || isRoutine(told, before)) return undefined;
  const { type, seq, at_ms, changes: _changes, ...about } = told;
  const data = { ...about, ...namesOf(told, before), ...outcomeOf(told, before) };
  return { id: `${seq}`, kind: type, at_ms, isRead: false, data };
}

/** An own force got away from a battle that goes on. */
function fledIn({ type, seq, at_ms, force, battle, state }: Told) {
  if (type !== "battles.left" || state !== "fled") return undefined;
  const data = { fleet: force, battle };
  return { id: `${seq}`, kind: "fleets.battle_left", at_ms, isRead: false, data };
}

/** A patrol arrives again and again. */
function isRoutine(told: Told, before: Empire): boolean {
  const order = before.fleets[String(told.fleet)]?.order;
  return told.type === "fleets.arrived" && order?.kind === "patrol";
}

/** Keep the names of what may be gone when the notification is read. */
function namesOf(told: Told, before: Empire): Record<string, unknown> {
  const changed = (told.changes ?? {}) as { name?: unknown; battle?: unknown };
  const colony = before.colonies[String(told.colony)];
  const fleet = before.fleets[String(told.fleet)];
  const battle = told.battle ?? changed.battle ?? (colony?.battle || undefined);
  return {
    ...(told.colony ? { colony_name: colony?.name ?? changed.name } : {}),
    ...(told.fleet ? { fleet_name: fleet?.name } : {}),
    ...(battle ? { battle } : {}),
  };
}

function outcomeOf(told: Told, before: Empire): Record<string, unknown> {
  if (told.type !== "battles.ended") return {};
  const alive = before.battles[String(told.battle)]?.alive ?? {};
  const own = Object.values(alive).find((one) => one.player === before.player.id);
  return own === undefined ? {} : { won: told.winner === own.side };
}

/** A fleet that is seen, as far as contacts look at it. */
interface Stranger extends Point {
  readonly player?: string;
  readonly username?: string;
}

/** Make the notification of a stranger's fleet that came near an own colony. */
export function contactOf(
  room: string,
  told: Told,
  empire: Empire,
): Notification | undefined {
  const comes = told.type === "fleets.entered" || told.type === "fleets.launched";
  const fleet = told.changes as Stranger | null | undefined;
  if (!comes || !fleet?.player || fleet.player === empire.player.id) return undefined;
  const near = colonyNear(room, empire);
  if (near === undefined) return undefined;
  const { username, x, y } = fleet;
  const data = { fleet: told.fleet, name: username, username, x, y, ...near };
  const id = `contact:${String(told.fleet)}`;
  return { id, kind: "contact", at_ms: told.at_ms, isRead: false, data };
}

function colonyNear(room: string, empire: Empire) {
  const [, x, y] = room.split(":").map(Number);
  const near = Object.values(empire.colonies).find((colony) => {
    const dx = Math.floor(colony.x / SECTOR) - (x ?? Number.NaN);
    const dy = Math.floor(colony.y / SECTOR) - (y ?? Number.NaN);
    return Math.max(Math.abs(dx), Math.abs(dy)) <= NEAR_SECTORS;
  });
  return near && { colony: near.id, colony_name: near.name };
}

/** Units of a sector's side, as rooms are named by. */
const SECTOR = 100;
