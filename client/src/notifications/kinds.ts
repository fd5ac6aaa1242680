import {
  IconAlertTriangle,
  IconBell,
  IconBuildingFactory2,
  IconFlag,
  IconFlask2,
  IconPackage,
  IconRadar2,
  IconRocket,
  IconShieldOff,
  IconSkull,
  IconSwords,
  IconUsers,
} from "@tabler/icons-react";
import type { Notification } from "../sync";
import type { text } from "./text";

export type Sort = "economy" | "fleets" | "war";

type Data = Notification["data"];

/** How a kind of notification is shown. */
export interface KindShown {
  readonly sort: Sort;
  readonly icon: typeof IconBell;
  readonly says: keyof typeof text.en.kind;
  readonly isUrgent?: true;
  /** Where what it speaks of is found. */
  readonly leads: (data: Data) => string;
}

const toColony = ({ colony }: Data) => (colony ? `/colonies/${colony}` : "/colonies");
const toFleet = ({ fleet }: Data) => (fleet ? `/fleets/${fleet}` : "/fleets");
const toBattle = ({ battle }: Data) => (battle ? `/battles/${battle}` : "/battles");
const toReport = ({ report, battle }: Data) =>
  (report ?? battle) ? `/reports/${report ?? battle}` : "/reports";
const toPlace = ({ x, y }: Data) =>
  typeof x === "number" && typeof y === "number" ? `/map?x=${x}&y=${y}` : "/map";

/** Kind -> how it is shown; kinds that are not here are shown as they are called. */
export const KINDS: Readonly<Record<string, KindShown>> = {
  "colonies.building_completed": {
    sort: "economy",
    icon: IconBuildingFactory2,
    says: "building_completed",
    leads: toColony,
  },
  "colonies.training_completed": {
    sort: "economy",
    icon: IconUsers,
    says: "training_completed",
    leads: toColony,
  },
  "colonies.goods_delivered": {
    sort: "economy",
    icon: IconPackage,
    says: "goods_delivered",
    leads: toColony,
  },
  "research.completed": {
    sort: "economy",
    icon: IconFlask2,
    says: "learned",
    leads: () => "/research",
  },
  "colonies.founded": {
    sort: "economy",
    icon: IconFlag,
    says: "founded",
    leads: toColony,
  },
  "colonies.siege_begun": {
    sort: "war",
    icon: IconAlertTriangle,
    says: "siege_begun",
    isUrgent: true,
    leads: toBattle,
  },
  "colonies.siege_ended": {
    sort: "war",
    icon: IconSwords,
    says: "siege_ended",
    leads: toColony,
  },
  "colonies.occupied": {
    sort: "war",
    icon: IconAlertTriangle,
    says: "occupied",
    isUrgent: true,
    leads: toColony,
  },
  "colonies.occupation_ended": {
    sort: "war",
    icon: IconFlag,
    says: "occupation_ended",
    leads: toColony,
  },
  "colonies.blockade_begun": {
    sort: "war",
    icon: IconAlertTriangle,
    says: "blockade_begun",
    isUrgent: true,
    leads: toColony,
  },
  "colonies.blockade_ended": {
    sort: "war",
    icon: IconFlag,
    says: "blockade_ended",
    leads: toColony,
  },
  "fleets.arrived": {
    sort: "fleets",
    icon: IconRocket,
    says: "arrived",
    leads: toFleet,
  },
  "fleets.landed": {
    sort: "fleets",
    icon: IconRocket,
    says: "landed",
    leads: () => "/fleets",
  },
  "fleets.colonised": {
    sort: "fleets",
    icon: IconFlag,
    says: "colonised",
    leads: () => "/colonies",
  },
  "fleets.order_failed": {
    sort: "fleets",
    icon: IconAlertTriangle,
    says: "order_failed",
    leads: toFleet,
  },
  "fleets.destroyed": {
    sort: "war",
    icon: IconSkull,
    says: "destroyed",
    isUrgent: true,
    leads: () => "/reports",
  },
  "fleets.battle_entered": {
    sort: "war",
    icon: IconSwords,
    says: "attacked",
    isUrgent: true,
    leads: toBattle,
  },
  "fleets.battle_left": {
    sort: "war",
    icon: IconRocket,
    says: "fled",
    leads: toFleet,
  },
  "battles.ended": {
    sort: "war",
    icon: IconSwords,
    says: "battle_ended",
    leads: toReport,
  },
  "players.shield_ended": {
    sort: "war",
    icon: IconShieldOff,
    says: "shield_ended",
    isUrgent: true,
    leads: () => "/colonies",
  },
  contact: {
    sort: "war",
    icon: IconRadar2,
    says: "contact",
    isUrgent: true,
    leads: toPlace,
  },
};

const OTHER: KindShown = {
  sort: "economy",
  icon: IconBell,
  says: "other",
  leads: () => "/",
};

/** Tell how a notification is shown. */
export function shownAs({ kind, data }: Notification): KindShown {
  const shown = KINDS[kind] ?? OTHER;
  if (kind !== "battles.ended" || typeof data.won !== "boolean") return shown;
  return { ...shown, says: data.won ? "battle_won" : "battle_lost" };
}

export type Filter = "all" | "unread" | Sort;

export const FILTERS: readonly Filter[] = ["all", "unread", "economy", "fleets", "war"];

/** Give the notifications that a filter lets through. */
export function filtered(
  all: readonly Notification[],
  filter: Filter,
): readonly Notification[] {
  if (filter === "all") return all;
  if (filter === "unread") return all.filter((one) => !one.isRead);
  return all.filter((one) => shownAs(one).sort === filter);
}
