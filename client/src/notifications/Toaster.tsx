import "@mantine/notifications/styles.css";
import { Notifications, notifications } from "@mantine/notifications";
import { useEffect } from "react";
import { useTranslation } from "react-i18next";
import { Link } from "wouter";
import { preferences } from "../settings/preferences";
import { empireStore, feed, markRead, type Notification } from "../sync";
import { shownAs } from "./kinds";
import classes from "./notifications.module.css";
import { sentence } from "./sentence";
import { toToast } from "./toasting";

const SHOWN_MAX = 3;
const SHOWN_MS = 6_000;
const SHOWN_URGENT_MS = 12_000;

/** Show what happens as messages over the page, as far as the settings want them. */
export default function Toaster() {
  const { t } = useTranslation("ui");
  useEffect(
    () =>
      feed.subscribe(({ notifications: now }, { notifications: before }) => {
        const wanted = preferences.getState().toasts;
        for (const one of toToast(before, now, wanted)) toast(one, t("close"));
      }),
    [t],
  );
  return (
    <div className={classes.toasts}>
      <Notifications
        position="bottom-right"
        limit={SHOWN_MAX}
        zIndex={250}
        containerWidth={360}
        withinPortal={false}
        className={classes.toastPlace ?? ""}
        aria-live="polite"
      />
    </div>
  );
}

function toast(one: Notification, closeLabel: string): void {
  const { icon: Icon, isUrgent, leads } = shownAs(one);
  const read = () => {
    markRead([one.id]);
    notifications.hide(one.id);
  };
  notifications.show({
    id: one.id,
    color: isUrgent ? "red" : "accent",
    icon: <Icon size={18} aria-hidden="true" />,
    autoClose: isUrgent ? SHOWN_URGENT_MS : SHOWN_MS,
    withBorder: true,
    closeButtonProps: { "aria-label": closeLabel },
    message: (
      <Link href={leads(one.data)} className={classes.toast} onClick={read}>
        {sentence(one, empireStore.getState().empire)}
      </Link>
    ),
  });
}
