import { useTranslation } from "react-i18next";
import { formatFull, useName } from "../../ui";
import classes from "../classes";
import type { Stance } from "../model/stance";
import { total } from "../model/summary";
import type { CardForce } from "./ForceCard";

interface ForcesTableProps {
  forces: Readonly<Record<string, CardForce>>;
  stanceOf: (force: string) => Stance;
  /** The battle is over: who still fights has stood it. */
  isOver: boolean;
}

/** Show the forces as a table: what the picture shows, in words and numbers. */
export function ForcesTable({ forces, stanceOf, isOver }: ForcesTableProps) {
  const { t } = useTranslation("battles");
  const name = useName();
  return (
    // biome-ignore lint/a11y/noNoninteractiveTabindex: what scrolls must take keys
    <section className={classes.tableFrame} tabIndex={0} aria-label={t("forces")}>
      <table className={classes.table}>
        <thead>
          <tr>
            <th scope="col">{t("player")}</th>
            <th scope="col">{t("side")}</th>
            <th scope="col">{t("ships")}</th>
            <th scope="col">{t("lost")}</th>
            <th scope="col">{t("damage")}</th>
            <th scope="col">{t("state")}</th>
          </tr>
        </thead>
        <tbody>
          {Object.entries(forces).map(([id, force]) => (
            <tr key={id}>
              <th scope="row">{force.username}</th>
              <td>{name("stance", stanceOf(id))}</td>
              <td>{formatFull(total(force.ships))}</td>
              <td>{formatFull(total(force.lost))}</td>
              <td>{formatFull(force.dealt)}</td>
              <td>
                {t(
                  isOver && force.state === "fighting"
                    ? "state_left"
                    : `state_${force.state}`,
                )}
              </td>
            </tr>
          ))}
        </tbody>
      </table>
    </section>
  );
}
