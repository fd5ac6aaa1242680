import { useTranslation } from "react-i18next";
import { useConnection, useServerNow } from "../sync";
import { formatDuration } from "../ui";
import classes from "./Layout.module.css";

/** How long a connection may be gone before it is said across the page, in ms. */
const PATIENCE_MS = 4_000;

/** Say across the page that the connection is gone, and how old is what is shown. */
export function OfflineBanner() {
  const { t } = useTranslation("app");
  const { status, since_ms } = useConnection();
  const gone_ms = useServerNow(1000) - since_ms;
  const wasLive = since_ms > 0;
  if (status !== "offline" || !wasLive || gone_ms < PATIENCE_MS) return null;
  return (
    <div className={classes.banner}>
      {t("offline_banner", { duration: formatDuration(gone_ms) })}
    </div>
  );
}
