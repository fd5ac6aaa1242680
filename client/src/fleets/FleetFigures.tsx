import { useTranslation } from "react-i18next";
import { useEmpire, useRules } from "../sync";
import { formatFull, useName } from "../ui";
import classes from "./fleets.module.css";
import { hasWarships, powerOf, type Ships, slowestOf } from "./ships";
import { held } from "./status";

interface FleetFiguresProps {
  ships: Ships;
  cargo?: Readonly<Record<string, number>>;
}

const HOUR_S = 3_600;

/** Show what ships are together: speed, range, sensors, hold and upkeep, by research. */
export function FleetFigures({ ships, cargo = {} }: FleetFiguresProps) {
  const { t } = useTranslation("fleets");
  const name = useName();
  const rules = useRules();
  const modifiers = useEmpire((empire) => empire.player.modifiers);
  const power = powerOf(ships, rules.colonies.units);
  const by = (value: number, modifier: string) =>
    (value * (100 + (modifiers[modifier] ?? 0))) / 100;
  const speed = by(power.speed, "speed");
  const slowest = slowestOf(ships, rules.colonies.units);
  const units = (value: number) =>
    t("units_value", { value: formatFull(Math.round(value)) });
  return (
    <>
      <dl className={classes.figures}>
        <Figure
          term={t("speed")}
          value={t("speed_value", { value: inTenths(speed) })}
        />
        <Figure term={t("hour_reach")} value={units(speed * HOUR_S)} />
        <Figure term={t("range")} value={units(by(power.range, "range"))} />
        <Figure term={t("sensor")} value={units(by(power.sensor, "sensor_range"))} />
        <Figure
          term={t("cargo")}
          value={t("hold_value", {
            held: formatFull(held(cargo)),
            capacity: formatFull(by(power.cargo, "cargo")),
          })}
        />
        <Figure
          term={t("upkeep")}
          value={t("upkeep_value", { value: inTenths(by(power.upkeep, "upkeep")) })}
        />
      </dl>
      {slowest && (
        <p className={classes.hint}>{t("slowest", { unit: name("unit", slowest) })}</p>
      )}
      {speed > 0 && !hasWarships(ships, rules.fleets.peaceful_units) && (
        <p className={classes.hint}>{t("unarmed")}</p>
      )}
    </>
  );
}

function Figure({ term, value }: { term: string; value: string }) {
  return (
    <div>
      <dt>{term}</dt>
      <dd>{value}</dd>
    </div>
  );
}

function inTenths(value: number): string {
  return String(Math.round(value * 10) / 10);
}
