/**
 * Put together what a player knows of the map: from the own empire, from the rooms of
 * sectors, and from what all may know.
 */

import type { BattleSign, Colony, Empire, Fleet } from "../sync/empire";
import type {
  DebrisView,
  HiddenColony,
  Icons,
  KnownRoom,
  PublicColony,
  PublicFleet,
  SectorView,
} from "./views";

/** How long a fleet that was seen somewhere is shown there, in ms. */
export const FLEET_GHOST_MS = 5 * 60_000;
/** The same for a battle, which may be over soon. */
export const BATTLE_GHOST_MS = 60_000;

interface Placed {
  /** Kind and id in one, as a planet and its colony share an id. */
  key: string;
  id: string;
  x: number;
  y: number;
  /** Server time when it was last seen, where it isn't seen now. */
  seen_ms?: number;
}

/** A colony: own, seen, last seen, or hidden by fog where it is none of these. */
export interface ColonyThing extends Placed {
  kind: "colony";
  own?: Colony;
  seen?: PublicColony;
}

/** A fleet: own, seen or last seen. */
export interface FleetThing extends Placed {
  kind: "fleet";
  own?: Fleet;
  seen?: PublicFleet;
}

/** A battle: seen, or one that the player fights. */
export interface BattleThing extends Placed {
  kind: "battle";
  sign: BattleSign;
}

/** What drifts where a battle was. */
export interface DebrisThing extends Placed {
  kind: "debris";
  debris: DebrisView;
}

/** Anything on the map that isn't always there. */
export type Thing = ColonyThing | FleetThing | BattleThing | DebrisThing;

/** What is known of the map, by key. */
export type Things = ReadonlyMap<string, Thing>;

/** What things are put together from. */
export interface Sources {
  own: Empire;
  rooms: Readonly<Record<string, KnownRoom>>;
  icons: Icons | null;
}

/** Name a thing by its kind and id. */
export function keyOf(kind: Thing["kind"] | "planet", id: string): string {
  return `${kind}:${id}`;
}

/** Put together all that is known at a moment (server ms). */
export function gather({ own, rooms, icons }: Sources, now_ms: number): Things {
  const found = new Map<string, Thing>();
  addIcons(found, icons);
  const sectors = Object.entries(rooms).filter(([name]) => name.startsWith("sector:"));
  const byAge = sectors.sort(([, one], [, other]) => ageOf(one) - ageOf(other));
  for (const [, room] of byAge) addRoom(found, room, own.player.id, now_ms);
  for (const colony of Object.values(own.colonies)) add(found, ownColony(colony));
  for (const fleet of Object.values(own.fleets)) add(found, ownFleet(fleet));
  for (const sign of Object.values(own.battles)) add(found, battleThing(sign));
  return found;
}

/** Sort what was last seen long ago before what was seen lately, and that before now. */
function ageOf(room: KnownRoom): number {
  return room.left_ms ?? Number.MAX_SAFE_INTEGER;
}

function addIcons(found: Map<string, Thing>, icons: Icons | null): void {
  icons?.id.forEach((id, index) => {
    add(found, hidden({ id, x: icons.x[index] ?? 0, y: icons.y[index] ?? 0 }));
  });
}

function addRoom(
  found: Map<string, Thing>,
  room: KnownRoom,
  player: string,
  now_ms: number,
): void {
  const { left_ms } = room;
  const view = room.view as SectorView;
  const seen = left_ms === undefined ? {} : { seen_ms: left_ms };
  const is_fresh = (lasts_ms: number) =>
    left_ms === undefined || now_ms - left_ms < lasts_ms;
  for (const colony of Object.values(view.colonies ?? {})) {
    addColony(found, colony, seen);
  }
  if (is_fresh(FLEET_GHOST_MS)) {
    for (const one of Object.values(view.fleets ?? {})) {
      if (one.player === player) continue;
      add(found, { ...placed("fleet", one), kind: "fleet", seen: one, ...seen });
    }
  }
  if (is_fresh(BATTLE_GHOST_MS)) {
    for (const one of Object.values(view.battles ?? {})) {
      add(found, { ...battleThing(one), ...seen });
    }
  }
  for (const one of Object.values(view.debris ?? {})) {
    if (one.until_ms <= now_ms) continue;
    add(found, { ...placed("debris", one), kind: "debris", debris: one, ...seen });
  }
}

/** Keep what was last seen of a colony that is hidden now. */
function addColony(
  found: Map<string, Thing>,
  colony: PublicColony | HiddenColony,
  seen: { seen_ms?: number },
): void {
  if (!("hidden" in colony)) {
    add(found, { ...placed("colony", colony), kind: "colony", seen: colony, ...seen });
    return;
  }
  const known = found.get(keyOf("colony", colony.id));
  if (known?.kind === "colony" && known.seen !== undefined) return;
  add(found, hidden(colony));
}

function hidden(colony: { id: string; x: number; y: number }): ColonyThing {
  return { ...placed("colony", colony), kind: "colony" };
}

function ownColony(own: Colony): ColonyThing {
  return { ...placed("colony", own), kind: "colony", own };
}

function ownFleet(own: Fleet): FleetThing {
  return { ...placed("fleet", own), kind: "fleet", own };
}

function battleThing(sign: BattleSign): BattleThing {
  return { ...placed("battle", sign), kind: "battle", sign };
}

function placed(
  kind: Thing["kind"],
  { id, x, y }: { id: string; x: number; y: number },
): Placed {
  return { key: keyOf(kind, id), id, x, y };
}

function add(found: Map<string, Thing>, thing: Thing): void {
  found.set(thing.key, thing);
}
