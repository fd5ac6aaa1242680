/** Foresee fleets that are launched, split, merged and named. */
import { placeAt } from "../course";
import type { Amounts, Counts, Empire, Fleet } from "../empire";
import { powerOf, sensorOf } from "../formulas";
import type { Pending } from "../pending";
import type { Rules } from "../rules";
import {
  answered,
  counts,
  isAbout,
  momentOf,
  type Prediction,
  text,
  withColony,
  withFleet,
} from "./shape";

const launch: Prediction = {
  play: (empire, command, rules) => {
    const colony = empire.colonies[text(command, "colony")];
    const ships = counts(command, "ships");
    if (colony === undefined || !holds(colony.units, ships)) return empire;
    const fleet = newFleet(empire, rules, command, {
      name: text(command, "name") || nextName(empire),
      home: colony.id,
      ships,
      x: colony.x,
      y: colony.y,
    });
    const left = withColony(empire, colony.id, () => ({
      units: without(colony.units, ships),
      away: together(colony.away, ships),
    }));
    return { ...left, fleets: { ...left.fleets, [fleet.id]: fleet } };
  },
  isEcho: (told, command) => {
    if (told.type !== "fleets.launched") return false;
    const { home, ships } = (told.changes ?? {}) as Partial<Fleet>;
    return home === command.data.colony && isSame(ships, counts(command, "ships"));
  },
};

const split: Prediction = {
  play: (empire, command, rules) => {
    const fleet = empire.fleets[text(command, "fleet")];
    const ships = counts(command, "ships");
    if (fleet === undefined || !holds(fleet.ships, ships)) return empire;
    const launched = newFleet(empire, rules, command, {
      name: nextName(empire),
      home: fleet.home,
      ships,
      ...placeAt(fleet, momentOf(command)),
    });
    const left = withFleet(empire, fleet.id, () =>
      manned(empire, rules, without(fleet.ships, ships)),
    );
    return { ...left, fleets: { ...left.fleets, [launched.id]: launched } };
  },
  isEcho: (told, command) =>
    isAbout(told, ["fleets.split"], "fleet", command.data.fleet),
};

const merge: Prediction = {
  play: (empire, command, rules) => {
    const fleet = empire.fleets[text(command, "fleet")];
    const into = empire.fleets[text(command, "into")];
    if (fleet === undefined || into === undefined || fleet === into) return empire;
    const { [fleet.id]: _gone, ...fleets } = empire.fleets;
    return withFleet({ ...empire, fleets }, into.id, () => ({
      ...manned(empire, rules, together(into.ships, fleet.ships)),
      cargo: together(into.cargo, fleet.cargo),
    }));
  },
  isEcho: (told, command) =>
    isAbout(told, ["fleets.merged"], "fleet", command.data.fleet),
};

const rename: Prediction = {
  play: (empire, command) =>
    withFleet(empire, text(command, "fleet"), () => ({
      name: answered(command, "name", text(command, "name").normalize("NFKC")),
    })),
  isEcho: (told, command) =>
    isAbout(told, ["fleets.renamed"], "fleet", command.data.fleet),
};

type Founding = Pick<Fleet, "name" | "home" | "ships" | "x" | "y">;

/** Make a fleet that stands; the ack may name it. */
function newFleet(
  empire: Empire,
  rules: Rules,
  command: Pending,
  founding: Founding,
): Fleet {
  const field = command.name === "fleets.split" ? "new" : "fleet";
  return {
    id: answered(command, field, command.id),
    ...founding,
    ...manned(empire, rules, founding.ships),
    path: [],
    order: null,
    queue: [],
    stance: "",
    post: "",
    battle: "",
    cargo: {},
    pending: true,
  };
}

/** Say what follows from the ships of a fleet. */
function manned(
  empire: Empire,
  rules: Rules,
  ships: Counts,
): Pick<Fleet, "ships" | "cargo_capacity" | "speed" | "range" | "sensor" | "upkeep"> {
  const { cargo, speed, range, upkeep } = powerOf(rules, ships);
  const sensor = sensorOf(rules, ships, empire.player.modifiers);
  return { ships, cargo_capacity: cargo, speed, range, sensor, upkeep };
}

function nextName(empire: Empire): string {
  return `Fleet ${Object.keys(empire.fleets).length + 1}`;
}

function holds(held: Counts, wanted: Counts): boolean {
  return Object.entries(wanted).every(([unit, count]) => (held[unit] ?? 0) >= count);
}

function isSame(ships: Counts | undefined, wanted: Counts): boolean {
  return ships !== undefined && holds(ships, wanted) && holds(wanted, ships);
}

function without(units: Counts, gone: Counts): Counts {
  const left = Object.entries(units).map(
    ([unit, count]) => [unit, count - (gone[unit] ?? 0)] as const,
  );
  return Object.fromEntries(left.filter(([, count]) => count > 0));
}

function together(units: Counts, more: Counts): Amounts {
  const kinds = new Set([...Object.keys(units), ...Object.keys(more)]);
  const sums = [...kinds].map((unit) => [unit, (units[unit] ?? 0) + (more[unit] ?? 0)]);
  return Object.fromEntries(sums);
}

export const FLEET_PREDICTIONS: Readonly<Record<string, Prediction>> = {
  "fleets.launch": launch,
  "fleets.split": split,
  "fleets.merge": merge,
  "fleets.rename": rename,
};
