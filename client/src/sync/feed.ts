/** Keep what happened to the empire until it is read: here, in this browser. */
import { createStore } from "zustand/vanilla";
import type { Notification } from "./tidings";

export type { Notification } from "./tidings";

const KEPT_MAX = 200;
/** How long a stranger's fleet is the same contact. */
const CONTACT_MS = 600_000;

export const feed = createStore<{ readonly notifications: readonly Notification[] }>(
  () => ({ notifications: [] }),
);

let owner = "";

/** Show the notifications of a player; none for an empty id. */
export function openFeed(player_id: string): void {
  owner = player_id;
  feed.setState({ notifications: player_id === "" ? [] : stored() });
}

/** Add a notification, newest first, unless it is known. */
export function notify(one: Notification): void {
  const { notifications } = feed.getState();
  const known = notifications.find(({ id }) => id === one.id);
  if (known !== undefined && !isNewContact(one, known)) return;
  const others = notifications.filter(({ id }) => id !== one.id);
  keep([one, ...others].slice(0, KEPT_MAX));
}

/** Mark some notifications as read; all of them where none is named. */
export function markRead(ids?: readonly string[]): void {
  const { notifications } = feed.getState();
  const isMeant = ({ id }: Notification) => ids === undefined || ids.includes(id);
  keep(
    notifications.map((one) =>
      isMeant(one) && !one.isRead ? { ...one, isRead: true } : one,
    ),
  );
}

function isNewContact(one: Notification, known: Notification): boolean {
  return one.kind === "contact" && one.at_ms - known.at_ms > CONTACT_MS;
}

function keep(notifications: readonly Notification[]): void {
  feed.setState({ notifications });
  if (owner === "") return;
  try {
    localStorage.setItem(keyOf(owner), JSON.stringify(notifications));
  } catch {
    // A browser that keeps nothing shows them until the page is closed.
  }
}

function stored(): readonly Notification[] {
  try {
    const found: unknown = JSON.parse(localStorage.getItem(keyOf(owner)) ?? "[]");
    return Array.isArray(found) ? (found as Notification[]).slice(0, KEPT_MAX) : [];
  } catch {
    return [];
  }
}

function keyOf(player_id: string): string {
  return `gd.feed.${player_id}`;
}
