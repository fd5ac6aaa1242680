/** Colonies and fleets for tests. */
import type { Amounts, Colony, Fleet } from "../empire";

/** Make a colony that is there, with a thousand of everything. */
export function colonyOf(
  changes: Partial<Colony> & { amounts?: Amounts } = {},
): Colony {
  const { amounts, ...rest } = changes;
  const thousand = {
    energy: 1000,
    minerals: 1000,
    rare_elements: 1000,
    population: 1000,
  };
  return {
    id: "home",
    name: "Home",
    x: 5_000,
    y: 5_000,
    region: "mid_rim",
    planet_type: "terrestrial",
    founded_ms: 0,
    resources: {
      amounts: amounts ?? thousand,
      rates_per_hour: {
        energy: 3_600,
        minerals: 3_600,
        rare_elements: 0,
        population: 0,
      },
      capacity: {
        energy: 10_000,
        minerals: 10_000,
        rare_elements: 5_000,
        population: 2_000,
      },
      at_ms: 0,
      until_ms: Number.MAX_SAFE_INTEGER,
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
    ...rest,
  };
}

/** Make a fleet that stands. */
export function fleetOf(changes: Partial<Fleet> = {}): Fleet {
  return {
    id: "eyes",
    name: "Eyes",
    home: "home",
    ships: { scout: 2 },
    x: 5_000,
    y: 5_000,
    path: [],
    order: null,
    queue: [],
    stance: "",
    post: "",
    battle: "",
    cargo: {},
    cargo_capacity: 10,
    speed: 24,
    range: 100,
    sensor: 600,
    upkeep: 6,
    ...changes,
  };
}
