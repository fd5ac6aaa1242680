import { IconAlertTriangle, IconLock, IconMoon, IconSwords } from "@tabler/icons-react";
import type { ReactNode } from "react";
import { useTranslation } from "react-i18next";
import { Link } from "wouter";
import { type Colony, serverNow, useEmpire, useRules } from "../sync";
import { production } from "../sync/formulas";
import { Countdown, formatAmount } from "../ui";
import { isShortOfPower } from "./attention";
import classes from "./Colony.module.css";

/** Pace at which mines and refineries work at least. */
const PERCENT_MIN = 10;

/** Say at the top of a colony's page who presses it, and what ails it. */
export function ContestStrip({ colony }: { colony: Colony }) {
  const { t } = useTranslation("colony");
  return (
    <div aria-live="polite" className={classes.strips}>
      {colony.battle && (
        <Strip danger icon={<IconSwords size={18} />}>
          {t("battle_here")}{" "}
          <Link href={`/battles/${colony.battle}`}>{t("watch_battle")}</Link>
        </Strip>
      )}
      {colony.occupier && (
        <Strip danger icon={<IconLock size={18} />}>
          {t("occupied_here")} <Countdown until_ms={colony.occupied_until_ms} />
        </Strip>
      )}
      {colony.blockades.length > 0 && (
        <Strip danger icon={<IconAlertTriangle size={18} />}>
          {t("blockaded_here", { count: colony.blockades.length })}
        </Strip>
      )}
      {colony.resources.until_ms <= serverNow() && (
        <Strip icon={<IconMoon size={18} />}>{t("asleep_here")}</Strip>
      )}
      {isShortOfPower(colony) && <PowerStrip colony={colony} />}
    </div>
  );
}

function PowerStrip({ colony }: { colony: Colony }) {
  const { t } = useTranslation("colony");
  const rules = useRules();
  const modifiers = useEmpire((empire) => empire.player.modifiers);
  const { made, drawn } = production(rules, colony, modifiers);
  if (drawn <= made) return null;
  const percent = Math.max(PERCENT_MIN, Math.floor((made * 100) / drawn));
  return (
    <Strip icon={<IconAlertTriangle size={18} />}>
      {t("power_short", { percent })}{" "}
      {t("power_value", { made: formatAmount(made), drawn: formatAmount(drawn) })}.{" "}
      <Link href={`/colonies/${colony.id}#power_plant`}>{t("power_hint")}</Link>
    </Strip>
  );
}

interface StripProps {
  icon: ReactNode;
  danger?: boolean;
  children: ReactNode;
}

function Strip({ icon, danger, children }: StripProps) {
  return (
    <p className={classes.strip} data-danger={danger || undefined}>
      <span aria-hidden="true">{icon}</span>
      <span>{children}</span>
    </p>
  );
}
