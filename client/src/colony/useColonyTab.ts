import { useEffect, useState } from "react";
import type { Rules } from "../sync";
import { hashOf, onAddress } from "./address";

export type ColonyTab = "buildings" | "training" | "garrison" | "production";

const TABS: readonly ColonyTab[] = ["buildings", "training", "garrison", "production"];

/** Tell which part an address' hash means: a part's name, or a building's. */
export function tabOf(
  hash: string,
  buildings: Readonly<Record<string, unknown>>,
): ColonyTab | null {
  if (hash in buildings) return "buildings";
  return TABS.find((tab) => tab === hash) ?? null;
}

/** Keep which part of a colony is shown, in the address' hash. */
export function useColonyTab(rules: Rules) {
  const { buildings } = rules.colonies;
  const [tab, setTab] = useState(() => tabOf(hashOf(), buildings) ?? "buildings");
  useEffect(
    () =>
      onAddress(() => {
        const wanted = tabOf(hashOf(), buildings);
        if (wanted !== null) setTab(wanted);
      }),
    [buildings],
  );
  const choose = (wanted: ColonyTab) => {
    setTab(wanted);
    history.replaceState(history.state, "", `#${wanted}`);
  };
  return [tab, choose] as const;
}
