import type { Catalogue } from "../text/shape";

export const text = {
  en: {
    title: "Notifications",
  },
  de: {
    title: "Meldungen",
  },
} satisfies Catalogue;
