import { useTranslation } from "react-i18next";
import type { Rules, UnitRules } from "../sync";
import { formatFull, useName } from "../ui";
import { type Matchup, strongAgainst, weakAgainst } from "./matchups";
import classes from "./Training.module.css";

interface UnitStatsProps {
  rules: Rules;
  unit: string;
}

const STATS = [
  "hp",
  "attack",
  "defense",
  "speed",
  "range",
  "fire_rate",
  "cargo",
  "sensor",
  "upkeep",
] as const;

/** What tells units apart at a glance. */
const QUICK = ["attack", "hp", "speed"] as const;

/** Show the few figures that tell a unit from others. */
export function QuickStats({ rules, unit }: UnitStatsProps) {
  const { t } = useTranslation("colony");
  const table = rules.colonies.units[unit];
  if (table === undefined) return null;
  return (
    <dl className={classes.quick}>
      {QUICK.map((stat) => (
        <div key={stat}>
          <dt>{t(`stat.${stat}`)}</dt>
          <dd>{formatFull(table[stat])}</dd>
        </div>
      ))}
    </dl>
  );
}

/** Show a unit's figures, whom it beats and who beats it. */
export function UnitStats({ rules, unit }: UnitStatsProps) {
  const { t } = useTranslation("colony");
  const { units } = rules.colonies;
  const table = units[unit];
  if (table === undefined) return null;
  const reload = (table.fire_rate * rules.combat.tick_ms) / 1000;
  const show = (stat: (typeof STATS)[number], figures: UnitRules) =>
    stat === "fire_rate"
      ? t("seconds", { seconds: reload })
      : formatFull(figures[stat]);
  return (
    <div className={classes.stats}>
      <dl className={classes.figures}>
        {STATS.map((stat) => (
          <div key={stat}>
            <dt>{t(`stat.${stat}`)}</dt>
            <dd>{show(stat, table)}</dd>
          </div>
        ))}
      </dl>
      <Foes title={t("strong")} foes={strongAgainst(units, unit)} />
      <Foes title={t("weak")} foes={weakAgainst(units, unit)} />
    </div>
  );
}

function Foes({ title, foes }: { title: string; foes: readonly Matchup[] }) {
  const { t } = useTranslation("colony");
  const name = useName();
  const all = foes.map(({ unit, percent }) =>
    t("against", { name: name("unit", unit), percent }),
  );
  return (
    <p className={classes.foes}>
      <span>{title}:</span> {all.join(", ") || t("nothing_special")}
    </p>
  );
}
