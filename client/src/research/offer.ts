import {
  type Missing,
  missingRequirements,
  missingResources,
  type Requirements,
} from "../colony/missing";
import { type Buyer, type Offer, progressOf } from "../colony/offers";
import type { Colony, Project } from "../sync/empire";
import { speedPercent, technologyCost, technologyMs } from "../sync/formulas";
import type { Rules } from "../sync/rules";

export const LAB = "research_lab";

const NO_REQUIREMENTS: Requirements = { buildings: {}, technologies: {} };

/** Offer the next level of a technology, to be researched in the buyer's colony. */
export function technologyOffer(
  buyer: Buyer,
  technology: string,
  now_ms: number,
): Offer {
  const { rules, empire, colony } = buyer;
  const table = rules.research.technologies[technology];
  const level = (empire.player.technologies[technology] ?? 0) + 1;
  const level_max = table?.level_max ?? 0;
  const speed = speedPercent(rules, colony.buildings, empire.player, "research_speed");
  const lasts_ms = technologyMs(rules, technology, level, speed);
  if (level > level_max) {
    const missing: Missing[] = [{ kind: "level_max", level: level_max }];
    return { amount: level, cost: {}, lasts_ms, missing };
  }
  const cost = technologyCost(rules, technology, level);
  const requires = table?.requires ?? NO_REQUIREMENTS;
  const { projects } = empire.research;
  const isRunning = projects.some((one) => one.technology === technology);
  const missing: Missing[] = [
    ...(isRunning ? [{ kind: "in_progress" } as const] : []),
    ...missingRequirements(requires, progressOf(buyer)),
    ...missingLab(rules, colony, projects),
    ...missingResources(colony.resources, cost, now_ms),
  ];
  return { amount: level, cost, lasts_ms, missing };
}

/** Tell how many projects a colony's lab works on at once. */
export function labPlaces(rules: Rules, colony: Colony): number {
  return Math.min(colony.buildings[LAB] ?? 0, rules.research.projects_per_lab_max);
}

/** Give the projects that run in a colony's lab, the one that ends first in front. */
export function projectsAt(colony: Colony, projects: readonly Project[]): Project[] {
  return projects
    .filter((one) => one.colony === colony.id)
    .sort((a, b) => a.complete_ms - b.complete_ms);
}

/** A lab that isn't there is named by the requirements. */
function missingLab(
  rules: Rules,
  colony: Colony,
  projects: readonly Project[],
): Missing[] {
  const places = labPlaces(rules, colony);
  const running = projectsAt(colony, projects);
  if (places === 0 || running.length < places) return [];
  const next = running[running.length - places];
  return [{ kind: "queue_full", free_ms: next?.complete_ms ?? null }];
}

/** What a technology looks like in the tree. */
export type NodeState =
  | "max"
  | "progress"
  | "pending"
  | "missing"
  | "busy"
  | "short"
  | "available";

/** Say in one word how a technology stands, the reason that counts most. */
export function stateOf(
  offer: Offer,
  project: { readonly pending?: true } | undefined,
): NodeState {
  if (project) return project.pending ? "pending" : "progress";
  const kinds = new Set(offer.missing.map(({ kind }) => kind));
  if (kinds.has("level_max")) return "max";
  if (kinds.has("building") || kinds.has("technology")) return "missing";
  if (kinds.has("queue_full")) return "busy";
  return kinds.has("resource") ? "short" : "available";
}

/** Name the technologies that need one, each with the level that they need. */
export function opens(
  rules: Rules,
  technology: string,
): { readonly technology: string; readonly level: number }[] {
  return Object.entries(rules.research.technologies).flatMap(([name, table]) => {
    const level = table.requires.technologies[technology];
    return level === undefined ? [] : [{ technology: name, level }];
  });
}
