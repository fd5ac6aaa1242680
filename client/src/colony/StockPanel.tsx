import { useTranslation } from "react-i18next";
import { type Colony, serverNow } from "../sync";
import {
  Countdown,
  formatAmount,
  formatFull,
  Pending,
  ResourceIcon,
  useName,
} from "../ui";
import { RunningAmount, RunningBar } from "./Running";
import classes from "./Stock.module.css";
import { fill, fullAt, RESOURCES, type Stock } from "./stock";

/** Show what a colony stores, how fast that grows and when the stores are full. */
export function StockPanel({ colony }: { colony: Colony }) {
  const { t } = useTranslation("colony");
  return (
    <section className={classes.tiles} aria-label={t("stock")}>
      {RESOURCES.map((resource) => (
        <Tile
          key={resource}
          resource={resource}
          stock={colony.resources}
          isPending={colony.pending ?? false}
        />
      ))}
    </section>
  );
}

interface TileProps {
  resource: string;
  stock: Stock;
  isPending: boolean;
}

function Tile({ resource, stock, isPending }: TileProps) {
  const { t } = useTranslation("colony");
  const named = useName()("resource", resource);
  const rate = stock.rates_per_hour[resource] ?? 0;
  const capacity = stock.capacity[resource] ?? 0;
  return (
    <div className={classes.tile} data-pending={isPending || undefined}>
      <div className={classes.head}>
        <ResourceIcon name={resource} size={18} />
        <span>{named}</span>
        <span className={classes.rate} data-none={rate <= 0 || undefined}>
          {t("per_hour", { rate: `${rate > 0 ? "+" : ""}${formatAmount(rate)}` })}
        </span>
      </div>
      <div className={classes.amount}>
        <Pending when={isPending}>
          <RunningAmount stock={stock} resource={resource} full />
        </Pending>
        <span className={classes.capacity} title={formatFull(capacity)}>
          / {formatAmount(capacity)}
        </span>
        <span className={classes.full}>
          <UntilFull stock={stock} resource={resource} />
        </span>
      </div>
      <RunningBar
        stock={stock}
        resource={resource}
        label={t("storage_of", { resource: named })}
        className={`${classes.bar} ${classes[resource]}`}
      />
    </div>
  );
}

function UntilFull({ stock, resource }: { stock: Stock; resource: string }) {
  const { t } = useTranslation("colony");
  const now_ms = serverNow();
  if (fill(stock, resource, now_ms) >= 1) {
    return <span className={classes.warn}>{t("full")}</span>;
  }
  const full_ms = fullAt(stock, resource, now_ms);
  if (full_ms === null) return null;
  return (
    <span title={t("full_in")}>
      <span className={classes.long}>{t("full_in")} </span>
      <Countdown until_ms={full_ms} />
    </span>
  );
}
