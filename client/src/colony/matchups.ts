import type { UnitRules } from "../sync/rules";

/** How strongly a unit hits another, in percent. */
export interface Matchup {
  readonly unit: string;
  readonly percent: number;
}

type Units = Readonly<Record<string, UnitRules>>;

/** Name the units that a unit hits harder than usual, the hardest first. */
export function strongAgainst(units: Units, unit: string): Matchup[] {
  const counters = Object.entries(units[unit]?.counters ?? {});
  return sorted(counters.map(([name, percent]) => ({ unit: name, percent })));
}

/** Name the units that hit a unit harder than usual, the hardest first. */
export function weakAgainst(units: Units, unit: string): Matchup[] {
  const foes = Object.entries(units).flatMap(([name, table]) => {
    const percent = table.counters[unit];
    return percent === undefined ? [] : [{ unit: name, percent }];
  });
  return sorted(foes);
}

function sorted(matchups: Matchup[]): Matchup[] {
  return matchups.sort((a, b) => b.percent - a.percent);
}
