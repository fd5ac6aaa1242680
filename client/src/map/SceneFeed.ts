import { empireStore, roomsState, serverNow, setView, subscribeRooms } from "../sync";
import { galaxyMapRead, rulesRead } from "../sync/rules";
import { entitiesOf, planetEntities } from "./entities";
import { type Fog, fogOf, isSameFog } from "./fog";
import { iconStore } from "./icons";
import { mapStore, selectedFleets } from "./mapStore";
import { ownCourses, previewCourses, queuedCourses, rangesOf } from "./overlay";
import { viewOf } from "./places";
import type { Realm } from "./realm";
import type { Kind, MapScene, Minimap, Terrain } from "./render/types";
import { stillThere } from "./selection";
import { whereIs } from "./target";
import { gather, type Things } from "./things";
import { weatherStore } from "./weather";

/** Changes that come within this time are drawn together, in ms. */
const GATHER_MS = 120;
/** How often what only time changes is drawn anew (courses, ranges, ghosts), in ms. */
const TICK_MS = 500;
/** Ghosts fade and debris drifts apart: looked after every so many ticks. */
const TICKS_A_GATHERING = 10;

const MOVING: readonly Kind[] = [
  "colony",
  "hidden_colony",
  "fleet",
  "battle",
  "debris",
];

/** Keep a scene and its minimap showing what the stores know, without React. */
export class SceneFeed {
  private readonly ends: (() => void)[] = [];
  private timer: ReturnType<typeof setTimeout> | undefined;
  private frame = 0;
  private ticks = 0;
  private fog: Fog | null = null;
  private drawnColonies: ReadonlySet<string> = new Set();
  private hasPlanets = false;
  private wanted = "";

  constructor(
    private readonly scene: MapScene,
    private readonly minimap: Minimap | null,
  ) {
    scene.setNow(serverNow);
    const later = () => this.gatherSoon();
    this.ends.push(
      subscribeRooms(later),
      empireStore.subscribe(later),
      iconStore.subscribe(later),
      galaxyMapRead.store.subscribe(() => this.showChart()),
      mapStore.subscribe((state, before) => {
        if (state.selection !== before.selection) this.showSelection();
        if (state.previews !== before.previews || state.plan !== before.plan) {
          this.showLines();
        }
        if (state.follows !== before.follows) this.follow();
      }),
      scene.camera.onChange(() => this.look()),
    );
    const tick = setInterval(() => this.tick(), TICK_MS);
    this.ends.push(() => clearInterval(tick));
    this.showChart();
    this.gatherNow();
    this.look();
    this.follow();
  }

  /** Stop, and look at nothing any more. */
  dispose(): void {
    for (const end of this.ends) end();
    clearTimeout(this.timer);
    cancelAnimationFrame(this.frame);
    setView(null);
  }

  private gatherSoon(): void {
    this.timer ??= setTimeout(() => this.gatherNow(), GATHER_MS);
  }

  private gatherNow(): void {
    clearTimeout(this.timer);
    this.timer = undefined;
    const own = empireStore.getState().empire;
    const rooms = roomsState();
    const things = gather(
      { own, rooms, icons: iconStore.getState().icons },
      serverNow(),
    );
    const { selection } = mapStore.getState();
    const isThere = (key: string) => key.startsWith("planet:") || things.has(key);
    mapStore.setState({ things, selection: stillThere(selection, isThere) });
    this.draw(things);
    this.showFog(fogOf(rooms));
    this.showLines();
  }

  private draw(things: Things): void {
    const peaceful = rulesRead.store.getState().data?.fleets.peaceful_units ?? [];
    const player = empireStore.getState().empire.player.id;
    const drawn = entitiesOf(things, { player, peaceful });
    for (const kind of MOVING) this.scene.setEntities(kind, drawn[kind]);
    this.minimap?.setDots([...drawn.hidden_colony, ...drawn.colony, ...drawn.fleet]);
    this.showPlanets(things);
  }

  /** Planets are many and seldom change: they are drawn anew only with the colonies. */
  private showPlanets(things: Things): void {
    const chart = galaxyMapRead.store.getState().data;
    if (chart === null) return;
    const colonies = [...things.values()].filter(({ kind }) => kind === "colony");
    const isSame =
      this.hasPlanets &&
      colonies.length === this.drawnColonies.size &&
      colonies.every(({ id }) => this.drawnColonies.has(id));
    if (isSame) return;
    this.hasPlanets = true;
    this.drawnColonies = new Set(colonies.map(({ id }) => id));
    this.scene.setEntities("planet", planetEntities(chart, things));
  }

  private showChart(): void {
    const chart = galaxyMapRead.store.getState().data;
    if (chart === null) return;
    const terrain = { hazards: chart.hazards, protected: chart.protected } as Terrain;
    this.scene.setTerrain(terrain);
    this.minimap?.setTerrain(terrain);
    const { x, y } = chart.planets;
    this.minimap?.setPlanets(
      x.map((across, index) => ({ x: across, y: y[index] ?? 0 })),
    );
    this.showPlanets(mapStore.getState().things);
  }

  private showFog(fog: Fog): void {
    if (this.fog !== null && isSameFog(this.fog, fog)) return;
    this.fog = fog;
    this.scene.setFog(fog.seen, fog.known);
    this.minimap?.setFog(fog.seen, fog.known);
  }

  private showSelection(): void {
    this.scene.setSelection(new Set(mapStore.getState().selection));
    this.showLines();
  }

  private showLines(): void {
    const state = mapStore.getState();
    const fleets = Object.values(empireStore.getState().empire.fleets);
    this.scene.setCourses([
      ...ownCourses(fleets, serverNow()),
      ...queuedCourses(selectedFleets(state)),
      ...previewCourses(state.previews, state.plan),
    ]);
    const realm = realmNow();
    if (realm === null) return;
    this.scene.setRanges(rangesOf(state.selection, state.things, realm));
  }

  private tick(): void {
    this.ticks++;
    if (this.ticks % TICKS_A_GATHERING === 0) this.gatherSoon();
    this.showLines();
  }

  private look(): void {
    const bounds = this.scene.camera.bounds();
    // What the pointer was over has moved away below it.
    if (mapStore.getState().hover !== null) mapStore.setState({ hover: null });
    this.minimap?.setView(bounds);
    const galaxy = rulesRead.store.getState().data?.galaxy;
    if (galaxy === undefined) return;
    const view = viewOf(bounds, galaxy);
    const wanted = JSON.stringify(view);
    // A camera that never rests (it follows a fleet) must not put the question off.
    if (wanted === this.wanted) return;
    this.wanted = wanted;
    setView(view);
  }

  /** Keep a fleet in the middle for as long as it is followed. */
  private follow(): void {
    cancelAnimationFrame(this.frame);
    const { follows, things } = mapStore.getState();
    const thing = follows === null ? undefined : things.get(follows);
    if (thing === undefined) return;
    this.scene.camera.jump(whereIs(thing, serverNow()));
    this.frame = requestAnimationFrame(() => this.follow());
  }
}

/** Give what orders are judged by at this moment, once the rules are read. */
export function realmNow(): Realm | null {
  const rules = rulesRead.store.getState().data;
  if (rules === null) return null;
  return {
    empire: empireStore.getState().empire,
    rules,
    chart: galaxyMapRead.store.getState().data ?? { hazards: {}, protected: [] },
    weather: weatherStore.getState().forecast,
    now_ms: serverNow(),
  };
}
