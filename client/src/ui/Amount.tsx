import { useName } from "../text";
import { formatAmount, formatFull } from "./format";
import { ResourceIcon } from "./ResourceIcon";
import classes from "./ui.module.css";

interface AmountProps {
  value: number;
  /** A resource, whose sign and name are shown beside. */
  kind?: string;
}

/** Show an amount in few signs, in full in its title. */
export function Amount({ value, kind }: AmountProps) {
  const name = useName();
  const full = formatFull(value);
  if (kind === undefined) return <span title={full}>{formatAmount(value)}</span>;
  const named = name("resource", kind);
  return (
    <span className={classes.amount} title={`${named}: ${full}`}>
      <ResourceIcon name={kind} />
      <span>{formatAmount(value)}</span>
      <span className="gd-unseen">{named}</span>
    </span>
  );
}
