/** Keep a few samples of what each colony held, for the production chart. */
import { createStore } from "zustand/vanilla";
import { amountsAt } from "./apply.mjs";
import type { Amounts, Empire } from "./empire";

/** Hold what a colony held at a moment, and could hold. */
export interface Sample {
  readonly at_ms: number;
  readonly amounts: Amounts;
  readonly capacity: Amounts;
}

type Samples = Readonly<Record<string, readonly Sample[]>>;

export const SAMPLE_EVERY_MS = 30_000;
/** Two hours. */
export const SAMPLES_MAX = 240;

export const history = createStore<{ readonly samples: Samples }>(() => ({
  samples: {},
}));

/** Take a sample of every colony; those that are lost are forgotten. */
export function sampled(samples: Samples, empire: Empire, now_ms: number): Samples {
  const each = Object.values(empire.colonies).map(({ id, resources }) => {
    const before = samples[id] ?? [];
    const last_ms = before[before.length - 1]?.at_ms ?? Number.NEGATIVE_INFINITY;
    if (now_ms - last_ms < SAMPLE_EVERY_MS) return [id, before];
    const amounts = amountsAt(resources, now_ms);
    const sample = { at_ms: now_ms, amounts, capacity: resources.capacity };
    return [id, [...before, sample].slice(-SAMPLES_MAX)];
  });
  return Object.fromEntries(each);
}

/** Take samples into the store where it is time. */
export function takeSamples(empire: Empire, now_ms: number): void {
  const { samples } = history.getState();
  const next = sampled(samples, empire, now_ms);
  const isSame = Object.keys(next).every((id) => next[id] === samples[id]);
  if (!isSame) history.setState({ samples: next });
}

/** Forget all samples: another player, or none. */
export function forgetHistory(): void {
  history.setState({ samples: {} });
}
