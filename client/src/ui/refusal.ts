import i18next from "i18next";
import { nameOf } from "../text";
import { text } from "../text/refusals";
import { formatFull } from "./format";

/** A refusal as acks and problems carry it: a code, and what belongs to it. */
export interface RefusalLike {
  code: string;
  message?: string | undefined;
  [detail: string]: unknown;
}

type Code = keyof typeof text.en;

/** Say a refusal in a sentence of the present language, with what it names. */
export function refusalSentence(error: RefusalLike): string {
  const short = amounts(error.short, error.code);
  if (error.code === "not_enough_resources" && short) {
    return i18next.t("refusals:not_enough_resources_short", { short });
  }
  const missing = requirements(error.missing);
  if (error.code === "requirements_missing" && missing) {
    return i18next.t("refusals:requirements_missing_list", { missing });
  }
  if (!(error.code in text.en)) {
    return i18next.t("refusals:unknown", { code: error.message || error.code });
  }
  return i18next.t(`refusals:${error.code as Code}`, { code: error.code });
}

function amounts(told: unknown, code: string): string {
  if (!isTable(told)) return "";
  const kind = code === "not_enough_ships" ? "unit" : "resource";
  return Object.entries(told)
    .map(([id, amount]) => `${formatFull(Math.ceil(+amount))} ${nameOf(kind, id)}`)
    .join(", ");
}

const KINDS = { buildings: "building", technologies: "technology", ships: "unit" };

function requirements(told: unknown): string {
  if (typeof told !== "object" || told === null) return "";
  return Object.entries(KINDS)
    .flatMap(([part, kind]) => {
      const levels: unknown = Reflect.get(told, part);
      if (!isTable(levels)) return [];
      return Object.entries(levels).map(
        ([id, level]) => `${nameOf(kind as "building", id)} ${level}`,
      );
    })
    .join(", ");
}

function isTable(told: unknown): told is Record<string, number> {
  return typeof told === "object" && told !== null && !Array.isArray(told);
}
