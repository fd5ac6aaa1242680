import { createStore } from "zustand/vanilla";
import type { Amounts } from "./empire";

/** Hold what a colony held at a moment, for the production chart. */
export interface Sample {
  readonly at_ms: number;
  readonly amounts: Amounts;
  readonly rates_per_hour: Amounts;
}

export const history = createStore<{
  readonly samples: Readonly<Record<string, readonly Sample[]>>;
}>(() => ({ samples: {} }));
