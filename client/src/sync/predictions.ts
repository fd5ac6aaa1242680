import type { Empire } from "./empire";
import type { Pending } from "./pending";
import type { Rules } from "./rules";

/** Hold what a prediction needs beside the view and the command. */
export interface Sight {
  readonly now_ms: number;
  readonly rules: Rules;
}

/** Hold a broadcast of the own room, as far as predictions look at it. */
export interface Told {
  readonly type: string;
  readonly seq: number;
  readonly at_ms: number;
  readonly [field: string]: unknown;
}

/** Say what a command does to the view, and which broadcast tells that it did. */
export interface Prediction {
  /** Give the view after the command; undefined where that can't be told. */
  play(empire: Empire, command: Pending, sight: Sight): Empire | undefined;
  /** Tell whether a broadcast may be this command's effect. */
  isEcho(told: Told, command: Pending): boolean;
}

/** Command -> what it does. What isn't listed shows once the server has done it. */
export const PREDICTIONS: Readonly<Record<string, Prediction>> = {};
