import { ActionIcon } from "@mantine/core";
import { IconBell, IconBellRinging } from "@tabler/icons-react";
import { useTranslation } from "react-i18next";
import { Link } from "wouter";
import { useFeed } from "../sync";
import classes from "./TopBar.module.css";

const SHOWN_MAX = 99;

/** Lead to the notifications, and say how many are unread. */
export function Bell() {
  const { t } = useTranslation("app");
  const unread = useFeed().filter((one) => !one.isRead).length;
  const label = unread > 0 ? t("unread", { count: unread }) : t("unread_none");
  const Icon = unread > 0 ? IconBellRinging : IconBell;
  return (
    <ActionIcon
      component={Link}
      href="/notifications"
      className={classes.bell}
      aria-label={label}
      title={label}
      color="gray"
    >
      <Icon size={20} aria-hidden="true" />
      {unread > 0 && (
        <span className={classes.count} aria-hidden="true">
          {unread > SHOWN_MAX ? `${SHOWN_MAX}+` : unread}
        </span>
      )}
    </ActionIcon>
  );
}
