import { serverNow } from "../sync";
import type { Fleet, Point } from "../sync/empire";
import { empireStore } from "../sync/empireStore";
import { galaxyMapRead } from "../sync/rules";
import { giveGroup } from "./command";
import { isPlain, mapStore, type Plan, select, selectedFleets } from "./mapStore";
import { groupOffers, type Target } from "./offers";
import { onMap } from "./places";
import { type Preview, preview, type Wish } from "./preview";
import type { Entity, MapScene, Pathfinder } from "./render/types";
import { realmNow } from "./SceneFeed";
import { boxed, nextIn, selectOnly, toggle } from "./selection";
import { targetOf, whereIs } from "./target";

/** Courses of so many fleets are foreseen at once. */
const PREVIEWS_MAX = 8;
/** Pixels a unit at which a place is looked at closely. */
export const CLOSE_ZOOM = 1;

/** Do on the map what pointers, keys and buttons ask for. */
export class MapControl {
  private asked = 0;

  constructor(
    readonly scene: MapScene,
    private readonly pathfinder: Pathfinder | null,
  ) {}

  /** Select what is at a pixel, or nothing; add it to the rest, or lay a point of a plan. */
  click(px: number, py: number, { adds = false, isTouch = false } = {}): void {
    const { plan, selection } = mapStore.getState();
    if (plan !== null) {
      this.addPoint(this.scene.toWorld(px, py));
      return;
    }
    const found = this.scene.pick(px, py, isTouch);
    if (adds) select(found === null ? selection : toggle(selection, found.id));
    else select(selectOnly(found?.id ?? null));
  }

  /** Select what is in a box of pixels. */
  box(px0: number, py0: number, px1: number, py1: number): void {
    const { selection } = mapStore.getState();
    select(boxed(this.scene.pickBox(px0, py0, px1, py1), selection));
  }

  /** Order the selected fleets to what is at a pixel; ask where it may mean several. */
  order(px: number, py: number, { isQueued = false, asks = false } = {}): void {
    const state = mapStore.getState();
    if (state.plan !== null) {
      this.addPoint(this.scene.toWorld(px, py));
      if (!isQueued) void this.carryOut();
      return;
    }
    const fleets = selectedFleets(state);
    const target = this.targetAt(px, py, fleets);
    const realm = realmNow();
    if (target === null || fleets.length === 0 || realm === null) return;
    const groups = groupOffers(fleets, target, realm, isQueued);
    const isShielded = realm.empire.player.shield_until_ms > realm.now_ms;
    const [first] = groups;
    if (first !== undefined && !asks && isPlain(groups, isShielded)) {
      giveGroup(first);
      return;
    }
    this.ask(px, py, target, fleets, isQueued);
  }

  /** Show what fleets can be told about a target. */
  ask(
    px: number,
    py: number,
    target: Target,
    fleets: readonly Fleet[],
    isQueued = false,
  ): void {
    const ids = fleets.map(({ id }) => id);
    mapStore.setState({ menu: { px, py, target, fleets: ids, isQueued } });
    void this.foresee({ points: [target.at], isQueued }, fleets);
  }

  /** Ask about a thing that is named, not pointed at: the menu opens beside it. */
  askAbout(key: string, fleets: readonly Fleet[]): void {
    const chart = galaxyMapRead.store.getState().data;
    const target = targetOf(key, mapStore.getState().things, chart, serverNow());
    if (target === null) return;
    this.scene.camera.jump(target.at);
    const { px, py } = this.scene.toScreen(target.at.x, target.at.y);
    this.ask(px, py, target, fleets);
  }

  /** Begin to lay out a way. */
  plan(kind: Plan["kind"]): void {
    mapStore.setState({
      plan: { kind, points: [], isQueued: false },
      menu: null,
      previews: [],
      drawer: null,
    });
  }

  /** Add a point to the plan, if there is room for one more. */
  addPoint(at: Point): void {
    const { plan } = mapStore.getState();
    const realm = realmNow();
    if (plan === null || realm === null) return;
    const { via_max, patrol } = realm.rules.fleets;
    const most = plan.kind === "patrol" ? patrol.points_max : via_max + 1;
    if (plan.points.length >= most) return;
    const points = [...plan.points, onMap(at, realm.rules.galaxy.side)];
    this.change({ ...plan, points });
  }

  /** Take the plan's last point away. */
  undo(): void {
    const { plan } = mapStore.getState();
    if (plan !== null) this.change({ ...plan, points: plan.points.slice(0, -1) });
  }

  /** Change the plan, and foresee its course. */
  change(plan: Plan): void {
    mapStore.setState({ plan });
    if (plan.points.length === 0) {
      mapStore.setState({ previews: [] });
      return;
    }
    const isPatrol = plan.kind === "patrol" && plan.points.length > 1;
    const wish = { points: plan.points, isQueued: plan.isQueued, isPatrol };
    void this.foresee(wish, selectedFleets(mapStore.getState()));
  }

  /** Order the selected fleets to fly the plan. */
  carryOut(): void {
    const state = mapStore.getState();
    const { plan } = state;
    const last = plan?.points.at(-1);
    if (plan === null || last === undefined) return;
    const queue = plan.isQueued ? { queue: true } : {};
    const via = plan.points.slice(0, -1);
    const data =
      plan.kind === "patrol"
        ? { points: plan.points, ...queue }
        : { to: last, ...(via.length > 0 ? { via } : {}), ...queue };
    const offers = selectedFleets(state).map((fleet) => ({
      fleet,
      offer: {
        order: "move" as const,
        to: last,
        commands: [{ name: `fleets.${plan.kind}`, data: { fleet: fleet.id, ...data } }],
      },
    }));
    giveGroup({ offers }, plan.kind);
    mapStore.setState({ plan: null });
  }

  /** Foresee the course of fleets to a pixel, while the pointer moves. */
  foreseeTo(px: number, py: number): void {
    const state = mapStore.getState();
    const fleets = selectedFleets(state);
    if (fleets.length === 0 || state.menu !== null) return;
    const at = this.scene.toWorld(px, py);
    const { plan } = state;
    const points = [...(plan?.points ?? []), at];
    const isQueued = plan?.isQueued ?? false;
    const isPatrol = plan?.kind === "patrol" && points.length > 1;
    void this.foresee({ points, isQueued, isPatrol }, fleets);
  }

  /** Foresee the courses of fleets; a newer question makes the answer worthless. */
  async foresee(wish: Wish, fleets: readonly Fleet[]): Promise<void> {
    const realm = realmNow();
    const find = this.pathfinder?.find;
    if (realm === null || find === undefined) return;
    this.asked++;
    const question = this.asked;
    const some = fleets.slice(0, PREVIEWS_MAX);
    const seen: Preview[] = await Promise.all(
      some.map((fleet) => preview(fleet, wish, realm, find)),
    );
    if (question === this.asked) mapStore.setState({ previews: seen });
  }

  /** Forget what was foreseen. */
  forget(): void {
    this.asked++;
    if (mapStore.getState().previews.length > 0) mapStore.setState({ previews: [] });
  }

  /** Give up what is going on: the menu, the plan, the drawer, the selection, in turn. */
  escape(): void {
    const { menu, plan, drawer } = mapStore.getState();
    this.forget();
    if (menu !== null) mapStore.setState({ menu: null });
    else if (plan !== null) mapStore.setState({ plan: null });
    else if (drawer !== null) mapStore.setState({ drawer: null });
    else select([]);
  }

  /** Select the next own fleet or colony and look at it; tell whether there was one. */
  cycle(step: 1 | -1): boolean {
    const { things, selection } = mapStore.getState();
    const own = [...things.values()].filter(
      (one) => (one.kind === "fleet" || one.kind === "colony") && one.own,
    );
    const keys = own
      .map(({ key }) => key)
      .sort()
      .reverse();
    const key = nextIn(keys, selection, step);
    const isAround = step === 1 ? key === keys[0] : key === keys.at(-1);
    if (key === null || (isAround && selection.length > 0)) return false;
    this.show(key);
    return true;
  }

  /** Select a thing and fly to it. */
  show(key: string): void {
    select(selectOnly(key));
    this.flyTo(key);
  }

  /** Fly to a thing, closer where it is looked at from afar. */
  flyTo(key: string): void {
    const chart = galaxyMapRead.store.getState().data;
    const target = targetOf(key, mapStore.getState().things, chart, serverNow());
    if (target !== null) this.fly(target.at);
  }

  /** Fly to a place, closer where it is looked at from afar. */
  fly(at: Point, zoom?: number): void {
    mapStore.setState({ follows: null });
    const now = this.scene.camera.get().zoom;
    this.scene.camera.fly({ ...at, zoom: zoom ?? Math.max(now, CLOSE_ZOOM) });
  }

  /** Fly to the first own colony. */
  home(): void {
    const colonies = Object.values(empireStore.getState().empire.colonies);
    const [first] = colonies.sort((one, other) => one.founded_ms - other.founded_ms);
    if (first !== undefined) this.fly(first);
  }

  /** Follow a fleet with the camera, or leave it. */
  follow(key: string): void {
    mapStore.setState(({ follows }) => ({ follows: follows === key ? null : key }));
  }

  private targetAt(px: number, py: number, fleets: readonly Fleet[]): Target | null {
    const { things } = mapStore.getState();
    const chart = galaxyMapRead.store.getState().data;
    const own = new Set(fleets.map(({ id }) => `fleet:${id}`));
    // A fleet is never its own target: what lies below it is.
    const found = this.scene.pickAll(px, py).find(({ id }) => !own.has(id));
    const meant =
      found === undefined ? null : targetOf(found.id, things, chart, serverNow());
    return meant ?? { kind: "space", at: this.scene.toWorld(px, py) };
  }
}

/** Give where an entity is now, for what is shown beside it. */
export function placeOfEntity(entity: Entity): Point {
  const thing = mapStore.getState().things.get(entity.id);
  return thing === undefined ? entity : whereIs(thing, serverNow());
}
