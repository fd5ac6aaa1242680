import { useTranslation } from "react-i18next";
import { formatFull } from "../../ui";
import classes from "../classes";
import type { SideSum } from "../model/summary";
import { StanceMark } from "./StanceMark";

/** Show how the sides stand against one another: ships left, as shares of one bar. */
export function SidesBar({ sides }: { sides: readonly SideSum[] }) {
  const { t } = useTranslation("battles");
  return (
    <div className={classes.sides}>
      <ul className={classes.sideNames}>
        {sides.map((side) => (
          <li key={side.side} data-stance={side.stance}>
            <StanceMark stance={side.stance} />
            <span className={classes.sideName} title={side.names.join(", ")}>
              {side.names.slice(0, 2).join(", ")}
              {side.names.length > 2 && ` +${side.names.length - 2}`}
            </span>
            <strong>{formatFull(side.left)}</strong>
            {side.lost > 0 && (
              <span className={classes.lost}>
                {t("minus_lost", { lost: formatFull(side.lost) })}
              </span>
            )}
          </li>
        ))}
      </ul>
      <div className={classes.tug} aria-hidden="true">
        {sides.map((side) => (
          <span
            key={side.side}
            style={{ flexGrow: side.left, background: `var(--gd-${side.stance})` }}
          />
        ))}
      </div>
    </div>
  );
}
