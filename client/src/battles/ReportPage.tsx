import { Button } from "@mantine/core";
import {
  IconChartLine,
  IconFileOff,
  IconListDetails,
  IconMovie,
  IconTrophy,
} from "@tabler/icons-react";
import { useState } from "react";
import { useTranslation } from "react-i18next";
import { Link, useLocation, useParams } from "wouter";
import { http, type Refusal, useSession } from "../sync";
import { Coordinates, EmptyState, Page, Panel, RefusalText } from "../ui";
import classes from "./classes";
import { stances } from "./model/stance";
import { sideLines, sideSums } from "./model/summary";
import type { HttpReport } from "./model/views";
import { Proof } from "./ReplayPage";
import { OrderLog } from "./reports/OrderLog";
import { useRead } from "./reports/useRead";
import { CourseChart } from "./view/CourseChart";
import { clockOf } from "./view/clock";
import { ForceCard } from "./view/ForceCard";
import { ForcesTable } from "./view/ForcesTable";
import { nameForces, presented } from "./view/names";
import { Outcome } from "./view/Outcome";
import { Scoreboard } from "./view/Scoreboard";
import { SidesBar } from "./view/SidesBar";

/** Show the report of a battle that the player fought in. */
export default function ReportPage() {
  const { id = "" } = useParams();
  const { t } = useTranslation("battles");
  const { data, error } = useRead<HttpReport>(`/reports/${encodeURIComponent(id)}`);
  if (data) return <Report report={presented(data, t)} />;
  return (
    <Page title={t("report")}>
      <Panel>
        {error ? (
          <EmptyState
            icon={<IconFileOff size={28} />}
            title={t("no_report_title")}
            text={t("absent_text")}
            action={
              <Button component={Link} href="/reports" variant="light">
                {t("reports")}
              </Button>
            }
          />
        ) : (
          <p role="status">{t("loading")}</p>
        )}
      </Panel>
    </Page>
  );
}

function Report({ report }: { report: HttpReport }) {
  const { t } = useTranslation("battles");
  const player = useSession().player?.id ?? null;
  const of = stances(report.forces, player);
  const stanceOf = (force: string) => of.get(force) ?? "neutral";
  const sums = sideSums(report.forces, stanceOf);
  const bySide = new Map(sums.map((sum) => [sum.side, sum]));
  const names = nameForces(report.forces, t);
  return (
    <Page
      title={t("report")}
      lead={
        <span className={classes.lead}>
          <span>{clockOf(report.tick)}</span>
          {!report.arena && <Coordinates x={report.x} y={report.y} />}
        </span>
      }
      actions={<Watch battle={report.id} isOver={report.winner !== null} />}
      fills
    >
      <div className={classes.battle}>
        <div className={classes.main}>
          <Outcome battle={report} player={player} />
          <SidesBar sides={sums} />
          <Panel title={t("course")} icon={<IconChartLine size={18} />}>
            <CourseChart
              lines={sideLines(report.forces, report.log, report.tick)}
              stanceOf={(side) => bySide.get(side)?.stance ?? "neutral"}
              nameOf={(side) => bySide.get(side)?.names.join(", ") ?? ""}
              end={report.tick}
            />
          </Panel>
          <Panel
            className={classes.late}
            title={t("log")}
            icon={<IconListDetails size={18} />}
          >
            <OrderLog report={report} names={names} />
          </Panel>
          {report.seed && (
            <Proof chain={report.chain} seed={report.seed} engine={report.engine} />
          )}
        </div>
        <aside className={classes.aside}>
          <div className={classes.forces}>
            {Object.entries(report.forces).map(([id, force]) => (
              <ForceCard key={id} force={force} stance={stanceOf(id)} />
            ))}
          </div>
          <Panel title={t("rank_points")} icon={<IconTrophy size={18} />}>
            <Scoreboard scores={report.scores} player={player} />
          </Panel>
          <ForcesTable
            forces={report.forces}
            stanceOf={stanceOf}
            isOver={report.winner !== null}
          />
        </aside>
      </div>
    </Page>
  );
}

/** Prefix of the path that `share` answers; behind it stands the link's token. */
const REPLAYS = "/api/v1/replays/";

/** Open the replay; whoever gets its address may watch it, too. */
function Watch({ battle, isOver }: { battle: string; isOver: boolean }) {
  const { t } = useTranslation("battles");
  const [, go] = useLocation();
  const [error, setError] = useState<Refusal | null>(null);
  const [isAsking, setAsking] = useState(false);
  const open = async () => {
    setAsking(true);
    const path = `/reports/${encodeURIComponent(battle)}/share`;
    const answer = await http.post<{ path: string }>(path);
    setAsking(false);
    if (answer.ok) go(`/replays/${answer.data.path.replace(REPLAYS, "")}`);
    else setError(answer.error);
  };
  if (!isOver) {
    return (
      <Button component={Link} href={`/battles/${battle}`}>
        {t("enter")}
      </Button>
    );
  }
  return (
    <>
      <Button onClick={open} loading={isAsking} leftSection={<IconMovie size={18} />}>
        {t("watch_replay")}
      </Button>
      <RefusalText error={error} />
    </>
  );
}
