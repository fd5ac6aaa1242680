import type { StageColours } from "../render/stage";

/** Read the theme's colours for the canvas, which knows no CSS variables. */
export function readColours(): StageColours {
  const style = getComputedStyle(document.documentElement);
  const of = (name: string) => style.getPropertyValue(`--gd-${name}`).trim();
  return {
    ground: of("ground"),
    line: of("line"),
    text: of("text"),
    star: of("dimmed"),
    bad: of("bad"),
    gold: of("gold"),
    stances: {
      own: of("own"),
      ally: of("ally"),
      hostile: of("hostile"),
      neutral: of("neutral"),
    },
  };
}
