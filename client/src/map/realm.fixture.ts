/** Make empires, rules and rooms for tests of the map and of fleets. */

import { type Colony, type Empire, type Fleet, NO_EMPIRE } from "../sync/empire";
import type { Realm, Rulebook } from "./realm";
import type { PublicColony, PublicFleet } from "./views";

const STATS = { speed: 10, range: 0, cargo: 0, sensor: 100, upkeep: 1 };

/** Rules in which every number is easy to reckon with. */
export const RULES: Rulebook = {
  galaxy: {
    side: 10_000,
    sector: 100,
    regions: { core: { reach: 1200 }, deep_space: { reach: 10_000 } },
  },
  colonies: {
    buildings: { sensor_array: { effects: { sensor_range_units: 50 } } },
    units: {
      fighter: { ...STATS, range: 200, cargo: 10, upkeep: 4 },
      scout: { ...STATS, speed: 24, sensor: 600, cargo: 5, upkeep: 3 },
      freighter: { ...STATS, speed: 6, cargo: 5000, upkeep: 15 },
      colony_ship: { ...STATS, speed: 3, cargo: 5000, upkeep: 80 },
    },
  },
  fleets: {
    fleets_max: 32,
    orders_max: 10,
    travel_max_ms: 3_600_000,
    via_max: 10,
    merge_reach: 20,
    patrol: { points_min: 2, points_max: 10, loop_min_ms: 60_000 },
    peaceful_units: ["colony_ship", "freighter", "scout"],
  },
  combat: { joins_within: 300, debris: { salvaged_within: 50 } },
};

/** Make a fleet of ten fighters that stands at (5000, 5000). */
export function fleetOf(changes: Partial<Fleet> = {}): Fleet {
  return {
    id: "f1",
    name: "First",
    home: "c1",
    ships: { fighter: 10 },
    x: 5000,
    y: 5000,
    path: [],
    order: null,
    queue: [],
    stance: "",
    post: "",
    battle: "",
    cargo: {},
    cargo_capacity: 100,
    speed: 10,
    range: 200,
    sensor: 100,
    upkeep: 40,
    ...changes,
  };
}

/** Make an own colony at (5000, 5000). */
export function colonyOf(changes: Partial<Colony> = {}): Colony {
  return {
    id: "c1",
    name: "Home",
    x: 5000,
    y: 5000,
    region: "core",
    planet_type: "ice",
    founded_ms: 0,
    resources: { amounts: {}, rates_per_hour: {}, capacity: {}, at_ms: 0, until_ms: 0 },
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

/** Make an empire of player `me`. */
export function empireOf(
  fleets: readonly Fleet[] = [],
  colonies: readonly Colony[] = [colonyOf()],
  modifiers: Record<string, number> = {},
): Empire {
  return {
    ...NO_EMPIRE,
    player: { ...NO_EMPIRE.player, id: "me", username: "ada", modifiers },
    fleets: Object.fromEntries(fleets.map((one) => [one.id, one])),
    colonies: Object.fromEntries(colonies.map((one) => [one.id, one])),
  };
}

/** Make what orders are judged by, at time 0 in calm weather. */
export function realmOf(empire: Empire, changes: Partial<Realm> = {}): Realm {
  return {
    empire,
    rules: RULES,
    chart: { hazards: {}, protected: [] },
    weather: {},
    now_ms: 0,
    ...changes,
  };
}

/** Make somebody else's fleet as it is seen. */
export function strangerOf(changes: Partial<PublicFleet> = {}): PublicFleet {
  return {
    id: "s1",
    player: "them",
    username: "bob",
    ships: { fighter: 3 },
    x: 5050,
    y: 5050,
    path: [{ x: 5050, y: 5050, at_ms: 0 }],
    stance: "",
    battle: "",
    ...changes,
  };
}

/** Make somebody else's colony as it is seen. */
export function foreignOf(changes: Partial<PublicColony> = {}): PublicColony {
  return {
    id: "c9",
    name: "Far",
    x: 5500,
    y: 5500,
    region: "core",
    planet_type: "desert",
    player: "them",
    username: "bob",
    buildings: { mine: 2 },
    construction: null,
    blockades: [],
    battle: "",
    occupier: "",
    occupied_until_ms: 0,
    ...changes,
  };
}
