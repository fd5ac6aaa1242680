/** Turn what is known of the map into what the scene draws. */

import { countOf, hasWarships, leadOf, type Ships } from "../fleets/ships";
import { positionAt } from "../sync/course";
import type { Entity, Kind, Stance } from "./render/types";
import type { ColonyThing, FleetThing, Thing, Things } from "./things";
import { keyOf } from "./things";
import { forcesOf, type GalaxyChart } from "./views";

/** What is drawn, by kind. */
export type Drawn = Record<Kind, Entity[]>;

/** Whose eyes see the map, and which units are no threat. */
export interface Beholder {
  player: string;
  peaceful: readonly string[];
}

/** How large a lone ship is drawn, and the largest fleet; by powers of ten between. */
const SIZE_MIN = 0.7;
const SIZE_STEP = 0.3;
const SIZE_MAX = 2;

/** Turn things into entities, by kind. Planets are no things: see `planetEntities`. */
export function entitiesOf(things: Things, beholder: Beholder): Drawn {
  const drawn: Drawn = {
    planet: [],
    colony: [],
    hidden_colony: [],
    fleet: [],
    battle: [],
    debris: [],
  };
  for (const thing of things.values()) {
    const entity = entityOf(thing, beholder);
    drawn[entity.kind].push(entity);
  }
  return drawn;
}

/** Turn the chart's planets into entities, but for those with a colony in `things`. */
export function planetEntities(chart: GalaxyChart, things: Things): Entity[] {
  const { id, x, y, type, types } = chart.planets;
  const drawn: Entity[] = [];
  id.forEach((name, index) => {
    if (things.has(keyOf("colony", name))) return;
    drawn.push({
      id: keyOf("planet", name),
      kind: "planet",
      x: x[index] ?? 0,
      y: y[index] ?? 0,
      stance: "neutral",
      variant: types[type[index] ?? 0] ?? "",
    });
  });
  return drawn;
}

/** Say how a thing stands to the beholder. */
export function stanceOf(thing: Thing, { player, peaceful }: Beholder): Stance {
  switch (thing.kind) {
    case "colony":
      if (thing.own !== undefined) return "own";
      return thing.seen === undefined ? "neutral" : "hostile";
    case "fleet":
      if (thing.own !== undefined) return "own";
      return hasWarships(thing.seen?.ships ?? {}, peaceful) ? "hostile" : "neutral";
    case "battle": {
      const is_own = forcesOf(thing.sign).some((one) => one.player === player);
      return is_own ? "own" : "neutral";
    }
    case "debris":
      return "neutral";
  }
}

function entityOf(thing: Thing, beholder: Beholder): Entity {
  const entity: Entity = {
    id: thing.key,
    kind: thing.kind,
    x: thing.x,
    y: thing.y,
    stance: stanceOf(thing, beholder),
    ...(thing.seen_ms === undefined ? {} : { ghost: true }),
  };
  switch (thing.kind) {
    case "colony":
      return colonyEntity(entity, thing);
    case "fleet":
      return fleetEntity(entity, thing);
    default:
      return entity;
  }
}

function colonyEntity(entity: Entity, thing: ColonyThing): Entity {
  const known = thing.own ?? thing.seen;
  if (known === undefined) return { ...entity, kind: "hidden_colony" };
  return {
    ...entity,
    label: known.name,
    variant: known.planet_type,
    ...pendingOf(thing.own),
  };
}

function fleetEntity(entity: Entity, thing: FleetThing): Entity {
  const known = thing.own ?? thing.seen;
  if (known === undefined) return entity;
  const size = sizeOf(known.ships);
  const variant = leadOf(known.ships);
  const label = thing.own?.name ?? thing.seen?.username ?? "";
  const dressed = { ...entity, size, variant, label, ...pendingOf(thing.own) };
  if (thing.seen_ms !== undefined) {
    // Nobody knows where it is: it is shown where it was when it was lost from sight.
    return { ...dressed, ...positionAt(known, thing.seen_ms) };
  }
  return known.path.length > 1 ? { ...dressed, path: known.path } : dressed;
}

function pendingOf(own: { pending?: boolean } | undefined): { pending?: boolean } {
  return own?.pending ? { pending: true } : {};
}

function sizeOf(ships: Ships): number {
  const tens = Math.log10(Math.max(1, countOf(ships)));
  return Math.min(SIZE_MAX, SIZE_MIN + SIZE_STEP * tens);
}
