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
