import { ActionIcon, Button, NumberInput } from "@mantine/core";
import { IconChevronDown, IconClock, IconMinus, IconPlus } from "@tabler/icons-react";
import { memo, useId, useState } from "react";
import { useTranslation } from "react-i18next";
import { amountsAt, serverNow, useCommand } from "../sync";
import { unitCost } from "../sync/formulas";
import {
  Cost,
  formatDuration,
  formatFull,
  RefusalText,
  UnitIcon,
  useName,
} from "../ui";
import { OrderButton } from "./OrderButton";
import { type Buyer, nextChange, type Offer, unitOffer } from "./offers";
import { Reasons } from "./Reasons";
import { affordable } from "./stock";
import classes from "./Training.module.css";
import { QuickStats, UnitStats } from "./UnitStats";
import { useMoment } from "./useMoment";

/** Units of one order; the server takes no more. */
const BATCH_MAX = 10_000;

interface UnitCardProps extends Buyer {
  unit: string;
}

/** Show a unit: what it can do, what it costs, and train some. */
export const UnitCard = memo(function UnitCard(props: UnitCardProps) {
  const { unit, ...buyer } = props;
  const { rules, colony } = buyer;
  const { t } = useTranslation("colony");
  const name = useName();
  const [count, setCount] = useState(1);
  const now_ms = serverNow();
  const offer = unitOffer(buyer, unit, count, now_ms);
  useMoment(nextChange(offer.missing, now_ms));
  const here = colony.units[unit] ?? 0;
  const heading = useId();
  return (
    <article
      className={classes.card}
      aria-labelledby={heading}
      data-locked={isLocked(offer) || undefined}
    >
      <header className={classes.head}>
        <span className={classes.emblem}>
          <UnitIcon name={unit} size={32} />
        </span>
        <div className={classes.title}>
          <h3 id={heading}>{name("unit", unit)}</h3>
          <p className={classes.owned} data-some={here > 0 || undefined}>
            {t("owned", { count: here })}
          </p>
        </div>
      </header>
      <QuickStats rules={rules} unit={unit} />
      <details className={classes.details}>
        <summary>
          {t("stats")}
          <IconChevronDown size={14} aria-hidden="true" />
        </summary>
        <UnitStats rules={rules} unit={unit} />
      </details>
      <Train {...props} offer={offer} count={count} onCount={setCount} />
    </article>
  );
});

interface TrainProps extends UnitCardProps {
  offer: Offer;
  count: number;
  onCount: (count: number) => void;
}

function Train({ unit, rules, colony, offer, count, onCount }: TrainProps) {
  const { t } = useTranslation("colony");
  const named = useName()("unit", unit);
  const { run, error } = useCommand("colonies.train");
  const reasonsId = useId();
  const train = () => void run({ colony: colony.id, unit, count });
  const one = unitCost(rules, unit, 1);
  const label = count === 1 ? t("train") : `${t("train")} ${formatFull(count)}`;
  const fillUp = () => onCount(most(affordable(colony.resources, one, serverNow())));
  return (
    <footer className={classes.foot}>
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
      <Reasons id={reasonsId} missing={offer.missing} colony={colony.id} />
      <RefusalText error={error} />
      {!isLocked(offer) && (
        <Count unit={named} count={count} onCount={onCount} onMax={fillUp} />
      )}
      <OrderButton
        fullWidth
        canOrder={offer.missing.length === 0}
        reasonsId={reasonsId}
        aria-label={t("train_named", { label, name: named })}
        data-tour={`train-${unit}`}
        onOrder={train}
      >
        {label}
      </OrderButton>
    </footer>
  );
}

interface CountProps {
  /** Name of the unit in the present language. */
  unit: string;
  count: number;
  onCount: (count: number) => void;
  onMax: () => void;
}

function Count({ unit, count, onCount, onMax }: CountProps) {
  const { t } = useTranslation("colony");
  return (
    <div className={classes.controls}>
      <ActionIcon
        variant="default"
        aria-label={t("fewer", { name: unit })}
        disabled={count <= 1}
        onClick={() => onCount(most(count - 1))}
      >
        <IconMinus size={16} />
      </ActionIcon>
      <NumberInput
        className={classes.count}
        aria-label={t("count_of", { name: unit })}
        value={count}
        min={1}
        max={BATCH_MAX}
        clampBehavior="strict"
        allowDecimal={false}
        allowNegative={false}
        hideControls
        onChange={(value) => onCount(most(Number(value)))}
      />
      <ActionIcon
        variant="default"
        aria-label={t("more", { name: unit })}
        disabled={count >= BATCH_MAX}
        onClick={() => onCount(most(count + 1))}
      >
        <IconPlus size={16} />
      </ActionIcon>
      <Button
        variant="default"
        px="xs"
        aria-label={t("max_of", { name: unit })}
        onClick={onMax}
      >
        {t("max")}
      </Button>
    </div>
  );
}

function isLocked(offer: Offer): boolean {
  return offer.missing.some(({ kind }) => kind === "building" || kind === "technology");
}

function most(count: number): number {
  return Math.max(1, Math.min(BATCH_MAX, Math.floor(count) || 1));
}
