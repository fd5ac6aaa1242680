import { createStore } from "zustand/vanilla";
import { http } from "./http";

type Numbers = Readonly<Record<string, number>>;

export interface Requirements {
  readonly buildings: Numbers;
  readonly technologies: Numbers;
}

export interface BuildingRules {
  readonly cost: Numbers;
  readonly time_ms: number;
  readonly output_per_hour: Numbers;
  readonly draw_per_hour: number;
  readonly effects: Numbers;
  readonly requires: Requirements;
}

export interface UnitRules {
  readonly cost: Numbers;
  readonly time_ms: number;
  readonly hp: number;
  readonly attack: number;
  readonly defense: number;
  readonly speed: number;
  readonly range: number;
  readonly fire_rate: number;
  readonly cargo: number;
  readonly sensor: number;
  readonly upkeep: number;
  readonly counters: Numbers;
  readonly requires: Requirements;
}

export interface TechnologyRules {
  readonly branch: string;
  readonly cost: Numbers;
  readonly time_ms: number;
  readonly level_max: number;
  readonly effects: Numbers;
  readonly requires: Requirements;
}

/** Grow a figure by `times / by` for each level. */
export interface Growth {
  readonly times: number;
  readonly by: number;
  readonly factor: string;
}

interface Percents {
  readonly production_percent: Numbers;
}

/** Hold every number that players plan with: `GET /rules`. */
export interface Rules {
  readonly galaxy: {
    readonly side: number;
    readonly sector: number;
    readonly regions: Readonly<Record<string, Percents & { readonly reach: number }>>;
    readonly planet_types: Readonly<Record<string, Percents>>;
  };
  readonly colonies: {
    readonly buildings: Readonly<Record<string, BuildingRules>>;
    readonly units: Readonly<Record<string, UnitRules>>;
    readonly growth: {
      readonly level_max: number;
      readonly cost: Growth;
      readonly time: Growth;
      readonly output: Growth;
      readonly storage: Growth;
    };
    readonly base: { readonly output_per_hour: Numbers; readonly storage: Numbers };
    readonly queue_max: number;
    readonly refund_percent: number;
  };
  readonly fleets: {
    readonly fleets_max: number;
    readonly orders_max: number;
    readonly travel_max_ms: number;
    readonly via_max: number;
    readonly merge_reach: number;
    readonly patrol: {
      readonly points_min: number;
      readonly points_max: number;
      readonly loop_min_ms: number;
      readonly lasts_ms: number;
    };
    readonly posts_max: number;
    readonly peaceful_units: readonly string[];
    readonly weather: Readonly<
      Record<
        string,
        { readonly sensor_percent: number; readonly speed_percent: number }
      >
    >;
  };
  readonly combat: {
    readonly tick_ms: number;
    readonly ticks_max: number;
    readonly step_ticks: number;
    readonly retreat_ticks: number;
    readonly forces_max: number;
    readonly entities_max: number;
    readonly grid_range: number;
    readonly formations: Readonly<
      Record<string, { readonly dealt_percent: number; readonly taken_percent: number }>
    >;
    readonly joins_within: number;
    readonly debris: {
      readonly left_percent: number;
      readonly left_of: readonly string[];
      readonly lasts_ms: number;
      readonly salvaged_within: number;
    };
    readonly plunder: { readonly most_part: number; readonly of: readonly string[] };
    readonly occupation_ms: number;
    readonly ranking: {
      readonly milli_per_point: number;
      readonly victory_percent: number;
    };
  };
  readonly arenas: {
    readonly ships: Numbers;
    readonly sides_max: number;
    readonly seats_max: number;
    readonly join_ms: readonly [number, number];
  };
  readonly research: {
    readonly technologies: Readonly<Record<string, TechnologyRules>>;
    readonly growth: { readonly cost: Growth; readonly time: Growth };
    readonly projects_per_lab_max: number;
  };
  readonly start: {
    readonly resources: Numbers;
    readonly credits: number;
    readonly shield_ms: number;
  };
}

/** Hold what never changes of a galaxy; planets as columns. */
export interface GalaxyMap {
  readonly side: number;
  readonly sector: number;
  readonly planets: {
    readonly id: readonly string[];
    readonly x: readonly number[];
    readonly y: readonly number[];
    readonly type: readonly number[];
    readonly region: readonly number[];
    readonly types: readonly string[];
    readonly regions: readonly string[];
  };
  readonly hazards: Readonly<Record<string, string>>;
  readonly protected: readonly string[];
}

/** Hold what is read once; `failed` says that it has to be asked for again. */
export interface Read<T> {
  readonly data: T | null;
  readonly path: string;
  readonly isAsked: boolean;
  readonly failed: boolean;
}

/** Make a store of something that is read once and kept, and what reads it. */
export function readOnce<T>() {
  const nothing: Read<T> = { data: null, path: "", isAsked: false, failed: false };
  const store = createStore<Read<T>>(() => nothing);
  const load = async (path: string): Promise<void> => {
    const before = store.getState();
    if (before.path === path && before.isAsked) return;
    const data = before.path === path ? before.data : null;
    store.setState({ path, data, isAsked: true, failed: false });
    const answer = await http.get<T>(path);
    if (store.getState().path !== path) return;
    if (answer.ok) store.setState({ data: answer.data });
    else store.setState({ isAsked: false, failed: true });
  };
  return { store, load };
}

export const rulesRead = readOnce<Rules>();
export const galaxyMapRead = readOnce<GalaxyMap>();

/** Read the rules unless they are known or asked for. */
export function loadRules(): Promise<void> {
  return rulesRead.load("/rules");
}

/** Read the map of a galaxy unless it is known or asked for. */
export async function loadGalaxyMap(galaxy: string): Promise<void> {
  if (galaxy !== "") await galaxyMapRead.load(`/galaxies/${galaxy}/map`);
}
