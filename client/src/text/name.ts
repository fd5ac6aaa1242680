import i18next from "i18next";
import { useCallback } from "react";
import { useTranslation } from "react-i18next";
import { text } from "./names";

export type NameKind = keyof typeof text.en;

/** Name a thing of the rules in the present language; an unknown one by its id. */
export function nameOf(kind: NameKind, id: string): string {
  const table = i18next.language === "de" ? text.de : text.en;
  const names: Record<string, string> = table[kind];
  return names[id] ?? id.replaceAll("_", " ");
}

/** Give the function that names things of the rules, anew when the language changes. */
export function useName(): (kind: NameKind, id: string) => string {
  const { i18n } = useTranslation("names");
  // biome-ignore lint/correctness/useExhaustiveDependencies: nameOf reads the language
  return useCallback((kind, id) => nameOf(kind, id), [i18n.language]);
}
