import { useEffect } from "react";
import { useLocation } from "wouter";
import { preferences } from "../settings/preferences";
import { DESTINATIONS } from "./navigation";

/** How long after `g` the second key may come, in ms. */
const SECOND_KEY_MS = 1_200;

const PATHS = new Map<string, string>([
  ...DESTINATIONS.map(({ key, path }) => [key, path] as const),
  ["n", "/notifications"],
]);

/** What a key asks for. */
export type Wish =
  | { readonly kind: "go"; readonly path: string }
  | { readonly kind: "search" }
  | { readonly kind: "sheet" }
  | { readonly kind: "wait" }
  | null;

/** Tell what a key asks for; `isSecond` where it follows `g`. */
export function wish(key: string, isSecond: boolean): Wish {
  if (isSecond) {
    const path = PATHS.get(key);
    return path === undefined ? null : { kind: "go", path };
  }
  switch (key) {
    case "g":
      return { kind: "wait" };
    case "/":
      return { kind: "search" };
    case "?":
      return { kind: "sheet" };
    default:
      return null;
  }
}

/** Tell whether a key is meant for what has the focus, not for the game. */
export function isTyping(target: EventTarget | null): boolean {
  if (!(target instanceof Element)) return false;
  const takesKeys =
    'input:not([type="radio"], [type="checkbox"], [type="range"]), textarea, select, [contenteditable="true"], [role="dialog"], [role="textbox"]';
  return target.closest(takesKeys) !== null;
}

/** Follow the keyboard: `g` and a letter, `/` to search, `?` for the sheet. */
export function useShortcuts(openSheet: () => void): void {
  const [, go] = useLocation();
  useEffect(() => {
    let second_until_ms = 0;
    const hear = (event: KeyboardEvent) => {
      if (!isForUs(event)) return;
      const isSecond = event.timeStamp < second_until_ms;
      second_until_ms = 0;
      const asked = wish(event.key, isSecond);
      if (asked === null) return;
      if (asked.kind === "wait") second_until_ms = event.timeStamp + SECOND_KEY_MS;
      else if (asked.kind === "go") go(asked.path);
      else if (asked.kind === "sheet") openSheet();
      else if (!focusSearch()) return;
      event.preventDefault();
    };
    window.addEventListener("keydown", hear);
    return () => window.removeEventListener("keydown", hear);
  }, [go, openSheet]);
}

function isForUs(event: KeyboardEvent): boolean {
  if (event.ctrlKey || event.metaKey || event.altKey || event.defaultPrevented) {
    return false;
  }
  if (preferences.getState().shortcuts === "off") return false;
  const isCovered = document.querySelector('[role="dialog"][aria-modal="true"]');
  return isCovered === null && !isTyping(event.target);
}

function focusSearch(): boolean {
  const field = document.querySelector<HTMLElement>(
    'main [data-search], main input[type="search"]',
  );
  field?.focus();
  return field !== null;
}
