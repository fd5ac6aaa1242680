import type { Counts } from "../sync/empire";
import { hourlyMilli, placePerMyriad, production } from "../sync/formulas";
import type { Rules } from "../sync/rules";

/** One thing that a level of a building gives or takes. */
export interface Effect {
  /** `output`, `draw` and `storage` are about a resource; else the effect's name. */
  readonly kind: "output" | "draw" | "storage" | "effect";
  readonly name: string;
  readonly value: number;
}

/** The same effect at two levels. */
export interface EffectStep extends Effect {
  readonly next: number;
}

/** Effects that count things; all others are percent. */
export const COUNTED: ReadonlySet<string> = new Set([
  "sensor_range_units",
  "defense_points",
  "attack_points",
  "market_orders",
  "crafting_jobs",
  "alliance_members",
  "colonies",
  "treaties",
]);

/** What decides beside the level: place and research. */
export interface Where {
  readonly region: string;
  readonly planet_type: string;
  readonly modifiers: Counts;
}

/** Give what a building does at a level and at the one after it. */
export function steps(
  rules: Rules,
  building: string,
  level: number,
  where: Where,
): EffectStep[] {
  const now = effectsAt(rules, building, level, where);
  const next = effectsAt(rules, building, level + 1, where);
  return next.map((one) => {
    const before = now.find((old) => old.kind === one.kind && old.name === one.name);
    return { ...one, value: before?.value ?? 0, next: one.value };
  });
}

/** Give what a building does at a level, in whole units an hour, units or percent. */
export function effectsAt(
  rules: Rules,
  building: string,
  level: number,
  where: Where,
): Effect[] {
  const table = rules.colonies.buildings[building];
  if (table === undefined) return [];
  const made = Object.entries(table.output_per_hour).map(([name, base]) => {
    const research = 100 + (where.modifiers[`${name}_rate`] ?? 0);
    const place = placePerMyriad(rules, where.region, where.planet_type, name);
    const milli = (hourlyMilli(rules, base, level) * place * research) / 1_000_000;
    return effect("output", name, Math.floor(milli / 1_000));
  });
  const each = Object.entries(table.effects).map(([name, by]) =>
    effect("effect", name, by * level),
  );
  const draw = Math.floor(hourlyMilli(rules, table.draw_per_hour, level) / 1_000);
  return [
    ...made,
    ...stored(rules, building, level, where),
    ...each,
    ...(table.draw_per_hour > 0 ? [effect("draw", "energy", draw)] : []),
  ];
}

function effect(kind: Effect["kind"], name: string, value: number): Effect {
  return { kind, name, value };
}

/** Building -> the stores that it enlarges. */
const STORES: Readonly<Record<string, readonly string[]>> = {
  warehouse: ["minerals", "energy", "rare_elements"],
  habitat: ["population"],
};

function stored(rules: Rules, building: string, level: number, where: Where): Effect[] {
  const stores = STORES[building];
  if (stores === undefined) return [];
  const site = { ...where, units: {}, away: {}, occupier: "" };
  const buildings = { [building]: level };
  const { capacity } = production(rules, { ...site, buildings }, where.modifiers);
  return stores.map((name) => effect("storage", name, Math.floor(capacity[name] ?? 0)));
}
