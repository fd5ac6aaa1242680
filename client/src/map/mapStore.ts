import { useStore } from "zustand";
import { createStore } from "zustand/vanilla";
import type { Fleet, Point } from "../sync/empire";
import type { Refusal } from "../sync/refusal";
import type { GroupOffer, Target } from "./offers";
import type { Preview } from "./preview";
import type { Selection } from "./selection";
import type { Things } from "./things";

/** A way that is being laid out, point by point. */
export interface Plan {
  kind: "move" | "patrol";
  points: readonly Point[];
  isQueued: boolean;
}

/** Orders to choose from, and where on the map they are shown (pixels). */
export interface OrderMenu {
  px: number;
  py: number;
  target: Target;
  fleets: readonly string[];
  isQueued: boolean;
}

/** What came of an order. */
export interface Report {
  id: number;
  fleet: string;
  order: string;
  /** Server time of arrival, where there is one. */
  arrive_ms?: number;
  /** How much later than foreseen, in ms. */
  corrected_ms?: number;
  battle?: string;
  isQueued?: boolean;
  error?: Refusal;
}

export type Drawer = "list" | "bookmarks" | "legend" | "jump" | "coordinates";

export interface MapState {
  things: Things;
  selection: Selection;
  /** What the pointer is over, and where (pixels). */
  hover: { key: string; px: number; py: number } | null;
  /** Where the pointer is, or the middle of the view. */
  cursor: Point | null;
  plan: Plan | null;
  menu: OrderMenu | null;
  /** Courses that are not ordered yet. */
  previews: readonly Preview[];
  reports: readonly Report[];
  /** Key of the fleet that the camera follows. */
  follows: string | null;
  drawer: Drawer | null;
}

/** Reports that are shown at once. */
const REPORTS_MAX = 4;

export const mapStore = createStore<MapState>(() => ({
  things: new Map(),
  selection: [],
  hover: null,
  cursor: null,
  plan: null,
  menu: null,
  previews: [],
  reports: [],
  follows: null,
  drawer: null,
}));

/** Select of the map's state; renders where what is selected changes. */
export function useMap<T>(select: (state: MapState) => T): T {
  return useStore(mapStore, select);
}

/** Change what is selected; what was planned for others is given up. */
export function select(selection: Selection): void {
  mapStore.setState({ selection, plan: null, menu: null, previews: [] });
}

/** Open a drawer, or close it where it is open. */
export function toggleDrawer(drawer: Drawer): void {
  mapStore.setState((state) => ({ drawer: state.drawer === drawer ? null : drawer }));
}

let reported = 0;

/** Tell what came of an order; the oldest report makes room. */
export function report(told: Omit<Report, "id">): void {
  reported++;
  const one = { ...told, id: reported };
  mapStore.setState(({ reports }) => ({
    reports: [...reports, one].slice(-REPORTS_MAX),
  }));
}

/** Take a report away. */
export function dismiss(id: number): void {
  mapStore.setState(({ reports }) => ({
    reports: reports.filter((one) => one.id !== id),
  }));
}

/** Give the own fleets among what is selected. */
export function selectedFleets({ things, selection }: MapState): readonly Fleet[] {
  return selection.flatMap((key) => {
    const thing = things.get(key);
    return thing?.kind === "fleet" && thing.own ? [thing.own] : [];
  });
}

/** Tell whether an order is carried out without asking which is meant. */
export function isPlain(groups: readonly GroupOffer[], isShielded: boolean): boolean {
  const [first, second] = groups;
  if (first === undefined) return false;
  if (first.order === "attack" && isShielded) return false;
  return second === undefined || second.order === "move";
}
