/** Keep what is selected on the map: keys of things and planets, first selected first. */

/** The most that is selected at once. */
export const SELECTED_MAX = 64;

export type Selection = readonly string[];

/** Select one thing alone, or nothing. */
export function selectOnly(key: string | null): Selection {
  return key === null ? [] : [key];
}

/** Add a thing to what is selected, or take it out again. */
export function toggle(selection: Selection, key: string): Selection {
  if (selection.includes(key)) return selection.filter((one) => one !== key);
  return selection.length < SELECTED_MAX ? [...selection, key] : selection;
}

/**
 * Choose what a box selects: own fleets where there are any, as boxes are drawn to
 * order many; else own colonies; else all.
 */
export function boxed(
  found: readonly { id: string; kind: string; stance: string }[],
  before: Selection,
): Selection {
  const own = found.filter(({ stance }) => stance === "own");
  const fleets = own.filter(({ kind }) => kind === "fleet");
  const chosen = fleets.length > 0 ? fleets : own.length > 0 ? own : found;
  const keys = [...before, ...chosen.map(({ id }) => id)];
  return [...new Set(keys)].slice(0, SELECTED_MAX);
}

/** Leave out what is there no longer; the same selection where all is there. */
export function stillThere(
  selection: Selection,
  isThere: (key: string) => boolean,
): Selection {
  return selection.every(isThere) ? selection : selection.filter(isThere);
}

/** Give the key after the selected one in a list, or before it; around at the ends. */
export function nextIn(
  keys: readonly string[],
  selection: Selection,
  step: 1 | -1,
): string | null {
  if (keys.length === 0) return null;
  const at = keys.indexOf(selection[0] ?? "");
  if (at < 0) return (step === 1 ? keys[0] : keys.at(-1)) ?? null;
  return keys[(at + step + keys.length) % keys.length] ?? null;
}
