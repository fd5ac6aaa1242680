import type { Preferences } from "../settings/preferences";
import { type Notification, serverNow } from "../sync";
import { shownAs } from "./kinds";

/** Older news is listed only: nobody wants a flood after a night away. */
const FRESH_MS = 30_000;
const AT_ONCE_MAX = 3;

/** Tell which notifications are new enough, and wanted, to be shown over the page. */
export function toToast(
  before: readonly Notification[],
  now: readonly Notification[],
  wanted: Preferences["toasts"],
  now_ms: number = serverNow(),
): readonly Notification[] {
  if (wanted === "none" || before === now) return [];
  const known = new Set(before.map(({ id }) => id));
  const fresh = now.filter(
    (one) => !one.isRead && !known.has(one.id) && now_ms - one.at_ms < FRESH_MS,
  );
  const asked =
    wanted === "important" ? fresh.filter((one) => shownAs(one).isUrgent) : fresh;
  return asked.slice(0, AT_ONCE_MAX);
}
