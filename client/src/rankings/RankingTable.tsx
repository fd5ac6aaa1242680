import { Skeleton } from "@mantine/core";
import { useTranslation } from "react-i18next";
import { type Column, DataTable, formatFull } from "../ui";
import classes from "./Rankings.module.css";
import { type Board, type Line, scoreOf, winPercent } from "./ranking";

interface RankingTableProps {
  label: string;
  board: Board;
  me: string;
  /** Absent while it is read for the first time. */
  lines: readonly Line[] | undefined;
}

const SKELETONS = ["a", "b", "c", "d", "e", "f"];
const MEDALS = 3;

/** Show lines of a ranking, the own one marked. */
export function RankingTable({ label, board, me, lines }: RankingTableProps) {
  const { t } = useTranslation("rankings");
  if (lines === undefined) {
    return SKELETONS.map((key) => <Skeleton key={key} height={32} radius="sm" />);
  }
  const score: Column<Line> = {
    id: "score",
    title: board === "power" ? t("power") : t("points"),
    cell: (line) => formatFull(scoreOf(line)),
    align: "end",
  };
  const columns: Column<Line>[] = [
    { id: "rank", title: t("rank"), cell: (line) => <Rank rank={line.rank} /> },
    {
      id: "player",
      title: t("player"),
      cell: (line) => (
        <span className={classes.name}>
          {line.username}
          {line.player === me && <span className={classes.you}>{t("you")}</span>}
        </span>
      ),
    },
    ...(board === "power" ? [] : fought(t("battles"), t("victories"))),
    score,
  ];
  return (
    <DataTable
      label={label}
      columns={columns}
      rows={lines}
      rowKey={(line) => line.player}
      isMarked={(line) => line.player === me}
    />
  );
}

function fought(battles: string, victories: string): Column<Line>[] {
  return [
    {
      id: "battles",
      title: battles,
      cell: (line) => formatFull(line.battles ?? 0),
      align: "end",
      minor: true,
    },
    {
      id: "victories",
      title: victories,
      cell: (line) => {
        const percent = winPercent(line);
        const won = formatFull(line.victories ?? 0);
        return percent === null ? won : `${won} (${percent} %)`;
      },
      align: "end",
    },
  ];
}

function Rank({ rank }: { rank: number }) {
  return (
    <span className={classes.rank} data-medal={rank <= MEDALS ? rank : undefined}>
      {formatFull(rank)}
    </span>
  );
}
