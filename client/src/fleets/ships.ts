/** Say what ships can do together, before research and weather unless said otherwise. */

/** Unit -> how many of it. */
export type Ships = Readonly<Record<string, number>>;

/** What the rules say of a unit. */
export interface UnitStats {
  speed: number;
  range: number;
  cargo: number;
  sensor: number;
  upkeep: number;
}

/** Unit -> what the rules say of it. */
export type Units = Readonly<Record<string, UnitStats>>;

/** What ships are together. */
export interface Power {
  /** Units a second of the slowest. */
  speed: number;
  /** Greatest weapon range, in units. */
  range: number;
  /** How far the best sensor sees, in units. */
  sensor: number;
  /** Units of goods. */
  cargo: number;
  /** Energy an hour. */
  upkeep: number;
}

/** Sum up what ships are together. No ships have no power. */
export function powerOf(ships: Ships, units: Units): Power {
  const flying = present(ships).flatMap(([name, count]) => {
    const unit = units[name];
    return unit === undefined ? [] : [{ unit, count }];
  });
  const most = (stat: "range" | "sensor") =>
    Math.max(0, ...flying.map(({ unit }) => unit[stat]));
  const sum = (stat: "cargo" | "upkeep") =>
    flying.reduce((total, { unit, count }) => total + unit[stat] * count, 0);
  return {
    speed: flying.length ? Math.min(...flying.map(({ unit }) => unit.speed)) : 0,
    range: most("range"),
    sensor: most("sensor"),
    cargo: sum("cargo"),
    upkeep: sum("upkeep"),
  };
}

/** Tell whether any of them is made to attack. */
export function hasWarships(ships: Ships, peaceful: readonly string[]): boolean {
  return present(ships).some(([name]) => !peaceful.includes(name));
}

/** Name the unit that a fleet has most of, first by name where two are as many. */
export function leadOf(ships: Ships): string {
  const ranked = Object.entries(ships).sort(
    ([one, few], [other, many]) => many - few || (one < other ? -1 : 1),
  );
  return ranked[0]?.[0] ?? "";
}

/** Count ships. */
export function countOf(ships: Ships): number {
  return present(ships).reduce((total, [, count]) => total + count, 0);
}

/** Name the unit that slows others down; none where all are as fast. */
export function slowestOf(ships: Ships, units: Units): string | null {
  const speeds = present(ships).map(
    ([name]) => [name, units[name]?.speed ?? 0] as const,
  );
  const [first] = speeds.sort(([, one], [, other]) => one - other);
  const isMixed = speeds.some(([, speed]) => speed !== first?.[1]);
  return isMixed ? (first?.[0] ?? null) : null;
}

/** Take ships away, none below zero; kinds of which none are left disappear. */
export function without(ships: Ships, gone: Ships): Ships {
  const left = Object.entries(ships).map(
    ([name, count]) => [name, count - (gone[name] ?? 0)] as const,
  );
  return Object.fromEntries(left.filter(([, count]) => count > 0));
}

/** Add ships to ships. */
export function together(ships: Ships, more: Ships): Ships {
  const names = new Set([...Object.keys(ships), ...Object.keys(more)]);
  return Object.fromEntries(
    [...names].map((name) => [name, (ships[name] ?? 0) + (more[name] ?? 0)]),
  );
}

/** Leave out what there is none of, as the wire wants it. */
export function onlyPresent(ships: Ships): Record<string, number> {
  return Object.fromEntries(present(ships));
}

function present(ships: Ships): [string, number][] {
  return Object.entries(ships).filter(([, count]) => count > 0);
}
