import { type ComponentType, type LazyExoticComponent, lazy } from "react";
import type { Session } from "../sync/session";

/** Whom a page is for; `newcomer` is logged in and has no empire yet. */
export type Access = "empire" | "newcomer" | "guest" | "anyone";

export interface PageRoute {
  readonly path: string;
  readonly access: Access;
  readonly Page: LazyExoticComponent<ComponentType>;
  /** Fetches the page's code, so that it opens at once later. */
  readonly load: () => Promise<unknown>;
}

type Load = () => Promise<{ default: ComponentType }>;

function page(path: string, access: Access, load: Load): PageRoute {
  return { path, access, Page: lazy(load), load };
}

/**
 * Path -> page, each a chunk of its own; the first that fits is shown.
 *
 * The same path may stand for several pages, for different people.
 */
export const ROUTES: readonly PageRoute[] = [
  page("/", "empire", () => import("../colony/OverviewPage")),
  page("/colonies", "empire", () => import("../colony/ColoniesPage")),
  page("/colonies/:id", "empire", () => import("../colony/ColonyPage")),
  page("/research", "empire", () => import("../research/ResearchPage")),
  page("/rankings", "empire", () => import("../rankings/RankingsPage")),
  page("/", "guest", () => import("../account/HomePage")),
  page("/register", "guest", () => import("../account/RegisterPage")),
  page("/login", "guest", () => import("../account/LoginPage")),
  page("/", "newcomer", () => import("../account/JoinPage")),
  page("/fleets", "empire", () => import("../fleets/FleetsPage")),
  page("/fleets/:id", "empire", () => import("../fleets/FleetPage")),
  page("/map", "empire", () => import("../map/MapPage")),
  page("/battles", "empire", () => import("../battles/BattlesPage")),
  page("/battles/:id", "empire", () => import("../battles/BattlePage")),
  page("/reports", "empire", () => import("../battles/ReportsPage")),
  page("/reports/:id", "empire", () => import("../battles/ReportPage")),
  page("/replays/:token", "anyone", () => import("../battles/ReplayPage")),
  page("/simulator", "empire", () => import("../battles/SimulatorPage")),
  page("/arenas", "empire", () => import("../battles/ArenasPage")),
  page("/arenas/:id", "empire", () => import("../battles/BattlePage")),
  page("/notifications", "empire", () => import("../notifications/NotificationsPage")),
  page("/settings", "anyone", () => import("../settings/SettingsPage")),
  page("/help", "anyone", () => import("../help/HelpPage")),
];

const OPEN_TO: Record<Session["status"], readonly Access[]> = {
  unknown: ["anyone"],
  out: ["guest", "anyone"],
  no_empire: ["newcomer", "anyone"],
  in: ["empire", "anyone"],
};

/** Tell whether somebody may open a page. */
export function isOpen({ access }: PageRoute, status: Session["status"]): boolean {
  return OPEN_TO[status].includes(access);
}

/** Tell whether there is a page at a path, for anybody. */
export function isPage(path: string): boolean {
  return ROUTES.some((one) => fits(one.path, path));
}

/** Tell whether the page at a path is there for anybody, with or without an empire. */
export function isOpenToAll(path: string): boolean {
  return ROUTES.some((one) => one.access === "anyone" && fits(one.path, path));
}

/** Tell whether a path fits a route's pattern, like `/fleets/:id`. */
export function fits(pattern: string, path: string): boolean {
  const [wanted, given] = [pattern.split("/"), path.split("/")];
  return (
    wanted.length === given.length &&
    wanted.every((part, at) => part.startsWith(":") || part === given[at])
  );
}
