/** Keep places that a player marked, in this browser and for each player apart. */

import type { Point } from "../sync/empire";

/** A place that was marked, with what the player calls it. */
export interface Bookmark extends Point {
  name: string;
}

export const BOOKMARKS_MAX = 30;
export const BOOKMARK_NAME_MAX = 40;

const KEY = "gd.bookmarks";

/** Where bookmarks are kept: `localStorage`, or what stands for it in a test. */
export type Shelf = Pick<Storage, "getItem" | "setItem">;

/** Read a player's bookmarks; none where what is kept can't be read. */
export function readBookmarks(shelf: Shelf, player: string): readonly Bookmark[] {
  try {
    const kept: unknown = JSON.parse(shelf.getItem(keyOf(player)) ?? "[]");
    if (!Array.isArray(kept)) return [];
    return kept.filter(isBookmark).slice(0, BOOKMARKS_MAX);
  } catch {
    return [];
  }
}

/** Keep a player's bookmarks. Tell whether there was room for them. */
export function writeBookmarks(
  shelf: Shelf,
  player: string,
  bookmarks: readonly Bookmark[],
): boolean {
  try {
    shelf.setItem(keyOf(player), JSON.stringify(bookmarks.slice(0, BOOKMARKS_MAX)));
    return true;
  } catch {
    return false;
  }
}

/** Add a bookmark at the end, or rename the one at its place; the same list when full. */
export function withBookmark(
  bookmarks: readonly Bookmark[],
  added: Bookmark,
): readonly Bookmark[] {
  const name = added.name.trim().slice(0, BOOKMARK_NAME_MAX);
  const one = { name, x: Math.round(added.x), y: Math.round(added.y) };
  const others = bookmarks.filter((old) => old.x !== one.x || old.y !== one.y);
  if (others.length >= BOOKMARKS_MAX) return bookmarks;
  return [...others, one];
}

/** Leave the bookmark at a place out. */
export function withoutBookmark(
  bookmarks: readonly Bookmark[],
  { x, y }: Point,
): readonly Bookmark[] {
  return bookmarks.filter((old) => old.x !== x || old.y !== y);
}

function keyOf(player: string): string {
  return `${KEY}.${player}`;
}

function isBookmark(one: unknown): one is Bookmark {
  if (typeof one !== "object" || one === null) return false;
  const { name, x, y } = one as Partial<Bookmark>;
  return typeof name === "string" && Number.isFinite(x) && Number.isFinite(y);
}
