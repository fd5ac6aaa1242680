import type { Catalogue } from "../text/shape";

export const text = {
  en: {
    title: "First steps",
  },
  de: {
    title: "Erste Schritte",
  },
} satisfies Catalogue;
