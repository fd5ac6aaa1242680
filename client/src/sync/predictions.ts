/** List what commands do to the own empire, so that it shows before the server did it. */
import { COLONY_PREDICTIONS } from "./predictions/colonies";
import { FLEET_PREDICTIONS } from "./predictions/fleets";
import { ORDER_PREDICTIONS } from "./predictions/orders";
import { RESEARCH_PREDICTIONS } from "./predictions/research";
import type { Prediction } from "./predictions/shape";

/** Command -> what it does. What isn't listed shows once the server has done it. */
export const PREDICTIONS: Readonly<Record<string, Prediction>> = {
  ...COLONY_PREDICTIONS,
  ...RESEARCH_PREDICTIONS,
  ...FLEET_PREDICTIONS,
  ...ORDER_PREDICTIONS,
};
