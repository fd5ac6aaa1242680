import { createStore } from "zustand/vanilla";

/**
 * Tell how far what is shown can be trusted.
 *
 * `live` only while every room is caught up and the server was heard a moment ago;
 * `updating` while the server sends us elsewhere or is being maintained.
 */
export type ConnectionStatus = "live" | "catching_up" | "offline" | "updating";

export interface ConnectionState {
  readonly status: ConnectionStatus;
  /** Instance that serves this page; empty before the first welcome. */
  readonly instance: string;
  /** Shortest round trip of the last exchanges in ms; null before the first. */
  readonly latency_ms: number | null;
  /** Server time since when the status is what it is. */
  readonly since_ms: number;
  /** Why the server won't have us, where it said so. */
  readonly problem: string | null;
}

export const connection = createStore<ConnectionState>(() => ({
  status: "offline",
  instance: "",
  latency_ms: null,
  since_ms: 0,
  problem: null,
}));

/** How long anything may be unheard: the server pings every 25 s. */
const SILENCE_MS_MAX = 30_000;

/** Hold what the status follows from. */
export interface Signs {
  readonly isUpdating: boolean;
  readonly isOpen: boolean;
  /** Every room was resumed, and the map is looked at again. */
  readonly isCaughtUp: boolean;
  readonly silence_ms: number;
}

/** Tell how far what is shown can be trusted. */
export function statusOf(signs: Signs): ConnectionStatus {
  if (signs.isUpdating) return "updating";
  if (!signs.isOpen) return "offline";
  const isHeard = signs.silence_ms <= SILENCE_MS_MAX;
  return signs.isCaughtUp && isHeard ? "live" : "catching_up";
}
