import type { Colony, Empire } from "../sync/empire";
import { lineOf } from "../sync/formulas";
import { fill, fullAt, RESOURCES } from "./stock";

export type AttentionKind =
  | "under_attack"
  | "fleet_fights"
  | "occupied"
  | "blockaded"
  | "asleep"
  | "power_short"
  | "storage_full"
  | "storage_nearly_full"
  | "builder_idle"
  | "lab_idle"
  | "shipyard_idle";

export type Severity = "danger" | "warning" | "hint";

/** One thing that its owner should look at. */
export interface Attention {
  readonly id: string;
  readonly kind: AttentionKind;
  readonly severity: Severity;
  /** Name of the colony or fleet. */
  readonly place: string;
  readonly href: string;
  /** Resource whose store it is about. */
  readonly resource?: string;
  /** When it comes or ends, where that is known. */
  readonly at_ms?: number;
}

/** How full a store is when it is time to spend. */
const NEARLY_FULL = 0.9;

const SEVERITIES: Readonly<Record<AttentionKind, Severity>> = {
  under_attack: "danger",
  fleet_fights: "danger",
  occupied: "danger",
  blockaded: "danger",
  asleep: "warning",
  power_short: "warning",
  storage_full: "warning",
  storage_nearly_full: "hint",
  builder_idle: "hint",
  lab_idle: "hint",
  shipyard_idle: "hint",
};

/** Severities from the one that can't wait down. */
const ORDER: readonly Severity[] = ["danger", "warning", "hint"];

/** List what an empire's owner should look at, the most urgent first. */
export function attention(empire: Empire, now_ms: number): Attention[] {
  const found = [
    ...Object.values(empire.colonies).flatMap((one) => ofColony(one, empire, now_ms)),
    ...ofFleets(empire),
  ];
  const rank = (one: Attention) => ORDER.indexOf(one.severity);
  return found.sort((a, b) => rank(a) - rank(b));
}

function ofColony(colony: Colony, empire: Empire, now_ms: number): Attention[] {
  const about = (kind: AttentionKind, more: Partial<Attention> = {}) =>
    entry(kind, colony, `/colonies/${colony.id}`, more);
  const found: Attention[] = [];
  if (colony.battle) {
    found.push(about("under_attack", { href: `/battles/${colony.battle}` }));
  }
  if (colony.occupier) {
    found.push(about("occupied", { at_ms: colony.occupied_until_ms }));
  }
  if (colony.blockades.length > 0) found.push(about("blockaded"));
  if (colony.resources.until_ms <= now_ms) found.push(about("asleep"));
  if (isShortOfPower(colony)) found.push(about("power_short"));
  found.push(...ofStores(colony, now_ms, about));
  found.push(...ofIdle(colony, empire, about));
  return found;
}

type About = (kind: AttentionKind, more?: Partial<Attention>) => Attention;

function ofStores(colony: Colony, now_ms: number, about: About): Attention[] {
  if (colony.occupier) return [];
  return RESOURCES.flatMap((resource) => {
    const part = fill(colony.resources, resource, now_ms);
    if (part >= 1) return [about("storage_full", { resource })];
    if (part < NEARLY_FULL) return [];
    const at_ms = fullAt(colony.resources, resource, now_ms);
    if (at_ms === null) return [];
    return [about("storage_nearly_full", { resource, at_ms })];
  });
}

function ofIdle(colony: Colony, empire: Empire, about: About): Attention[] {
  const found: Attention[] = [];
  const levelOf = (building: string) => colony.buildings[building] ?? 0;
  if (lineOf(colony, "building").length === 0) found.push(about("builder_idle"));
  const hasProject = empire.research.projects.some((one) => one.colony === colony.id);
  if (levelOf("research_lab") > 0 && !hasProject) {
    found.push(about("lab_idle", { href: "/research" }));
  }
  if (levelOf("shipyard") > 0 && lineOf(colony, "training").length === 0) {
    found.push(about("shipyard_idle", { href: `/colonies/${colony.id}#training` }));
  }
  return found;
}

function ofFleets(empire: Empire): Attention[] {
  return Object.values(empire.fleets)
    .filter((fleet) => fleet.battle)
    .map((fleet) => entry("fleet_fights", fleet, `/battles/${fleet.battle}`));
}

function entry(
  kind: AttentionKind,
  { id, name }: { readonly id: string; readonly name: string },
  href: string,
  more: Partial<Attention> = {},
): Attention {
  const part = more.resource ? `.${more.resource}` : "";
  const severity = SEVERITIES[kind];
  return { id: `${id}.${kind}${part}`, kind, severity, place: name, href, ...more };
}

/**
 * Tell whether buildings and ships draw all the energy that is made.
 *
 * Every colony makes some, and what is drawn goes first: none is left to store only
 * where no less is drawn than made, and then mines and refineries slow down.
 */
export function isShortOfPower(colony: Colony): boolean {
  return !colony.occupier && (colony.resources.rates_per_hour.energy ?? 0) <= 0;
}
