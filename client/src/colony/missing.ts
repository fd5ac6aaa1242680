import type { Amounts, QueuedOrder } from "../sync/empire";
import { constructions, freeAt } from "./line";
import { amountAt, type Never, reached, type Stock } from "./stock";

/** Levels that something needs before it can be ordered. */
export interface Requirements {
  readonly buildings: Amounts;
  readonly technologies: Amounts;
}

/** One reason why something can't be ordered now. */
export type Missing =
  | { readonly kind: "level_max"; readonly level: number }
  | { readonly kind: "queue_full"; readonly free_ms: number | null }
  | { readonly kind: "in_progress" }
  | {
      readonly kind: "building" | "technology";
      readonly name: string;
      readonly need: number;
      readonly have: number;
      /** When the level stands that is ordered already; null where none is. */
      readonly ready_ms: number | null;
    }
  | {
      readonly kind: "resource";
      readonly name: string;
      readonly short: number;
      readonly ready_ms: number | null;
      readonly never: Never | null;
    };

/** A project of research, as far as it matters to what waits for it. */
export interface Underway {
  readonly technology: string;
  readonly level: number;
  readonly complete_ms: number;
}

/** What stands, what is known, and what of both is on its way. */
export interface Progress {
  readonly buildings: Amounts;
  readonly technologies: Amounts;
  readonly queue: readonly QueuedOrder[];
  readonly projects: readonly Underway[];
}

/** Name what of a price is short, and until when. */
export function missingResources(
  stock: Stock,
  cost: Amounts,
  now_ms: number,
): Missing[] {
  return Object.entries(cost)
    .filter(([name, units]) => amountAt(stock, name, now_ms) < units)
    .map(([name, units]) => {
      const when = reached(stock, name, units, now_ms);
      return {
        kind: "resource",
        name,
        short: units - amountAt(stock, name, now_ms),
        ready_ms: "at_ms" in when ? when.at_ms : null,
        never: "never" in when ? when.never : null,
      };
    });
}

/** Name the levels that are not there yet, buildings before technologies. */
export function missingRequirements(needs: Requirements, has: Progress): Missing[] {
  return [
    ...below(needs.buildings, has.buildings, "building", (name, need) =>
      constructions(has.queue).find(
        (one) => one.building === name && one.level >= need,
      ),
    ),
    ...below(needs.technologies, has.technologies, "technology", (name, need) =>
      has.projects.find((one) => one.technology === name && one.level >= need),
    ),
  ];
}

function below(
  needs: Amounts,
  has: Amounts,
  kind: "building" | "technology",
  ordered: (name: string, need: number) => { complete_ms: number } | undefined,
): Missing[] {
  return Object.entries(needs)
    .filter(([name, need]) => (has[name] ?? 0) < need)
    .map(([name, need]) => ({
      kind,
      name,
      need,
      have: has[name] ?? 0,
      ready_ms: ordered(name, need)?.complete_ms ?? null,
    }));
}

/** Name a full line as a reason; nothing where it has room. */
export function missingPlace(
  line: readonly QueuedOrder[],
  queue_max: number,
): Missing[] {
  if (line.length < queue_max) return [];
  return [{ kind: "queue_full", free_ms: freeAt(line, queue_max) }];
}
