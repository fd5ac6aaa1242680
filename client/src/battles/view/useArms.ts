import { useMemo } from "react";
import { useRules } from "../../sync";
import { GUNS } from "../model/keyframes";
import type { Arms } from "../model/motion";

/** Fires like a cruiser, as the engine has it. */
const GUNS_LIKE = "cruiser";
const PERIOD_TICKS = 10;

/** Give reach and rhythm of weapons by the rules, and who fights whom by the sides. */
export function useArms(sides: Readonly<Record<string, number>>): Arms {
  const rules = useRules();
  const key = JSON.stringify(sides);
  return useMemo(() => {
    const sideOf: Record<string, number> = JSON.parse(key);
    const units: Readonly<Record<string, { range: number; fire_rate: number }>> =
      rules.colonies.units;
    return {
      range: (unit) =>
        unit === GUNS ? rules.combat.grid_range : (units[unit]?.range ?? 0),
      period: (unit) =>
        units[unit === GUNS ? GUNS_LIKE : unit]?.fire_rate ?? PERIOD_TICKS,
      hostile: (one, other) => sideOf[one] !== sideOf[other],
    };
  }, [rules, key]);
}
