/** Say in a word what a fleet does. */

import { arrivalOf } from "../sync/course";
import type { Fleet } from "../sync/empire";

export type FleetStatus =
  | "fighting"
  | "patrolling"
  | "flying"
  | "defending"
  | "blockading"
  | "idle";

/** Tell what a fleet does now. */
export function statusOf(fleet: Fleet): FleetStatus {
  if (fleet.battle) return "fighting";
  if (fleet.order?.kind === "patrol") return "patrolling";
  if (fleet.path.length > 0) return "flying";
  if (fleet.stance === "defend") return "defending";
  return fleet.stance === "blockade" ? "blockading" : "idle";
}

/** Sort fleets: those that fight first, then those that arrive first, then by name. */
export function inUrgency(fleets: readonly Fleet[]): Fleet[] {
  const rank = (fleet: Fleet) => (fleet.battle ? 0 : (arrivalOf(fleet) ?? Infinity));
  return [...fleets].sort((one, other) => {
    const [first, second] = [rank(one), rank(other)];
    return first === second ? one.name.localeCompare(other.name) : first - second;
  });
}

/** Sum up the units of goods in a hold. */
export function held(cargo: Readonly<Record<string, number>>): number {
  return Object.values(cargo).reduce((sum, units) => sum + units, 0);
}
