import { arrivalOf, serverNow } from "../sync";
import type { Fleet } from "../sync/empire";
import { empireStore } from "../sync/empireStore";
import { formatDuration } from "../ui";
import type { MapScene } from "./render/types";

/** How often the times are written anew, in ms. */
const WRITE_MS = 1_000;
/** Labels beyond the edge by more than this are not shown, in px. */
const MARGIN_PX = 60;

/** Write beside the ends of own courses when fleets arrive there, without React. */
export class EtaLabels {
  private readonly labels = new Map<string, HTMLElement>();
  private readonly ends: (() => void)[];

  constructor(
    private readonly frame: HTMLElement,
    private readonly scene: MapScene,
  ) {
    const write = setInterval(() => this.write(), WRITE_MS);
    this.ends = [
      () => clearInterval(write),
      scene.camera.onChange(() => this.place()),
      empireStore.subscribe((state, before) => {
        if (state.empire.fleets !== before.empire.fleets) this.write();
      }),
    ];
    this.write();
  }

  /** Take the labels away. */
  dispose(): void {
    for (const end of this.ends) end();
    this.frame.replaceChildren();
  }

  private write(): void {
    const flying = flyingFleets();
    for (const [id, label] of this.labels) {
      if (flying.some((one) => one.id === id)) continue;
      label.remove();
      this.labels.delete(id);
    }
    for (const fleet of flying) {
      const label = this.labels.get(fleet.id) ?? this.made(fleet.id);
      const left_ms = (arrivalOf(fleet) ?? 0) - serverNow();
      label.textContent = `${fleet.name} · ${formatDuration(Math.max(0, left_ms))}`;
      label.dataset.pending = fleet.pending ? "true" : "";
    }
    this.place();
  }

  private place(): void {
    const { clientWidth, clientHeight } = this.frame;
    for (const fleet of flyingFleets()) {
      const label = this.labels.get(fleet.id);
      const end = fleet.path.at(-1);
      if (label === undefined || end === undefined) continue;
      const { px, py } = this.scene.toScreen(end.x, end.y);
      const isShown =
        px > -MARGIN_PX &&
        py > -MARGIN_PX &&
        px < clientWidth + MARGIN_PX &&
        py < clientHeight + MARGIN_PX;
      label.hidden = !isShown;
      label.style.transform = `translate(${Math.round(px)}px, ${Math.round(py)}px)`;
    }
  }

  private made(id: string): HTMLElement {
    const label = document.createElement("div");
    this.labels.set(id, label);
    this.frame.append(label);
    return label;
  }
}

function flyingFleets(): Fleet[] {
  const { fleets } = empireStore.getState().empire;
  return Object.values(fleets).filter(({ path }) => path.length > 1);
}
