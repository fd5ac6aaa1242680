import { createStore } from "zustand/vanilla";
import type { Amounts } from "./empire";

/** Hold what a colony held at a moment, and could hold, for the production chart. */
export interface Sample {
  readonly at_ms: number;
  readonly amounts: Amounts;
  readonly capacity: Amounts;
}

export const history = createStore<{
  readonly samples: Readonly<Record<string, readonly Sample[]>>;
}>(() => ({ samples: {} }));
