import i18next from "i18next";
import { initReactI18next } from "react-i18next";
import { catalogue, type Namespace } from "./catalogue";
import { LANGUAGES, type Language } from "./shape";

export { type NameKind, nameOf, useName } from "./name";
export type { Catalogue, Language, Strings } from "./shape";
export { LANGUAGES } from "./shape";

type English = { [N in Namespace]: (typeof catalogue)[N]["en"] };

declare module "i18next" {
  interface CustomTypeOptions {
    defaultNS: "app";
    resources: English;
  }
}

/** Start with a language; the strings are part of the code, so it is done at once. */
export function startText(language: Language): void {
  i18next.use(initReactI18next).init({
    lng: language,
    fallbackLng: "en",
    supportedLngs: [...LANGUAGES],
    defaultNS: "app",
    ns: Object.keys(catalogue),
    resources: { en: inLanguage("en"), de: inLanguage("de") },
    interpolation: { escapeValue: false },
    initAsync: false,
  });
  document.documentElement.lang = language;
}

/** Change the language of everything that is shown. */
export function changeLanguage(language: Language): void {
  document.documentElement.lang = language;
  void i18next.changeLanguage(language);
}

/** Tell the language that the browser prefers among ours. */
export function preferredLanguage(wanted: readonly string[]): Language {
  for (const tag of wanted) {
    const found = LANGUAGES.find((one) => tag.toLowerCase().startsWith(one));
    if (found) return found;
  }
  return "en";
}

function inLanguage(language: Language) {
  const strings = Object.entries(catalogue).map(([name, text]) => [
    name,
    text[language],
  ]);
  return Object.fromEntries(strings);
}
