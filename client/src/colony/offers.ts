import type { Amounts, Colony, Empire } from "../sync/empire";
import {
  buildingCost,
  buildingMs,
  lineOf,
  nextLevel,
  speedPercent,
  unitCost,
  unitMs,
} from "../sync/formulas";
import type { Rules } from "../sync/rules";
import {
  type Missing,
  missingPlace,
  missingRequirements,
  missingResources,
  type Requirements,
} from "./missing";

/** What an order would be, and why it can't be given now. */
export interface Offer {
  /** Level that it would be for; how many units. */
  readonly amount: number;
  readonly cost: Amounts;
  readonly lasts_ms: number;
  readonly missing: readonly Missing[];
}

/** Whom an offer is made to. */
export interface Buyer {
  readonly rules: Rules;
  readonly empire: Pick<Empire, "player" | "research">;
  readonly colony: Colony;
}

const NO_REQUIREMENTS: Requirements = { buildings: {}, technologies: {} };

/** Offer the next level of a building. */
export function buildingOffer(buyer: Buyer, building: string, now_ms: number): Offer {
  const { rules, empire, colony } = buyer;
  const { buildings, growth, queue_max } = rules.colonies;
  const level = nextLevel(colony, building);
  const cost = buildingCost(rules, building, level);
  const speed = speedPercent(rules, colony.buildings, empire.player, "build_speed");
  const requires = buildings[building]?.requires ?? NO_REQUIREMENTS;
  const lasts_ms = buildingMs(rules, building, level, speed);
  if (level > growth.level_max) {
    const missing: Missing[] = [{ kind: "level_max", level: growth.level_max }];
    return { amount: level, cost: {}, lasts_ms, missing };
  }
  const missing = [
    ...missingPlace(lineOf(colony, "building"), queue_max),
    ...missingRequirements(requires, progressOf(buyer)),
    ...missingResources(colony.resources, cost, now_ms),
  ];
  return { amount: level, cost, lasts_ms, missing };
}

/** Offer units of a kind. */
export function unitOffer(
  buyer: Buyer,
  unit: string,
  count: number,
  now_ms: number,
): Offer {
  const { rules, empire, colony } = buyer;
  const cost = unitCost(rules, unit, count);
  const speed = speedPercent(rules, colony.buildings, empire.player, "train_speed");
  const requires = rules.colonies.units[unit]?.requires ?? NO_REQUIREMENTS;
  const missing = [
    ...missingPlace(lineOf(colony, "training"), rules.colonies.queue_max),
    ...missingRequirements(requires, progressOf(buyer)),
    ...missingResources(colony.resources, cost, now_ms),
  ];
  return {
    amount: count,
    cost,
    lasts_ms: unitMs(rules, unit, count, speed),
    missing,
  };
}

/** Tell what stands, is known, and is on its way at a colony. */
export function progressOf({ empire, colony }: Buyer) {
  return {
    buildings: colony.buildings,
    technologies: empire.player.technologies,
    queue: colony.queue,
    projects: empire.research.projects,
  };
}

/** Tell when the next of the reasons ends, so that it is time to look anew. */
export function nextChange(missing: readonly Missing[], now_ms: number): number | null {
  const times = missing.flatMap((one) => {
    if (one.kind === "queue_full") return one.free_ms ?? [];
    return "ready_ms" in one ? (one.ready_ms ?? []) : [];
  });
  const ahead = times.filter((at_ms) => at_ms > now_ms);
  return ahead.length === 0 ? null : Math.min(...ahead);
}
