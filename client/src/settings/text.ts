import type { Catalogue } from "../text/shape";

export const text = {
  en: {
    title: "Settings",
  },
  de: {
    title: "Einstellungen",
  },
} satisfies Catalogue;
