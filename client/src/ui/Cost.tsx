import { IconAlertTriangleFilled } from "@tabler/icons-react";
import { useTranslation } from "react-i18next";
import { useName } from "../text";
import { formatAmount, formatFull } from "./format";
import { ResourceIcon } from "./ResourceIcon";
import classes from "./ui.module.css";

interface CostProps {
  /** Whole units, by resource. */
  cost: Readonly<Record<string, number>>;
  /** What there is; what is short is marked. */
  have?: Readonly<Record<string, number>> | undefined;
}

/** Show a price; what is short has a sign, a colour and words for it. */
export function Cost({ cost, have }: CostProps) {
  const { t } = useTranslation("ui");
  const name = useName();
  const parts = Object.entries(cost).filter(([, amount]) => amount > 0);
  if (parts.length === 0) return <span className={classes.dimmed}>{t("free")}</span>;
  return (
    <ul className={classes.cost}>
      {parts.map(([kind, amount]) => {
        const resource = name("resource", kind);
        const missing = have ? Math.ceil(amount - (have[kind] ?? 0)) : 0;
        const short = t("short_of", { amount: formatFull(missing), resource });
        const title = `${resource}: ${formatFull(amount)}`;
        return (
          <li
            key={kind}
            className={classes.amount}
            data-short={missing > 0 || undefined}
            title={missing > 0 ? `${title} (${short})` : title}
          >
            <ResourceIcon name={kind} size={15} />
            <span>{formatAmount(amount)}</span>
            {missing > 0 && <IconAlertTriangleFilled size={12} aria-hidden="true" />}
            <span className="gd-unseen">{missing > 0 ? short : resource}</span>
          </li>
        );
      })}
    </ul>
  );
}
