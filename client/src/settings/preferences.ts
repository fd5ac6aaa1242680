import { useSyncExternalStore } from "react";
import { useStore } from "zustand";
import { createStore } from "zustand/vanilla";
import { LANGUAGES, preferredLanguage } from "../text";

/** What may be chosen; the first of each stands where nothing was chosen. */
export const CHOICES = {
  language: LANGUAGES,
  graphics: ["auto", "low", "medium", "high", "2d"],
  palette: ["default", "contrast", "colour_blind"],
  motion: ["system", "reduced", "full"],
  density: ["comfortable", "compact"],
  time_format: ["auto", "24h", "12h"],
  toasts: ["all", "important", "none"],
  shortcuts: ["on", "off"],
} as const;

export type Preferences = {
  [K in keyof typeof CHOICES]: (typeof CHOICES)[K][number];
};

/** The graphics quality as the map's scene takes it. */
export type Graphics = Preferences["graphics"];

const KEY = "gd.settings";

/** What this browser's player prefers; kept in it, since it suits this screen. */
export const preferences = createStore<Preferences>(() =>
  chosen(stored(), { language: preferredLanguage(navigator.languages) }),
);

preferences.subscribe((now) => {
  try {
    localStorage.setItem(KEY, JSON.stringify(now));
  } catch {
    // A browser that keeps nothing still plays: the choice lasts until it is closed.
  }
});

/** Read a preference, and render again when it changes. */
export function usePreference<K extends keyof Preferences>(name: K): Preferences[K] {
  return useStore(preferences, (all) => all[name]);
}

/** Choose; what follows from it (attributes, language) follows by subscription. */
export function prefer<K extends keyof Preferences>(
  name: K,
  value: Preferences[K],
): void {
  preferences.setState({ [name]: value } as Pick<Preferences, K>);
}

/**
 * Take what was stored as far as it is a choice that exists; the rest by default.
 *
 * What is stored may be of another version, or of somebody's hand.
 */
export function chosen(
  kept: unknown,
  otherwise: Partial<Preferences> = {},
): Preferences {
  const told = (typeof kept === "object" && kept !== null ? kept : {}) as object;
  const entries = Object.entries(CHOICES).map(([name, values]) => {
    const value: unknown = Reflect.get(told, name);
    const isKnown = (values as readonly unknown[]).includes(value);
    const fallback = otherwise[name as keyof Preferences] ?? values[0];
    return [name, isKnown ? value : fallback];
  });
  return Object.fromEntries(entries) as Preferences;
}

/** Tell whether motion is to be kept small: by choice, or as the system asks. */
export function useReducedMotion(): boolean {
  const motion = usePreference("motion");
  const system = useSyncExternalStore(hearSystem, () => asksForCalm().matches);
  return motion === "system" ? system : motion === "reduced";
}

/** Tell whether times are shown with a.m. and p.m.; undefined as the language does. */
export function useHour12(): boolean | undefined {
  const format = usePreference("time_format");
  return format === "auto" ? undefined : format === "12h";
}

/** The media query that says that the system's user wants less motion. */
export function asksForCalm(): MediaQueryList {
  return window.matchMedia("(prefers-reduced-motion: reduce)");
}

function hearSystem(listener: () => void): () => void {
  const query = asksForCalm();
  query.addEventListener("change", listener);
  return () => query.removeEventListener("change", listener);
}

function stored(): unknown {
  try {
    return JSON.parse(localStorage.getItem(KEY) ?? "null");
  } catch {
    return null;
  }
}
