import { IconHourglassHigh } from "@tabler/icons-react";
import type { ReactNode } from "react";
import { useTranslation } from "react-i18next";
import classes from "./ui.module.css";

interface PendingProps {
  /** Whether the server has yet to confirm it. */
  when: boolean | undefined;
  children?: ReactNode;
}

/** Mark what the server has not confirmed: by a sign, words and a hatching. */
export function Pending({ when, children }: PendingProps) {
  const { t } = useTranslation("ui");
  if (!when) return children;
  return (
    <span className={`${classes.pending} gd-pending`} title={t("pending")}>
      {children}
      <IconHourglassHigh size={13} aria-hidden="true" />
      <span className="gd-unseen">{t("pending")}</span>
    </span>
  );
}
