import type { Catalogue } from "../text/shape";

export const text = {
  en: {
    title: "Help",
  },
  de: {
    title: "Hilfe",
  },
} satisfies Catalogue;
