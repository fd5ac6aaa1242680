/** Say what a fleet can be told to do about a target, and what speaks against it. */

import type { Fleet, Point } from "../sync/empire";
import { distance, onMap, sectorAt } from "./places";
import {
  holdOf,
  isArmed,
  modifier,
  ownSectors,
  placeOf,
  type Realm,
  sensorRange,
  speedFrom,
  weaponRange,
} from "./realm";
import type { ColonyThing, FleetThing, Thing } from "./things";

/** Colonies that an empire may have before research allows more. */
const COLONIES_FIRST = 1;

/** What an order is about. */
export type Target =
  | { kind: "space"; at: Point }
  | { kind: "planet"; id: string; at: Point; isTaken: boolean }
  | { kind: "thing"; thing: Thing; at: Point };

/** Orders that a target may get. */
export type OrderName =
  | "move"
  | "attack"
  | "blockade"
  | "defend"
  | "return"
  | "transport"
  | "colonise"
  | "salvage"
  | "merge"
  | "reinforce";

/** One command as the wire takes it, but for its id. */
export interface Wire {
  name: string;
  data: Readonly<Record<string, unknown>>;
}

/** One thing that a fleet can be told to do. */
export interface Offer {
  order: OrderName;
  /** Where it leads, for the preview; `null` where the fleet stays where it is. */
  to: Point | null;
  /** What is sent, in this order; none where a form has to be filled in first. */
  commands: readonly Wire[];
  /** Code of what is known beforehand to speak against it. */
  refusal?: string;
}

/** Say what a fleet can do about a target, most likely first. */
export function offersFor(
  fleet: Fleet,
  target: Target,
  realm: Realm,
  isQueued: boolean,
): Offer[] {
  const maker = new OfferMaker(fleet, target.at, realm, isQueued);
  if (target.kind === "space") return [maker.move()];
  if (target.kind === "planet") return [...colonising(maker, target), maker.move()];
  return [...aboutThing(maker, target.thing), maker.move()];
}

function colonising(maker: OfferMaker, target: Target & { kind: "planet" }): Offer[] {
  if (!maker.fleet.ships.colony_ship) return [];
  const limit = COLONIES_FIRST + modifier(maker.realm, "colonies");
  const held = Object.keys(maker.realm.empire.colonies).length;
  const refusal = target.isTaken
    ? "planet_taken"
    : held >= limit
      ? "colony_limit"
      : undefined;
  return [maker.order("colonise", { planet: target.id }, refusal)];
}

function aboutThing(maker: OfferMaker, thing: Thing): Offer[] {
  switch (thing.kind) {
    case "colony":
      return thing.own ? atHome(maker, thing) : againstColony(maker, thing);
    case "fleet":
      return thing.own ? withOwn(maker, thing) : againstFleet(maker, thing);
    case "battle":
      return maker.isNear(maker.realm.rules.combat.joins_within)
        ? [maker.here("reinforce", "combat.reinforce", { battle: thing.id })]
        : [];
    case "debris":
      return salvaging(maker, thing.id);
  }
}

function atHome(maker: OfferMaker, { id }: ColonyThing): Offer[] {
  const back = maker.order("return", { colony: id });
  const guard = maker.order("defend", { colony: id });
  const carry: Offer = { ...maker.order("transport", {}), commands: [] };
  const isCarrier = maker.fleet.cargo_capacity > 0;
  const hasOther = Object.keys(maker.realm.empire.colonies).length > 1;
  return [back, guard, ...(isCarrier && hasOther ? [carry] : [])];
}

function againstColony(maker: OfferMaker, { id }: ColonyThing): Offer[] {
  if (!isArmed(maker.fleet, maker.realm)) return [];
  return [maker.attack("colony", id), maker.order("blockade", { colony: id })];
}

function againstFleet(maker: OfferMaker, thing: FleetThing): Offer[] {
  if (!isArmed(maker.fleet, maker.realm) || thing.seen_ms !== undefined) return [];
  return [maker.attack("fleet", thing.id)];
}

function withOwn(maker: OfferMaker, { id }: FleetThing): Offer[] {
  if (id === maker.fleet.id) return [];
  if (!maker.isNear(maker.realm.rules.fleets.merge_reach)) return [];
  return [maker.here("merge", "fleets.merge", { into: id })];
}

function salvaging(maker: OfferMaker, debris: string): Offer[] {
  if (!maker.isNear(maker.realm.rules.combat.debris.salvaged_within)) return [];
  const { room } = holdOf(maker.fleet, maker.realm);
  const refusal = room > 0 ? undefined : "cargo_full";
  return [maker.here("salvage", "fleets.salvage", { debris }, refusal)];
}

/** Make offers of one fleet about one place. */
class OfferMaker {
  constructor(
    readonly fleet: Fleet,
    private readonly at: Point,
    readonly realm: Realm,
    private readonly isQueued: boolean,
  ) {}

  move(): Offer {
    const to = onMap(this.at, this.realm.rules.galaxy.side);
    return this.order("move", { to });
  }

  /** Offer an order that leads to the place. */
  order(order: OrderName, data: Wire["data"], refusal?: string): Offer {
    const known = refusal ?? this.refusal();
    return {
      order,
      to: this.at,
      commands: [this.wire(`fleets.${order}`, data, this.isQueued)],
      ...(known === undefined ? {} : { refusal: known }),
    };
  }

  /** Offer what is done at once, from where the fleet is. */
  here(order: OrderName, name: string, data: Wire["data"], refusal?: string): Offer {
    const known = this.fleet.battle ? "in_battle" : refusal;
    return {
      order,
      to: null,
      commands: [{ name, data: { fleet: this.fleet.id, ...data } }],
      ...(known === undefined ? {} : { refusal: known }),
    };
  }

  /** Offer an attack: at once where weapons reach, else after a move to the target. */
  attack(kind: "fleet" | "colony", id: string): Offer {
    const target = { kind, id };
    const isWaiting = this.isQueued && isBusy(this.fleet);
    const isReached = this.isNear(weaponRange(this.fleet, this.realm));
    if (isReached && !isWaiting) {
      return this.here("attack", "fleets.attack", { target }, this.ban());
    }
    const move = this.move();
    const refusal = this.ban() ?? this.unseen(kind) ?? move.refusal;
    return {
      order: "attack",
      to: this.at,
      commands: [...move.commands, this.wire("fleets.attack", { target }, true)],
      ...(refusal === undefined ? {} : { refusal }),
    };
  }

  isNear(reach: number): boolean {
    return distance(placeOf(this.fleet, this.realm), this.at) <= reach;
  }

  private wire(name: string, data: Wire["data"], isQueued: boolean): Wire {
    const queue = isQueued ? { queue: true } : {};
    return { name, data: { fleet: this.fleet.id, ...data, ...queue } };
  }

  /** Say what speaks against flying there, as far as that needs no search for a way. */
  private refusal(): string | undefined {
    const { fleet, realm, at } = this;
    if (fleet.battle) return "in_battle";
    if (this.isQueued && fleet.queue.length >= realm.rules.fleets.orders_max) {
      return "queue_full";
    }
    return placeRefusal(fleet, at, realm) ?? this.tooFar();
  }

  /** Tell whether even the straight way takes too long; of a queued order nobody knows. */
  private tooFar(): string | undefined {
    const { fleet, realm, at, isQueued } = this;
    if (isQueued && isBusy(fleet)) return undefined;
    const from = placeOf(fleet, realm);
    const speed = speedFrom(fleet, from, realm);
    const travel_ms = speed > 0 ? (distance(from, at) / speed) * 1_000_000 : 0;
    return travel_ms > realm.rules.fleets.travel_max_ms ? "out_of_range" : undefined;
  }

  /** Nobody attacks from or into a protected sector. */
  private ban(): string | undefined {
    const { chart, rules } = this.realm;
    const sectors = [this.at, placeOf(this.fleet, this.realm)].map((place) =>
      sectorAt(place, rules.galaxy.sector),
    );
    const isBanned = sectors.some((sector) => chart.protected.includes(sector));
    return isBanned ? "protected" : undefined;
  }

  /** Fleets are attacked by those only whose own sensors touch their sector. */
  private unseen(kind: "fleet" | "colony"): string | undefined {
    if (kind === "colony") return undefined;
    const { fleet, realm, at } = this;
    const from = placeOf(fleet, realm);
    const side = realm.rules.galaxy.sector;
    const nearest = {
      x: nearestIn(from.x, Math.floor(at.x / side) * side, side),
      y: nearestIn(from.y, Math.floor(at.y / side) * side, side),
    };
    const isSeen = distance(from, nearest) <= sensorRange(fleet, from, realm);
    return isSeen ? undefined : "unseen";
  }
}

function nearestIn(value: number, low: number, side: number): number {
  return Math.min(Math.max(value, low), low + side);
}

/** Tell whether a fleet has something to do before what is queued. */
export function isBusy(fleet: Fleet): boolean {
  return fleet.path.length > 0 || fleet.queue.length > 0;
}

/** Say what speaks against a place as an end of a fleet's way. */
export function placeRefusal(
  fleet: Fleet,
  at: Point,
  realm: Realm,
): "path_blocked" | "protected" | undefined {
  const { chart, rules } = realm;
  const sector = sectorAt(at, rules.galaxy.sector);
  if (ownSectors(realm).includes(sector)) return undefined;
  if (isArmed(fleet, realm) && chart.protected.includes(sector)) return "protected";
  const isStart = sectorAt(placeOf(fleet, realm), rules.galaxy.sector) === sector;
  return sector in chart.hazards && !isStart ? "path_blocked" : undefined;
}

/** What a group of fleets can do about a target: who can, by order. */
export interface GroupOffer {
  order: OrderName;
  offers: readonly { fleet: Fleet; offer: Offer }[];
  /** Why none of them can, where none can. */
  refusal?: string;
}

/** Say what fleets can do about a target together, most likely first. */
export function groupOffers(
  fleets: readonly Fleet[],
  target: Target,
  realm: Realm,
  isQueued: boolean,
): GroupOffer[] {
  const byOrder = new Map<OrderName, { fleet: Fleet; offer: Offer }[]>();
  for (const fleet of fleets) {
    for (const offer of offersFor(fleet, target, realm, isQueued)) {
      const known = byOrder.get(offer.order) ?? [];
      byOrder.set(offer.order, [...known, { fleet, offer }]);
    }
  }
  const groups = [...byOrder].map(([order, all]) => groupOf(order, all));
  // Whoever can't do what comes first moves: the move stays last.
  return groups.sort((one, other) => rankOf(one.order) - rankOf(other.order));
}

function groupOf(
  order: OrderName,
  all: readonly { fleet: Fleet; offer: Offer }[],
): GroupOffer {
  const able = all.filter(({ offer }) => offer.refusal === undefined);
  const refusal = all[0]?.offer.refusal;
  if (able.length > 0 || refusal === undefined) return { order, offers: able };
  return { order, offers: all, refusal };
}

function rankOf(order: OrderName): number {
  return order === "move" ? 1 : 0;
}
