import { Popover, UnstyledButton } from "@mantine/core";
import {
  IconPlugConnected,
  IconPlugConnectedX,
  IconRefresh,
  IconServerBolt,
} from "@tabler/icons-react";
import { useTranslation } from "react-i18next";
import { useConnection, useServerNow } from "../sync";
import { formatDuration } from "../ui";
import classes from "./TopBar.module.css";

const ICONS = {
  live: IconPlugConnected,
  catching_up: IconRefresh,
  offline: IconPlugConnectedX,
  updating: IconServerBolt,
} as const;

/** Say honestly how fresh is what is shown; more on a press. */
export function ConnectionBadge() {
  const { t } = useTranslation("app");
  const { status, instance, latency_ms, since_ms } = useConnection();
  const now_ms = useServerNow(1000);
  const Icon = ICONS[status];
  const explanation = t(`connection.${status}_text`, {
    latency: Math.round(latency_ms ?? 0),
    duration: formatDuration(now_ms - since_ms),
  });
  return (
    <Popover width={280} position="bottom-end" withArrow shadow="md" trapFocus>
      <Popover.Target>
        <UnstyledButton className={classes.badge} data-status={status}>
          <Icon size={16} aria-hidden="true" />
          <span className={classes.badgeText}>{t(`connection.${status}`)}</span>
        </UnstyledButton>
      </Popover.Target>
      <Popover.Dropdown>
        <p>{explanation}</p>
        {instance && (
          <p className={classes.dimmed}>{t("connection.instance", { instance })}</p>
        )}
      </Popover.Dropdown>
      <span className="gd-unseen" role="status">
        {t(`connection.${status}`)}
      </span>
    </Popover>
  );
}
