/** Foresee orders to a colony. */
import type { Colony, Counts, Empire, QueuedOrder } from "../empire";
import {
  buildingCost,
  buildingMs,
  lineOf,
  movedUp,
  nextLevel,
  paidFrom,
  production,
  refundOf,
  speedPercent,
  startMs,
  stockAt,
  unitCost,
  unitMs,
  whyNotBuild,
  whyNotTrain,
} from "../formulas";
import { each } from "../formulas/whole";
import type { Pending } from "../pending";
import type { Rules } from "../rules";
import {
  answered,
  isAbout,
  isRefused,
  momentOf,
  type Prediction,
  text,
  withColony,
} from "./shape";

const build: Prediction = {
  play: (empire, command, rules) => {
    const [building, at_ms] = [text(command, "building"), momentOf(command)];
    const refuse = (colony: Colony) =>
      whyNotBuild(rules, empire, colony, building, at_ms);
    if (isRefused(empire, command, refuse)) return empire;
    return withColony(empire, text(command, "colony"), (colony) =>
      built(empire, colony, command, rules),
    );
  },
  isEcho: (told, command) =>
    isAbout(
      told,
      ["colonies.building_started", "colonies.building_queued"],
      "colony",
      command.data.colony,
    ) && told.building === command.data.building,
};

function built(
  empire: Empire,
  colony: Colony,
  command: Pending,
  rules: Rules,
): Partial<Colony> {
  const building = text(command, "building");
  const level = nextLevel(colony, building);
  const paid = buildingCost(rules, building, level);
  const speed = speedPercent(rules, colony.buildings, empire.player, "build_speed");
  const lasts_ms = buildingMs(rules, building, level, speed);
  const line = lineOf(colony, "building");
  const times = planned(command, startMs(line, momentOf(command)), lasts_ms);
  const order = { kind: "building", building, level, paid, ...times } as const;
  return ordered(colony, order, command);
}

const train: Prediction = {
  play: (empire, command, rules) => {
    const [unit, count] = [text(command, "unit"), Number(command.data.count)];
    const refuse = (colony: Colony) =>
      whyNotTrain(rules, empire, colony, unit, count, momentOf(command));
    if (isRefused(empire, command, refuse)) return empire;
    return withColony(empire, text(command, "colony"), (colony) =>
      trained(empire, colony, command, rules),
    );
  },
  isEcho: (told, command) =>
    isAbout(
      told,
      ["colonies.training_started", "colonies.training_queued"],
      "colony",
      command.data.colony,
    ) &&
    told.unit === command.data.unit &&
    told.count === command.data.count,
};

function trained(
  empire: Empire,
  colony: Colony,
  command: Pending,
  rules: Rules,
): Partial<Colony> {
  const unit = text(command, "unit");
  const count = Number(command.data.count);
  const paid = unitCost(rules, unit, count);
  const speed = speedPercent(rules, colony.buildings, empire.player, "train_speed");
  const lasts_ms = unitMs(rules, unit, count, speed);
  const line = lineOf(colony, "training");
  const times = planned(command, startMs(line, momentOf(command)), lasts_ms);
  return ordered(colony, { kind: "training", unit, count, paid, ...times }, command);
}

/** Give an order's name and times: as the ack said, or as foreseen. */
function planned(command: Pending, started_ms: number, lasts_ms: number) {
  return {
    order: answered(command, "order", command.id),
    started_ms: answered(command, "started_ms", started_ms),
    complete_ms: answered(command, "complete_ms", started_ms + lasts_ms),
    pending: true as const,
  };
}

/** Pay for an order and put it into its line; construction stands before training. */
function ordered(
  colony: Colony,
  order: QueuedOrder,
  command: Pending,
): Partial<Colony> {
  const constructions = lineOf(colony, "building");
  const trainings = lineOf(colony, "training");
  const queue =
    order.kind === "building"
      ? [...constructions, order, ...trainings]
      : [...constructions, ...trainings, order];
  const resources = paidFrom(colony.resources, order.paid, momentOf(command));
  return { queue, resources };
}

const cancel: Prediction = {
  play: (empire, command, rules) => {
    const colony = empire.colonies[text(command, "colony")];
    const gone = colony?.queue.find((one) => one.order === command.data.order);
    if (colony === undefined || gone === undefined) return empire;
    return withColony(empire, colony.id, () => cancelled(colony, gone, command, rules));
  },
  isEcho: (told, command) =>
    isAbout(
      told,
      ["colonies.building_cancelled", "colonies.training_cancelled"],
      "order",
      command.data.order,
    ),
};

function cancelled(
  colony: Colony,
  gone: QueuedOrder,
  command: Pending,
  rules: Rules,
): Partial<Colony> {
  const at_ms = momentOf(command);
  const back = each(refundOf(rules, gone.paid), (units) => -units);
  const line = (kind: QueuedOrder["kind"]) =>
    movedUp<QueuedOrder>(lineOf(colony, kind), gone.order, at_ms);
  return {
    queue: [...line("building"), ...line("training")],
    resources: paidFrom(colony.resources, back, at_ms),
  };
}

const demolish: Prediction = {
  play: (empire, command, rules) => {
    const building = text(command, "building");
    return withColony(empire, text(command, "colony"), (colony) => {
      const { [building]: _gone, ...buildings } = colony.buildings;
      return {
        buildings,
        resources: reRated(empire, colony, buildings, command, rules),
      };
    });
  },
  isEcho: (told, command) =>
    isAbout(told, ["colonies.demolished"], "colony", command.data.colony) &&
    told.building === command.data.building,
};

function reRated(
  empire: Empire,
  colony: Colony,
  buildings: Counts,
  command: Pending,
  rules: Rules,
): Colony["resources"] {
  const made = production(rules, { ...colony, buildings }, empire.player.modifiers);
  const { rates_per_hour, capacity } = made;
  return {
    ...stockAt(colony.resources, momentOf(command)),
    rates_per_hour,
    capacity,
  };
}

const rename: Prediction = {
  play: (empire, command) =>
    withColony(empire, text(command, "colony"), () => ({
      name: answered(command, "name", text(command, "name").normalize("NFKC")),
    })),
  isEcho: (told, command) =>
    isAbout(told, ["colonies.renamed"], "colony", command.data.colony),
};

export const COLONY_PREDICTIONS: Readonly<Record<string, Prediction>> = {
  "colonies.build": build,
  "colonies.train": train,
  "colonies.cancel": cancel,
  "colonies.demolish": demolish,
  "colonies.rename": rename,
};
