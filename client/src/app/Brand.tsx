import { useTranslation } from "react-i18next";
import { Link } from "wouter";
import classes from "./Layout.module.css";

/** Show the game's emblem and name, which lead to the beginning. */
export function Brand() {
  const { t } = useTranslation("app");
  return (
    <Link href="/" className={classes.brand} aria-label={t("name")}>
      <Emblem />
      <span className={classes.brandName}>{t("name")}</span>
    </Link>
  );
}

function Emblem() {
  return (
    <svg width="28" height="28" viewBox="0 0 32 32" aria-hidden="true">
      <ellipse
        cx="16"
        cy="16"
        rx="14"
        ry="5.4"
        fill="none"
        stroke="var(--gd-accent)"
        strokeWidth="1.6"
        transform="rotate(-28 16 16)"
      />
      <circle cx="16" cy="16" r="5.4" fill="var(--gd-gold)" />
      <circle cx="27.2" cy="9" r="1.9" fill="var(--gd-text)" />
    </svg>
  );
}
