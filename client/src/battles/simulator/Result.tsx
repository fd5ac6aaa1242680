import { IconTrophy } from "@tabler/icons-react";
import { useTranslation } from "react-i18next";
import { formatFull } from "../../ui";
import classes from "../classes";
import { total } from "../model/summary";
import type { HttpSimulated, Ships } from "../model/views";
import { clockOf } from "../view/clock";
import { type Draft, idOf } from "./draft";

interface ResultProps {
  result: HttpSimulated;
  draft: Draft;
}

/** Say how a simulated battle ended, and what each side lost. */
export function Result({ result, draft }: ResultProps) {
  const { t } = useTranslation("battles");
  const winner = draft.forces[result.winner]?.name;
  const said = !result.over
    ? t("sim_unfinished", { time: clockOf(result.tick) })
    : winner === undefined
      ? t("sim_drawn", { time: clockOf(result.tick) })
      : t("sim_won", { name: winner, time: clockOf(result.tick) });
  return (
    <div className={classes.simResult} role="status">
      <p className={classes.simSaid}>
        <IconTrophy size={22} aria-hidden="true" /> {said}
      </p>
      <ul className={classes.plain}>
        {draft.forces.map(({ name }, side) => {
          const force = result.forces[idOf(side)];
          if (!force) return null;
          const left = total(force.ships as Ships);
          const lost = total(force.lost as Ships);
          return (
            <li key={idOf(side)}>
              {t("sim_side", {
                name,
                left: formatFull(left),
                lost: formatFull(lost),
                percent: Math.round((lost / Math.max(1, left + lost)) * 100),
              })}
            </li>
          );
        })}
      </ul>
    </div>
  );
}
