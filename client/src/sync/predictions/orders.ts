/**
 * Foresee where fleets go.
 *
 * Hazards and the weather are not known here: a straight course in calm weather is shown
 * until the ack tells the true one. What depends on more than the fleet (attacks, posts,
 * transports) is only marked; what waits in a queue is shown in it.
 */
import { placeAt } from "../course";
import type { Empire, Fleet, FleetOrder, Point, Waypoint } from "../empire";
import { courseThrough, speedMilli } from "../formulas";
import type { Pending } from "../pending";
import type { Rules } from "../rules";
import { answered, isAbout, momentOf, type Prediction, text, withFleet } from "./shape";

const CALM_PERCENT = 100;

const DEPARTED = ["fleets.departed", "fleets.order_queued"];

const move: Prediction = {
  play: (empire, command, rules) =>
    withFleet(empire, text(command, "fleet"), (fleet) => {
      const { to, via } = command.data as { to: Point; via?: readonly Point[] };
      const points = [...(via ?? []), to];
      return given(empire, fleet, orderOf(command, { points }), command, rules);
    }),
  isEcho: isOrderTold,
};

const patrol: Prediction = {
  play: (empire, command, rules) =>
    withFleet(empire, text(command, "fleet"), (fleet) => {
      const { points } = command.data as { points: readonly Point[] };
      return given(empire, fleet, orderOf(command, { points }), command, rules);
    }),
  isEcho: isOrderTold,
};

/** Go to a colony, an own one mostly. */
const visit: Prediction = {
  play: (empire, command, rules) =>
    withFleet(empire, text(command, "fleet"), (fleet) => {
      const id = text(command, "colony") || fleet.home;
      const colony = empire.colonies[id];
      const points = colony === undefined ? [] : [{ x: colony.x, y: colony.y }];
      const order = orderOf(command, { points, target: { kind: "colony", id } });
      return given(empire, fleet, order, command, rules);
    }),
  isEcho: isOrderTold,
};

/** Only mark the fleet; the answer shows what it does. */
const marked: Prediction = {
  play: (empire, command, rules) =>
    withFleet(empire, text(command, "fleet"), (fleet) =>
      command.ack === undefined
        ? {}
        : given(empire, fleet, orderOf(command, {}), command, rules),
    ),
  isEcho: isOrderTold,
};

const stop: Prediction = {
  play: (empire, command) =>
    withFleet(empire, text(command, "fleet"), (fleet) => ({
      ...answeredPlace(command, placeAt(fleet, momentOf(command))),
      path: [],
      order: null,
      queue: [],
      stance: "",
      post: "",
    })),
  isEcho: (told, command) =>
    isAbout(told, ["fleets.stopped"], "fleet", command.data.fleet),
};

const clear: Prediction = {
  play: (empire, command) =>
    withFleet(empire, text(command, "fleet"), () => ({ queue: [] })),
  isEcho: (told, command) =>
    isAbout(told, ["fleets.orders_cleared"], "fleet", command.data.fleet),
};

function isOrderTold(
  told: Parameters<Prediction["isEcho"]>[0],
  command: Pending,
): boolean {
  const types = command.data.queue === true ? DEPARTED : DEPARTED.slice(0, 1);
  return isAbout(told, types, "fleet", command.data.fleet);
}

function orderOf(command: Pending, about: Partial<FleetOrder>): FleetOrder {
  return {
    order: answered(command, "order", command.id),
    kind: command.name.slice("fleets.".length),
    points: [],
    target: null,
    source: "",
    cargo: {},
    ...about,
  };
}

/** Let an order wait, or let the fleet set out by it. */
function given(
  empire: Empire,
  fleet: Fleet,
  order: FleetOrder,
  command: Pending,
  rules: Rules,
): Partial<Fleet> {
  const isBusy = fleet.path.length > 0 || fleet.queue.length > 0;
  if (command.data.queue === true && isBusy) return { queue: [...fleet.queue, order] };
  const path = answered(
    command,
    "path",
    foreseen(empire, fleet, order, command, rules),
  );
  if (path.length === 0) return {};
  const { x, y } = placeAt(fleet, momentOf(command));
  return { x, y, path, order, queue: [], stance: "", post: "" };
}

function foreseen(
  empire: Empire,
  fleet: Fleet,
  order: FleetOrder,
  command: Pending,
  rules: Rules,
): readonly Waypoint[] {
  if (order.points.length === 0) return [];
  const start = placeAt(fleet, momentOf(command));
  const speed = speedMilli(rules, fleet.ships, empire.player.modifiers, CALM_PERCENT);
  if (speed <= 0) return [];
  return courseThrough([start, ...order.points], speed, momentOf(command));
}

function answeredPlace(command: Pending, place: Point): Point {
  return { x: answered(command, "x", place.x), y: answered(command, "y", place.y) };
}

export const ORDER_PREDICTIONS: Readonly<Record<string, Prediction>> = {
  "fleets.move": move,
  "fleets.patrol": patrol,
  "fleets.return": visit,
  "fleets.defend": visit,
  "fleets.blockade": marked,
  "fleets.colonise": marked,
  "fleets.transport": marked,
  "fleets.stop": stop,
  "fleets.clear": clear,
};
