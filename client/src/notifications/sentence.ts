import i18next from "i18next";
import type { Empire, Notification } from "../sync";
import { nameOf } from "../text";
import { refusalSentence } from "../ui";
import { shownAs } from "./kinds";

/** Say a notification in a sentence of the present language. */
export function sentence(notification: Notification, empire: Empire): string {
  const { kind, data } = notification;
  const { says } = shownAs(notification);
  const about = (data.about ?? {}) as { kind?: unknown };
  return i18next.t(`notifications:kind.${says}`, {
    kind,
    name: text(data.name),
    colony: colonyName(data, empire),
    fleet: fleetName(data, empire),
    building: nameOf("building", text(data.building)),
    unit: nameOf("unit", text(data.unit)),
    technology: nameOf("technology", text(data.technology)),
    order: nameOf("order", text(about.kind ?? data.order)),
    reason: data.code ? refusalSentence({ code: text(data.code) }) : "",
    level: text(data.level),
    count: Number(data.count ?? 1),
  });
}

function colonyName(data: Notification["data"], { colonies }: Empire): string {
  const known = colonies[text(data.colony)]?.name;
  return known ?? (text(data.colony_name) || i18next.t("notifications:somewhere"));
}

function fleetName(data: Notification["data"], { fleets }: Empire): string {
  const known = fleets[text(data.fleet)]?.name;
  return known ?? (text(data.fleet_name) || i18next.t("notifications:a_fleet"));
}

function text(value: unknown): string {
  return typeof value === "string" || typeof value === "number" ? String(value) : "";
}
