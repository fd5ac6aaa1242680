import { ActionIcon } from "@mantine/core";
import { IconX } from "@tabler/icons-react";
import { useEffect } from "react";
import { useTranslation } from "react-i18next";
import { Link } from "wouter";
import { formatDuration, refusalSentence, useName } from "../ui";
import { clockTime } from "./clockTime";
import { whyNot } from "./Forecast";
import { dismiss, type Report, useMap } from "./mapStore";
import classes from "./order.module.css";

/** How long a report stays, in ms; what was refused and what leads on stays longer. */
const SHOWN_MS = 6_000;
const SHOWN_LONG_MS = 14_000;

/** Tell what came of the last orders. */
export function Reports() {
  const reports = useMap((state) => state.reports);
  return (
    <div className={classes.reports} role="log" aria-live="polite">
      {reports.map((one) => (
        <ReportLine key={one.id} report={one} />
      ))}
    </div>
  );
}

function ReportLine({ report }: { report: Report }) {
  const { t } = useTranslation("map");
  const { t: ui } = useTranslation("ui");
  const { id, error, battle } = report;
  const isLong = error !== undefined || battle !== undefined;
  useEffect(() => {
    const timer = setTimeout(() => dismiss(id), isLong ? SHOWN_LONG_MS : SHOWN_MS);
    return () => clearTimeout(timer);
  }, [id, isLong]);
  return (
    <div className={classes.report} data-refused={error !== undefined || undefined}>
      <span>{useSentence(report)}</span>
      {battle && <Link href={`/battles/${battle}`}>{t("open_battle")}</Link>}
      <ActionIcon size="sm" aria-label={ui("close")} onClick={() => dismiss(id)}>
        <IconX size={14} />
      </ActionIcon>
    </div>
  );
}

function useSentence(report: Report): string {
  const { t } = useTranslation("map");
  const order = useName()("order", report.order);
  const { fleet, error, battle, arrive_ms, corrected_ms, isQueued } = report;
  if (error !== undefined) {
    const why = error.code === "unseen" ? whyNot(error.code) : refusalSentence(error);
    return `${t("report_done", { fleet, order })}. ${why}`;
  }
  if (battle !== undefined) return t("report_battle", { fleet });
  if (isQueued) return t("report_queued", { fleet, order });
  if (arrive_ms === undefined) return t("report_done", { fleet, order });
  const at = clockTime(arrive_ms);
  const told = t("report_arrives", { fleet, order, at });
  if (corrected_ms === undefined) return told;
  const time = formatDuration(Math.abs(corrected_ms));
  return `${told} (${t("report_corrected", { time })})`;
}
