import { firstOf } from "../colony/chosen";
import { addressOfFleet } from "../map/address";
import type { Colony, Empire } from "../sync";
import type { text } from "./text";

export type StepId = keyof typeof text.en.steps;

/** One of the first steps; whether it is done is read off the empire. */
export interface Step {
  readonly id: StepId;
  /** The `data-tour` of the control that does it. */
  readonly target?: string;
  /** Going to its page is all there is to do. */
  readonly isLook?: true;
  /** Where that control is. */
  readonly leads: (empire: Empire) => string;
  readonly isDone: (empire: Empire) => boolean;
  /** What has to stand first, in the first colony. */
  readonly needs?: readonly string[];
}

const toColony = (part: string) => (empire: Empire) => {
  const colony = firstOf(empire.colonies);
  return colony ? `/colonies/${colony.id}#${part}` : "/colonies";
};

const toFleetOnMap = ({ fleets }: Empire) => {
  const fleet = Object.values(fleets)[0];
  return fleet ? addressOfFleet(fleet.id, fleet) : "/map";
};

const toColonyOnMap = ({ colonies }: Empire) => {
  const colony = firstOf(colonies);
  return colony ? `/map?x=${Math.round(colony.x)}&y=${Math.round(colony.y)}` : "/map";
};

/**
 * The first steps, in an order that a new empire's 1000 minerals and energy allow, with
 * something to do while things build: they cost about 650 and 400, and two minutes.
 */
export const STEPS: readonly Step[] = [
  {
    id: "welcome",
    isLook: true,
    leads: toColony("buildings"),
    isDone: (empire) => hasBuilt(empire, "shipyard"),
  },
  build("mine"),
  build("power_plant"),
  { id: "map", isLook: true, leads: toColonyOnMap, isDone: hasFlown },
  build("shipyard", ["mine", "power_plant"]),
  build("research_lab", ["power_plant"]),
  {
    id: "train",
    target: "train-scout",
    leads: toColony("training"),
    isDone: hasShips,
    needs: ["shipyard"],
  },
  { id: "launch", target: "launch-fleet", leads: () => "/fleets", isDone: hasFleet },
  { id: "move", leads: toFleetOnMap, isDone: hasFlown },
  {
    id: "research",
    target: "research-mining_drills",
    leads: () => "/research",
    isDone: hasResearched,
    needs: ["research_lab"],
  },
  { id: "skirmish", leads: () => "/battles", isDone: () => false },
];

/** Give the first step that is neither done by the empire's state nor remembered so. */
export function currentStep(empire: Empire, done: readonly string[]): Step | undefined {
  return STEPS.find((step) => !done.includes(step.id) && !step.isDone(empire));
}

/** Give the steps that the empire's state shows as done: to be remembered. */
export function shownDone(empire: Empire): readonly StepId[] {
  return STEPS.filter((step) => step.isDone(empire)).map(({ id }) => id);
}

/** Tell when what a step needs will be there; null where it is, or isn't ordered. */
export function readyAt(step: Step, empire: Empire): number | null {
  const colony = firstOf(empire.colonies);
  if (!colony) return null;
  if (step.id === "launch") return shipsAt(colony);
  const waited = (step.needs ?? [])
    .filter((building) => (colony.buildings[building] ?? 0) < 1)
    .map((building) => orderOf(colony, building)?.complete_ms);
  const known = waited.filter((at_ms) => at_ms !== undefined);
  return known.length > 0 ? Math.max(...known) : null;
}

function shipsAt({ units, queue }: Colony): number | null {
  if (Object.values(units).some((count) => count > 0)) return null;
  return queue.find(({ kind }) => kind === "training")?.complete_ms ?? null;
}

function build(building: StepId, needs: readonly string[] = []): Step {
  return {
    id: building,
    target: `build-${building}`,
    leads: toColony("buildings"),
    isDone: (empire) => hasBuilt(empire, building),
    needs,
  };
}

function hasBuilt({ colonies }: Empire, building: string): boolean {
  return Object.values(colonies).some(
    (colony) =>
      (colony.buildings[building] ?? 0) > 0 || orderOf(colony, building) !== undefined,
  );
}

function orderOf(colony: Colony, building: string) {
  return colony.queue.find(
    (order) => order.kind === "building" && order.building === building,
  );
}

function hasShips(empire: Empire): boolean {
  const hasAny = ({ units, queue }: Colony) =>
    Object.values(units).some((count) => count > 0) ||
    queue.some(({ kind }) => kind === "training");
  return hasFleet(empire) || Object.values(empire.colonies).some(hasAny);
}

function hasFleet({ fleets }: Empire): boolean {
  return Object.keys(fleets).length > 0;
}

function hasFlown({ fleets }: Empire): boolean {
  return Object.values(fleets).some(
    ({ path, order }) => path.length > 0 || order !== null,
  );
}

function hasResearched({ player, research }: Empire): boolean {
  const isLearned = Object.values(player.technologies).some((level) => level > 0);
  return isLearned || research.projects.length > 0;
}
