import type { Colony, Empire, Fleet, Project, QueuedOrder } from "../sync/empire";

/** One thing that will be done, or end, at a known time. */
export interface AgendaItem {
  readonly id: string;
  readonly kind:
    | "building"
    | "training"
    | "research"
    | "arrival"
    | "shield"
    | "occupation";
  readonly started_ms: number;
  readonly at_ms: number;
  /** Building, unit, technology or kind of order that it is about; else empty. */
  readonly name: string;
  /** Level that is reached, or how many units. */
  readonly amount: number;
  /** Colony or fleet that it happens at; empty for the whole empire. */
  readonly place: string;
  readonly href: string;
  readonly pending: boolean;
}

/** List what completes, arrives and ends in an empire, soonest first. */
export function agenda(empire: Empire, now_ms: number): AgendaItem[] {
  const colonies = Object.values(empire.colonies);
  const projects = empire.research.projects;
  return [
    ...colonies.flatMap((colony) => colony.queue.map((one) => ordered(colony, one))),
    ...colonies.flatMap(heldColony),
    ...projects.map((one) => researched(one, empire.colonies[one.colony])),
    ...Object.values(empire.fleets).flatMap((fleet) => arrival(fleet, now_ms)),
    ...shield(empire, now_ms),
  ].sort((a, b) => a.at_ms - b.at_ms || a.id.localeCompare(b.id));
}

function ordered(colony: Colony, order: QueuedOrder): AgendaItem {
  const isBuilding = order.kind === "building";
  return {
    id: order.order,
    kind: order.kind,
    started_ms: order.started_ms,
    at_ms: order.complete_ms,
    name: isBuilding ? order.building : order.unit,
    amount: isBuilding ? order.level : order.count,
    place: colony.name,
    href: `/colonies/${colony.id}`,
    pending: order.pending ?? false,
  };
}

function researched(project: Project, colony: Colony | undefined): AgendaItem {
  return {
    id: project.project,
    kind: "research",
    started_ms: project.started_ms,
    at_ms: project.complete_ms,
    name: project.technology,
    amount: project.level,
    place: colony?.name ?? "",
    href: `/research?technology=${project.technology}`,
    pending: project.pending ?? false,
  };
}

/** A patrol goes round and round, and so never arrives. */
function arrival(fleet: Fleet, now_ms: number): AgendaItem[] {
  const [first, last] = [fleet.path[0], fleet.path.at(-1)];
  if (first === undefined || last === undefined) return [];
  if (last.at_ms <= now_ms || fleet.order?.kind === "patrol") return [];
  const item: AgendaItem = {
    id: fleet.id,
    kind: "arrival",
    started_ms: first.at_ms,
    at_ms: last.at_ms,
    name: fleet.order?.kind ?? "move",
    amount: 0,
    place: fleet.name,
    href: `/fleets/${fleet.id}`,
    pending: fleet.pending ?? false,
  };
  return [item];
}

function heldColony(colony: Colony): AgendaItem[] {
  if (colony.occupier === "") return [];
  const item: AgendaItem = {
    id: `${colony.id}.occupation`,
    kind: "occupation",
    started_ms: 0,
    at_ms: colony.occupied_until_ms,
    name: "",
    amount: 0,
    place: colony.name,
    href: `/colonies/${colony.id}`,
    pending: false,
  };
  return [item];
}

function shield({ player }: Empire, now_ms: number): AgendaItem[] {
  if (player.shield_until_ms <= now_ms) return [];
  const item: AgendaItem = {
    id: "shield",
    kind: "shield",
    started_ms: player.joined_ms,
    at_ms: player.shield_until_ms,
    name: "",
    amount: 0,
    place: "",
    href: "/help",
    pending: false,
  };
  return [item];
}
