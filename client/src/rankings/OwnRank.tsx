import { Button } from "@mantine/core";
import { IconArrowBigUpLines } from "@tabler/icons-react";
import { useTranslation } from "react-i18next";
import { formatFull } from "../ui";
import classes from "./Rankings.module.css";
import { type Board, nextAhead, ownLine, type Ranking, scoreOf } from "./ranking";

interface OwnRankProps {
  board: Board;
  ranking: Ranking;
  player: string;
  onShow: (rank: number) => void;
}

/** Pin the own place above the ranking, with who is next to overtake. */
export function OwnRank({ board, ranking, player, onShow }: OwnRankProps) {
  const { t } = useTranslation("rankings");
  const own = ownLine(ranking, player);
  if (own === null) {
    return <p className={classes.unranked}>{t(`unranked.${board}`)}</p>;
  }
  const next = nextAhead(ranking, player);
  const score = board === "power" ? t("power") : t("points");
  return (
    <section className={classes.own} aria-label={t("your_rank")}>
      <span className={classes.ownRank}>
        <span className={classes.dimmed}>{t("your_rank")}</span>
        <strong>#{formatFull(own.rank)}</strong>
      </span>
      <span className={classes.ownRank}>
        <span className={classes.dimmed}>{score}</span>
        <strong>{formatFull(scoreOf(own))}</strong>
      </span>
      <span className={classes.next}>
        <IconArrowBigUpLines size={18} aria-hidden="true" />
        {next
          ? t("next", { short: formatFull(next.short), name: next.line.username })
          : t("first")}
      </span>
      <Button variant="default" onClick={() => onShow(own.rank)}>
        {t("show_me")}
      </Button>
    </section>
  );
}
