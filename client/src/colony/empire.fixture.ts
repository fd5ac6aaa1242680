import type { Colony, Empire, Fleet } from "../sync/empire";
import { NO_EMPIRE } from "../sync/empire";

const HOUR_MS = 3_600_000;

/** Make a colony for tests: founded and settled at 0, with nothing on it. */
export function specimenColony(changes: Partial<Colony> = {}): Colony {
  return {
    id: "home",
    name: "Home",
    x: 10,
    y: 20,
    region: "mid_rim",
    planet_type: "ice",
    founded_ms: 0,
    resources: {
      amounts: { energy: 100, minerals: 100, rare_elements: 10, population: 50 },
      rates_per_hour: { energy: 60, minerals: 120, rare_elements: 0, population: 6 },
      capacity: { energy: 1000, minerals: 1000, rare_elements: 500, population: 200 },
      at_ms: 0,
      until_ms: 720 * HOUR_MS,
    },
    buildings: {},
    queue: [],
    units: {},
    away: {},
    stationed: [],
    blockades: [],
    battle: "",
    occupier: "",
    occupied_until_ms: 0,
    ...changes,
  };
}

/** Make a fleet for tests: one scout that stands at its home. */
export function specimenFleet(changes: Partial<Fleet> = {}): Fleet {
  return {
    id: "eyes",
    name: "Eyes",
    home: "home",
    ships: { scout: 1 },
    x: 10,
    y: 20,
    path: [],
    order: null,
    queue: [],
    stance: "free",
    post: "",
    battle: "",
    cargo: {},
    cargo_capacity: 5,
    speed: 24,
    range: 100,
    sensor: 600,
    upkeep: 3,
    ...changes,
  };
}

/** Make an empire for tests of these colonies and fleets. */
export function specimenEmpire(
  colonies: readonly Colony[],
  changes: Partial<Empire> = {},
): Empire {
  const byId = Object.fromEntries(colonies.map((one) => [one.id, one]));
  return { ...NO_EMPIRE, colonies: byId, ...changes };
}
