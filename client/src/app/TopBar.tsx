import { useTranslation } from "react-i18next";
import { Bell } from "./Bell";
import { ConnectionBadge } from "./ConnectionBadge";
import { Stock } from "./Stock";
import classes from "./TopBar.module.css";

/** Show what the chosen colony holds, how fresh all is, and what happened. */
export function TopBar() {
  const { t } = useTranslation("app");
  return (
    <header className={classes.top}>
      <section className={classes.status} aria-label={t("status")}>
        <Stock />
      </section>
      <div className={classes.right}>
        <ConnectionBadge />
        <Bell />
      </div>
    </header>
  );
}
