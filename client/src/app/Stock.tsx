import { useTranslation } from "react-i18next";
import { chooseColony, useChosenColony } from "../colony/chosen";
import { type Stock as Held, RESOURCES } from "../colony/stock";
import { useEmpire, useServerNow } from "../sync";
import { amountsAt } from "../sync/apply.mjs";
import { useName } from "../text";
import { formatAmount, formatFull, ResourceIcon } from "../ui";
import classes from "./TopBar.module.css";

/** Show what the chosen colony holds, running by the server's clock. */
export function Stock() {
  const { t } = useTranslation("app");
  const colony = useChosenColony();
  if (!colony) return null;
  return (
    <>
      <ColonyChoice chosen={colony.id} />
      <ul className={classes.stock} aria-label={t("stock_of", { colony: colony.name })}>
        {RESOURCES.map((resource) => (
          <Store key={resource} resource={resource} stock={colony.resources} />
        ))}
      </ul>
    </>
  );
}

function Store({ resource, stock }: { resource: string; stock: Held }) {
  const { t } = useTranslation("app");
  const name = useName();
  const now_ms = useServerNow(1000);
  const amount = amountsAt(stock, now_ms)[resource] ?? 0;
  const capacity = stock.capacity[resource] ?? 0;
  const rate = stock.rates_per_hour[resource] ?? 0;
  const isFull = amount >= capacity;
  const figures = [
    `${name("resource", resource)}: ${t("storage_of", {
      amount: formatFull(amount),
      capacity: formatFull(capacity),
    })}`,
    t("per_hour", { rate: signed(rate) }),
    ...(isFull ? [t("storage_full")] : []),
  ];
  return (
    <li className={classes.resource} title={figures.join(" · ")}>
      <ResourceIcon name={resource} size={18} />
      <span className={classes.held} data-full={isFull || undefined}>
        <span className="gd-unseen">{name("resource", resource)} </span>
        {formatAmount(amount)}
      </span>
      <span className={classes.rate} data-falls={rate < 0 || undefined}>
        {isFull ? t("storage_full") : `${signed(rate)}/h`}
      </span>
    </li>
  );
}

function signed(rate: number): string {
  return rate > 0 ? `+${formatAmount(rate)}` : formatAmount(rate);
}

function ColonyChoice({ chosen }: { chosen: string }) {
  const { t } = useTranslation("app");
  const colonies = useEmpire((empire) => empire.colonies);
  const all = Object.values(colonies);
  if (all.length < 2) return null;
  return (
    <select
      className={classes.choice}
      aria-label={t("colony_choice")}
      value={chosen}
      onChange={(event) => chooseColony(event.currentTarget.value)}
    >
      {all.map(({ id, name }) => (
        <option key={id} value={id}>
          {name}
        </option>
      ))}
    </select>
  );
}
