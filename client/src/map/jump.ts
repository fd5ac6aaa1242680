/** Find places to jump to: by coordinates, or by the name of something known. */

import type { Point } from "../sync/empire";
import { readCoordinates } from "./address";
import type { Bookmark } from "./bookmarks";
import type { Thing, Things } from "./things";

export const HITS_MAX = 12;

/** A place to jump to. */
export interface Hit extends Point {
  /** Key of the thing that is there, to be selected; none for a bare place. */
  key: string | null;
  kind: "coordinates" | "colony" | "fleet" | "bookmark";
  name: string;
  isOwn: boolean;
}

/** Find where a text may lead: own things first, then those whose name begins with it. */
export function hitsFor(
  text: string,
  things: Things,
  bookmarks: readonly Bookmark[],
  side: number,
): Hit[] {
  const place = readCoordinates(text, side);
  if (place !== null) {
    const name = `${place.x}, ${place.y}`;
    return [{ ...place, name, key: null, kind: "coordinates", isOwn: false }];
  }
  const wanted = text.trim().toLocaleLowerCase();
  const marks = bookmarks.map(
    (one): Hit => ({ ...one, key: null, kind: "bookmark", isOwn: true }),
  );
  return [...[...things.values()].flatMap(hitOf), ...marks]
    .filter(({ name }) => name.toLocaleLowerCase().includes(wanted))
    .sort((one, other) => rankOf(one, wanted) - rankOf(other, wanted))
    .slice(0, HITS_MAX);
}

function hitOf(thing: Thing): Hit[] {
  if (thing.kind !== "colony" && thing.kind !== "fleet") return [];
  const { key, kind, x, y } = thing;
  const isOwn = thing.own !== undefined;
  const owner = thing.seen?.username;
  const name = thing.own?.name ?? (kind === "colony" ? seenName(thing) : owner);
  return name ? [{ key, kind, x, y, name, isOwn }] : [];
}

function seenName(thing: Thing & { kind: "colony" }): string {
  return thing.seen ? `${thing.seen.name} (${thing.seen.username})` : "";
}

function rankOf({ name, isOwn }: Hit, wanted: string): number {
  const isFirst = name.toLocaleLowerCase().startsWith(wanted);
  return (isOwn ? 0 : 2) + (isFirst ? 0 : 1);
}
