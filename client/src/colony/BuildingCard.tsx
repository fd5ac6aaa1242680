import { IconClock } from "@tabler/icons-react";
import { memo, useId } from "react";
import { useTranslation } from "react-i18next";
import { amountsAt, serverNow, useCommand } from "../sync";
import type { BuildingOrder } from "../sync/empire";
import {
  BuildingIcon,
  Cost,
  formatDuration,
  Pending,
  RefusalText,
  TimedProgress,
  useName,
} from "../ui";
import classes from "./Buildings.module.css";
import { Demolish } from "./Demolish";
import { Effects } from "./Effects";
import { steps } from "./effects";
import { constructions } from "./line";
import { OrderButton } from "./OrderButton";
import { type Buyer, buildingOffer, nextChange, type Offer } from "./offers";
import { Reasons } from "./Reasons";
import { useMoment } from "./useMoment";

interface BuildingCardProps extends Buyer {
  building: string;
}

/** Show a building: what stands, what the next level brings, and order it. */
export const BuildingCard = memo(function BuildingCard(props: BuildingCardProps) {
  const { building, ...buyer } = props;
  const { rules, empire, colony } = buyer;
  const name = useName();
  const now_ms = serverNow();
  const offer = buildingOffer(buyer, building, now_ms);
  useMoment(nextChange(offer.missing, now_ms));
  const level = colony.buildings[building] ?? 0;
  const orders = constructions(colony.queue).filter((one) => one.building === building);
  const where = { ...colony, modifiers: empire.player.modifiers };
  const gives = steps(rules, building, Math.max(level, offer.amount - 1), where);
  const isLocked = offer.missing.some(
    ({ kind }) => kind === "building" || kind === "technology",
  );
  const heading = useId();
  return (
    <article
      id={building}
      className={classes.card}
      aria-labelledby={heading}
      data-locked={(isLocked && level === 0) || undefined}
      data-busy={orders.length > 0 || undefined}
    >
      <header className={classes.head}>
        <span className={classes.emblem} data-built={level > 0 || undefined}>
          <BuildingIcon name={building} size={34} />
        </span>
        <div className={classes.title}>
          <h3 id={heading}>{name("building", building)}</h3>
          <Levels level={level} orders={orders} />
        </div>
        {level > 0 && (
          <Demolish rules={rules} colony={colony} building={building} level={level} />
        )}
      </header>
      <Effects steps={gives} />
      <UnderWay order={orders[0]} />
      <Buy {...props} offer={offer} level={level} />
    </article>
  );
});

interface LevelsProps {
  level: number;
  orders: readonly BuildingOrder[];
}

function Levels({ level, orders }: LevelsProps) {
  const { t } = useTranslation("colony");
  const last = orders.at(-1);
  return (
    <p className={classes.level}>
      {level > 0 ? t("level", { level }) : t("level_none")}
      {last && (
        <Pending when={orders.some((one) => one.pending)}>
          <span className={classes.then}>{t("level_next", { level: last.level })}</span>
        </Pending>
      )}
    </p>
  );
}

function UnderWay({ order }: { order: BuildingOrder | undefined }) {
  const { t } = useTranslation("colony");
  if (!order || order.started_ms > serverNow()) return null;
  return (
    <TimedProgress
      started_ms={order.started_ms}
      complete_ms={order.complete_ms}
      label={t("level", { level: order.level })}
    />
  );
}

interface BuyProps extends BuildingCardProps {
  offer: Offer;
  level: number;
}

function Buy({ building, colony, offer, level }: BuyProps) {
  const { t } = useTranslation("colony");
  const named = useName()("building", building);
  const { run, error } = useCommand("colonies.build");
  const reasonsId = useId();
  const isAtMax = offer.missing.some(({ kind }) => kind === "level_max");
  const order = () => void run({ colony: colony.id, building });
  const isFirst = level === 0 && offer.amount === 1;
  const what = { name: named, level: offer.amount };
  return (
    <footer className={classes.foot}>
      {!isAtMax && (
        <div className={classes.price}>
          <Cost cost={offer.cost} have={amountsAt(colony.resources, serverNow())} />
          <span
            className={classes.time}
            title={t("duration", { duration: formatDuration(offer.lasts_ms) })}
          >
            <IconClock size={14} aria-hidden="true" />
            {formatDuration(offer.lasts_ms)}
          </span>
        </div>
      )}
      <Reasons id={reasonsId} missing={offer.missing} colony={colony.id} />
      <RefusalText error={error} />
      <OrderButton
        fullWidth
        canOrder={offer.missing.length === 0}
        reasonsId={reasonsId}
        data-tour={`build-${building}`}
        aria-label={isFirst ? t("build_named", what) : t("upgrade_named", what)}
        onOrder={order}
      >
        {buttonText()}
      </OrderButton>
    </footer>
  );

  function buttonText() {
    if (isAtMax) return t("at_max");
    return isFirst ? t("build") : t("upgrade", { level: offer.amount });
  }
}
