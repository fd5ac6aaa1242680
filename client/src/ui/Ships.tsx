import { useName } from "../text";
import { formatFull } from "./format";
import { UnitIcon } from "./icons";
import classes from "./ui.module.css";

interface ShipsProps {
  /** How many of which unit. */
  ships: Readonly<Record<string, number>>;
  /** Write the units' names beside the signs. */
  named?: boolean;
}

/** Show ships by unit, each with its sign and count. */
export function Ships({ ships, named }: ShipsProps) {
  const name = useName();
  const units = Object.entries(ships).filter(([, count]) => count > 0);
  return (
    <ul className={classes.ships}>
      {units.map(([unit, count]) => (
        <li key={unit} className={classes.amount} title={name("unit", unit)}>
          <UnitIcon name={unit} size={18} />
          <span>{formatFull(count)}</span>
          <span className={named ? classes.dimmed : "gd-unseen"}>
            {name("unit", unit)}
          </span>
        </li>
      ))}
    </ul>
  );
}
