/** Strings of one language, by key; keys may be grouped. */
export interface Strings {
  [key: string]: string | Strings;
}

/** A namespace's strings in both languages; a test holds their keys equal. */
export interface Catalogue {
  en: Strings;
  de: Strings;
}

export const LANGUAGES = ["en", "de"] as const;

export type Language = (typeof LANGUAGES)[number];
