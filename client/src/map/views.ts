/** The shapes of what rooms of sectors show, as far as the map reads them. */

import type { Amounts, BattleSign, Counts, Point, Waypoint } from "../sync/empire";

/** A fleet as onlookers see it: of its path only the part in their sector. */
export interface PublicFleet extends Point {
  id: string;
  player: string;
  username: string;
  ships: Counts;
  path: readonly Waypoint[];
  stance: string;
  battle: string;
}

/** A colony as those see it whose vision covers it. */
export interface PublicColony extends Point {
  id: string;
  name: string;
  region: string;
  planet_type: string;
  player: string;
  username: string;
  buildings: Counts;
  construction: {
    building: string;
    level: number;
    started_ms: number;
    complete_ms: number;
  } | null;
  blockades: readonly string[];
  battle: string;
  occupier: string;
  occupied_until_ms: number;
}

/** A colony in the fog. */
export interface HiddenColony extends Point {
  id: string;
  hidden: true;
}

/** What drifts where a battle was. */
export interface DebrisView extends Point {
  id: string;
  amounts: Amounts;
  until_ms: number;
}

/** What is left of one force of a battle. */
export interface ForceSign {
  player: string;
  username: string;
  side: number;
  ships: number;
}

/** What a sector's room shows: the public tier has hidden colonies only. */
export interface SectorView {
  colonies?: Readonly<Record<string, PublicColony | HiddenColony>>;
  fleets?: Readonly<Record<string, PublicFleet>>;
  battles?: Readonly<Record<string, BattleSign>>;
  debris?: Readonly<Record<string, DebrisView>>;
}

/** What is known of a room. */
export interface KnownRoom {
  readonly view: object;
  readonly left_ms?: number;
}

/** All colonies of the galaxy as icons, in columns. */
export interface Icons {
  id: readonly string[];
  x: readonly number[];
  y: readonly number[];
}

/** What never changes in a galaxy, with its planets in columns. */
export interface GalaxyChart {
  side: number;
  sector: number;
  planets: {
    id: readonly string[];
    x: readonly number[];
    y: readonly number[];
    type: readonly number[];
    region: readonly number[];
    types: readonly string[];
    regions: readonly string[];
  };
  hazards: Readonly<Record<string, string>>;
  protected: readonly string[];
}

/** Read what is left of a battle's forces. */
export function forcesOf(sign: BattleSign): readonly ForceSign[] {
  return Object.values((sign.alive ?? {}) as Readonly<Record<string, ForceSign>>);
}
