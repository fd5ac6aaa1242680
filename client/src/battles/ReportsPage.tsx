import { Button } from "@mantine/core";
import { IconFileText } from "@tabler/icons-react";
import { useTranslation } from "react-i18next";
import { Link } from "wouter";
import { useHour12 } from "../settings/preferences";
import { serverNow } from "../sync";
import {
  type Column,
  DataTable,
  EmptyState,
  formatAmount,
  formatDuration,
  formatFull,
  formatTime,
  Page,
  Panel,
  RefusalText,
} from "../ui";
import classes from "./classes";
import type { HttpFought } from "./model/views";
import { useReports } from "./reports/useReports";

/** List own finished battles, newest first. */
export default function ReportsPage() {
  const { t } = useTranslation("battles");
  const { reports, error, isReading, more } = useReports();
  const columns = useColumns();
  return (
    <Page title={t("reports")} lead={t("reports_lead")}>
      <Panel>
        <RefusalText error={error} />
        {reports === null ? (
          <p role="status">{t("loading")}</p>
        ) : (
          <DataTable
            label={t("reports")}
            columns={columns}
            rows={reports}
            rowKey={({ battle }) => battle}
            isMarked={({ won }) => won}
            empty={<NoReports />}
          />
        )}
        {more && (
          <Button variant="default" onClick={more} loading={isReading}>
            {t("more")}
          </Button>
        )}
      </Panel>
    </Page>
  );
}

function useColumns(): readonly Column<HttpFought>[] {
  const { t } = useTranslation("battles");
  const hour12 = useHour12();
  const when = (at_ms: number) => formatTime(at_ms, { now_ms: serverNow(), hour12 });
  return [
    {
      id: "ended",
      title: t("ended"),
      by: (one) => one.ended_ms,
      cell: (one) => <Link href={`/reports/${one.battle}`}>{when(one.ended_ms)}</Link>,
    },
    {
      id: "kind",
      title: t("kind"),
      by: (one) => one.board,
      cell: (one) =>
        one.board === "arenas" ? t("arena") : one.colony ? t("siege") : t("battle"),
    },
    {
      id: "result",
      title: t("result"),
      by: (one) => Number(one.won),
      cell: (one) => (
        <span className={classes.chip} data-tone={one.won ? "won" : "over"}>
          {one.won ? t("victory") : t("no_victory")}
        </span>
      ),
    },
    {
      id: "points",
      title: t("rank_points"),
      align: "end",
      by: (one) => one.points,
      cell: (one) => formatFull(one.points),
    },
    {
      id: "destroyed",
      title: t("destroyed_worth"),
      align: "end",
      minor: true,
      by: (one) => one.destroyed,
      cell: (one) => formatAmount(one.destroyed),
    },
    {
      id: "lost",
      title: t("lost_worth"),
      align: "end",
      minor: true,
      by: (one) => one.lost,
      cell: (one) => formatAmount(one.lost),
    },
    {
      id: "length",
      title: t("length"),
      align: "end",
      minor: true,
      by: (one) => one.ended_ms - one.began_ms,
      cell: (one) => formatDuration(one.ended_ms - one.began_ms),
    },
  ];
}

function NoReports() {
  const { t } = useTranslation("battles");
  return (
    <EmptyState
      icon={<IconFileText size={28} />}
      title={t("no_reports_title")}
      text={t("no_reports_text")}
      action={
        <Button component={Link} href="/battles" variant="light">
          {t("to_battles")}
        </Button>
      }
    />
  );
}
