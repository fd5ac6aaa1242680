/** Say which sectors are seen, and which were seen before. */

import type { KnownRoom } from "./views";

/** Sectors by name, `"<x>:<y>"`. */
export interface Fog {
  seen: ReadonlySet<string>;
  known: ReadonlySet<string>;
}

const FULL = /^sector:(\d+:\d+):full$/;

/** Read from the rooms what vision covers: full rooms that are heard, or were. */
export function fogOf(rooms: Readonly<Record<string, KnownRoom>>): Fog {
  const seen = new Set<string>();
  const known = new Set<string>();
  for (const [name, room] of Object.entries(rooms)) {
    const sector = FULL.exec(name)?.[1];
    if (sector === undefined) continue;
    (room.left_ms === undefined ? seen : known).add(sector);
  }
  return { seen, known };
}

/** Tell whether two looks at the fog show the same. */
export function isSameFog(one: Fog, other: Fog): boolean {
  return isSame(one.seen, other.seen) && isSame(one.known, other.known);
}

function isSame(one: ReadonlySet<string>, other: ReadonlySet<string>): boolean {
  return one.size === other.size && [...one].every((name) => other.has(name));
}
