import { createStore } from "zustand/vanilla";

/** Hold one thing that happened to the empire; `data` names what it is about. */
export interface Notification {
  readonly id: string;
  /** What happened: a broadcast's type, or `contact`. */
  readonly kind: string;
  readonly at_ms: number;
  readonly isRead: boolean;
  readonly data: Readonly<Record<string, unknown>>;
}

export const feed = createStore<{ readonly notifications: readonly Notification[] }>(
  () => ({ notifications: [] }),
);

/** Mark some notifications as read; all of them where none is named. */
export function markRead(ids?: readonly string[]): void {
  feed.setState(({ notifications }) => ({
    notifications: notifications.map((one) =>
      ids === undefined || ids.includes(one.id) ? { ...one, isRead: true } : one,
    ),
  }));
}
