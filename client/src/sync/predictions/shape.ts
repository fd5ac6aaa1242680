import type { Colony, Empire, Fleet } from "../empire";
import type { Pending } from "../pending";
import type { Rules } from "../rules";

/** Hold a broadcast of the own room, as far as predictions look at it. */
export interface Told {
  readonly type: string;
  readonly seq: number;
  readonly at_ms: number;
  readonly changes?: object | null;
  readonly [field: string]: unknown;
}

/** Say what a command does to the view, and which broadcast tells that it did. */
export interface Prediction {
  /** Give the view after the command; the same view where that can't be told. */
  play(empire: Empire, command: Pending, rules: Rules): Empire;
  /** Tell whether a broadcast may be this command's effect. */
  isEcho(told: Told, command: Pending): boolean;
}

/** Read a text from a command's data; empty where there is none. */
export function text(command: Pending, field: string): string {
  const found = command.data[field];
  return typeof found === "string" ? found : "";
}

/** Read counts or amounts from a command's data. */
export function counts(command: Pending, field: string): Record<string, number> {
  const found = command.data[field];
  return typeof found === "object" && found !== null
    ? (found as Record<string, number>)
    : {};
}

/** Give what the ack said of a field, or what was foreseen. */
export function answered<T>(command: Pending, field: string, foreseen: T): T {
  const found = command.ack?.result[field];
  return found === undefined ? foreseen : (found as T);
}

/** Give the time as of which a command is played: the server's, once it is known. */
export function momentOf(command: Pending): number {
  return command.ack?.at_ms ?? command.at_ms;
}

/** Tell whether an order to a colony will be refused; never once it was accepted. */
export function isRefused(
  empire: Empire,
  command: Pending,
  refuse: (colony: Colony) => unknown,
): boolean {
  const colony = empire.colonies[text(command, "colony")];
  if (command.ack !== undefined || colony === undefined) return false;
  return refuse(colony) !== null;
}

/** Change a colony, and mark it; the same view where it isn't there. */
export function withColony(
  empire: Empire,
  id: string,
  change: (colony: Colony) => Partial<Colony>,
): Empire {
  const colony = empire.colonies[id];
  if (colony === undefined) return empire;
  const changed: Colony = { ...colony, ...change(colony), pending: true };
  return { ...empire, colonies: { ...empire.colonies, [id]: changed } };
}

/** Change a fleet, and mark it; the same view where it isn't there. */
export function withFleet(
  empire: Empire,
  id: string,
  change: (fleet: Fleet) => Partial<Fleet>,
): Empire {
  const fleet = empire.fleets[id];
  if (fleet === undefined) return empire;
  const changed: Fleet = { ...fleet, ...change(fleet), pending: true };
  return { ...empire, fleets: { ...empire.fleets, [id]: changed } };
}

/** Tell whether a broadcast of one of some types is about the command's subject. */
export function isAbout(
  told: Told,
  types: readonly string[],
  field: string,
  subject: unknown,
): boolean {
  return types.includes(told.type) && told[field] === subject;
}
