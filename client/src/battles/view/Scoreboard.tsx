import { IconTrophy } from "@tabler/icons-react";
import { useTranslation } from "react-i18next";
import { formatFull } from "../../ui";
import classes from "../classes";
import type { BattleView } from "../model/views";

interface ScoreboardProps {
  scores: BattleView["scores"];
  player: string | null;
}

/** Rank the players by the points that they earn, as it stands now. */
export function Scoreboard({ scores, player }: ScoreboardProps) {
  const { t } = useTranslation("battles");
  return (
    <ol className={classes.scores} aria-label={t("scores")}>
      {scores.map((one, place) => (
        <li key={one.player} data-own={one.player === player || undefined}>
          <span className={classes.place}>{place + 1}</span>
          <span className={classes.scoreName}>{one.username}</span>
          {one.won && (
            <span className={classes.chip} data-tone="won">
              <IconTrophy size={13} aria-hidden="true" /> {t("winner")}
            </span>
          )}
          <strong>{t("points", { points: formatFull(one.points) })}</strong>
        </li>
      ))}
    </ol>
  );
}
