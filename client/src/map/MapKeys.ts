import { preferences } from "../settings/preferences";
import { order } from "./command";
import type { MapControl } from "./MapControl";
import { mapStore, select, selectedFleets, toggleDrawer } from "./mapStore";

/** How far an arrow key pans, in px; with shift farther. */
const PAN_PX = 90;
const PAN_FAR_PX = 360;
const ZOOM_STEP = 1.3;
/** After this key, the shell waits for another one: that isn't ours. In ms. */
const PREFIX = "g";
const PREFIX_MS = 1_200;

const ARROWS: Readonly<Record<string, readonly [number, number]>> = {
  ArrowLeft: [-1, 0],
  ArrowRight: [1, 0],
  ArrowUp: [0, -1],
  ArrowDown: [0, 1],
};

/** Let keys do on the map what pointers do. Gives the way to stop. */
export function listenToKeys(
  canvas: HTMLCanvasElement,
  control: MapControl,
  onEnter: () => void,
): () => void {
  let prefixed_ms = Number.NEGATIVE_INFINITY;
  const keys = new Map(commandsOf(control, onEnter));
  const pressed = (event: KeyboardEvent) => {
    if (event.defaultPrevented || isTyping(event.target)) return;
    if ((event.ctrlKey || event.metaKey) && event.key.toLowerCase() === "k") {
      event.preventDefault();
      toggleDrawer("jump");
      return;
    }
    if (event.ctrlKey || event.metaKey || event.altKey) return;
    const wasPrefixed = event.timeStamp - prefixed_ms < PREFIX_MS;
    prefixed_ms = event.key === PREFIX ? event.timeStamp : Number.NEGATIVE_INFINITY;
    if (wasPrefixed || event.key === PREFIX) return;
    const isOnMap = event.target === canvas;
    if (isOnMap && steer(event, control)) {
      event.preventDefault();
      return;
    }
    const isWanted = preferences.getState().shortcuts === "on";
    const isFree = isOnMap || (isWanted && event.target === document.body);
    const command = isFree ? keys.get(event.key) : undefined;
    if (command === undefined) return;
    event.preventDefault();
    command();
  };
  window.addEventListener("keydown", pressed);
  return () => window.removeEventListener("keydown", pressed);
}

/** Keys that have a meaning only while the map has the focus; tell whether it was one. */
function steer(event: KeyboardEvent, control: MapControl): boolean {
  const arrow = ARROWS[event.key];
  if (arrow !== undefined) {
    const step = event.shiftKey ? PAN_FAR_PX : PAN_PX;
    mapStore.setState({ follows: null });
    control.scene.camera.move(arrow[0] * step, arrow[1] * step);
    return true;
  }
  // Past the last of the own things, Tab goes on to what comes after the map.
  return event.key === "Tab" && control.cycle(event.shiftKey ? -1 : 1);
}

function commandsOf(control: MapControl, onEnter: () => void): [string, () => void][] {
  const withFleets = (then: () => void) => () => {
    if (selectedFleets(mapStore.getState()).length > 0) then();
  };
  const zoom = (factor: number) => () => control.scene.camera.zoomBy(factor);
  return [
    ["+", zoom(ZOOM_STEP)],
    ["=", zoom(ZOOM_STEP)],
    ["-", zoom(1 / ZOOM_STEP)],
    ["Escape", () => control.escape()],
    ["Enter", () => (mapStore.getState().plan ? control.carryOut() : onEnter())],
    ["Backspace", () => control.undo()],
    ["/", () => toggleDrawer("jump")],
    ["h", () => control.home()],
    ["b", () => toggleDrawer("bookmarks")],
    ["l", () => toggleDrawer("list")],
    ["f", () => followSelected(control)],
    ["m", withFleets(() => toggleDrawer("coordinates"))],
    ["p", withFleets(() => control.plan("patrol"))],
    ["w", withFleets(() => control.plan("move"))],
    ["x", withFleets(stopSelected)],
    ["a", selectAll],
  ];
}

function followSelected(control: MapControl): void {
  const [first] = selectedFleets(mapStore.getState());
  if (first !== undefined) control.follow(`fleet:${first.id}`);
}

function stopSelected(): void {
  for (const fleet of selectedFleets(mapStore.getState())) {
    void order(fleet, "stop", { name: "fleets.stop", data: { fleet: fleet.id } });
  }
}

/** Select all own fleets. */
function selectAll(): void {
  const { things } = mapStore.getState();
  const own = [...things.values()].filter((one) => one.kind === "fleet" && one.own);
  select(own.map(({ key }) => key));
}

function isTyping(target: EventTarget | null): boolean {
  if (!(target instanceof HTMLElement)) return false;
  return target.isContentEditable || target.matches("input, textarea, select");
}
