import { useMemo } from "react";
import { useEmpire, useGalaxyMap, useRules } from "../sync";
import type { Realm } from "./realm";
import { useWeather } from "./weather";

const NO_CHART = { hazards: {}, protected: [] };

/** Give what orders are judged by, but for the time. */
export function useRealm(): Omit<Realm, "now_ms"> {
  const empire = useEmpire((all) => all);
  const rules = useRules();
  const chart = useGalaxyMap() ?? NO_CHART;
  const weather = useWeather();
  return useMemo(
    () => ({ empire, rules, chart, weather }),
    [empire, rules, chart, weather],
  );
}
