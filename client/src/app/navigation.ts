import {
  IconChartBar,
  IconFileText,
  IconFlask2,
  IconHelpCircle,
  IconHome,
  IconMap2,
  IconPlanet,
  IconRocket,
  IconSettings,
  IconSwords,
  IconTargetArrow,
  IconTrophy,
} from "@tabler/icons-react";
import type { text } from "./text";

/** A place to go, with the letter that follows `g` to get there. */
export interface Destination {
  readonly path: string;
  readonly name: keyof typeof text.en.nav;
  readonly icon: typeof IconHome;
  readonly key: string;
  /** How it is reached on a phone: from the bar, or from the sheet behind "more". */
  readonly isInBar?: boolean;
}

export interface DestinationGroup {
  readonly name: keyof typeof text.en.group;
  readonly destinations: readonly Destination[];
}

/** Where the rail, the bar and the shortcuts lead. */
export const GROUPS: readonly DestinationGroup[] = [
  {
    name: "empire",
    destinations: [
      { path: "/", name: "overview", icon: IconHome, key: "o" },
      { path: "/map", name: "map", icon: IconMap2, key: "m", isInBar: true },
      {
        path: "/colonies",
        name: "colonies",
        icon: IconPlanet,
        key: "c",
        isInBar: true,
      },
      { path: "/research", name: "research", icon: IconFlask2, key: "r" },
      { path: "/fleets", name: "fleets", icon: IconRocket, key: "f", isInBar: true },
    ],
  },
  {
    name: "war",
    destinations: [
      { path: "/battles", name: "battles", icon: IconSwords, key: "b", isInBar: true },
      { path: "/reports", name: "reports", icon: IconFileText, key: "p" },
      { path: "/arenas", name: "arenas", icon: IconTrophy, key: "a" },
      { path: "/simulator", name: "simulator", icon: IconTargetArrow, key: "i" },
    ],
  },
  {
    name: "galaxy",
    destinations: [
      { path: "/rankings", name: "rankings", icon: IconChartBar, key: "l" },
    ],
  },
  {
    name: "you",
    destinations: [
      { path: "/settings", name: "settings", icon: IconSettings, key: "s" },
      { path: "/help", name: "help", icon: IconHelpCircle, key: "h" },
    ],
  },
];

/** All places, in their order. */
export const DESTINATIONS: readonly Destination[] = GROUPS.flatMap(
  ({ destinations }) => destinations,
);

/** Tell whether a destination is the one that a path belongs to. */
export function isAt(destination: Destination, path: string): boolean {
  if (destination.path === "/") return path === "/";
  return path === destination.path || path.startsWith(`${destination.path}/`);
}
