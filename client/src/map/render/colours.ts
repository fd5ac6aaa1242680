import type { Colours, Stance } from "./types";

/**
 * Give the map's part of the theme, with the stances' colours of the palette in use.
 */
export function mapColours(stances: Record<Stance, string>): Colours {
  return { ...MAP_THEME, stances };
}

/** The stances' colours of the usual palette (Okabe-Ito). */
export const STANCE_COLOURS: Record<Stance, string> = {
  own: "#56b4e9",
  ally: "#009e73",
  hostile: "#e69f00",
  neutral: "#999999",
};

const MAP_THEME: Omit<Colours, "stances"> = {
  background: "#060a13",
  core: "#1a2748",
  grid: "#5f7fae",
  region: "#7d9fd6",
  star: "#cfe0ff",
  nebula: ["#7a4fb8", "#2f7fb0"],
  blackHole: "#ff9d5c",
  protected: "#4fd1a5",
  fog: "#03050a",
  text: "#e6edf3",
  textDimmed: "#9fb0c3",
  accent: "#56c8f5",
  gold: "#ffc247",
  battle: "#ff6b57",
  debris: "#b09a80",
  hidden: "#8794a8",
  shadow: "#000000",
  planets: {
    terrestrial: "#5fae8b",
    gas_giant: "#d9a872",
    asteroid: "#8f8a86",
    ice: "#a9d8ee",
    desert: "#d8b46a",
  },
};
