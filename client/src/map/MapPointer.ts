import type { MapControl } from "./MapControl";
import { mapStore } from "./mapStore";

/** A pointer that moves farther than this drags, in px: less is a click. */
const SLOP_PX = 5;
/** A finger that rests so long asks for orders, in ms. */
const LONG_PRESS_MS = 450;
/** How often the course to the pointer is foreseen, in ms. */
const FORESEE_MS = 120;

interface Press {
  id: number;
  px: number;
  py: number;
  isTouch: boolean;
  isBox: boolean;
  isOver: boolean;
}

/** Called while a box is drawn with its corners in pixels, with null when it ends. */
export type OnBox = (
  box: { px0: number; py0: number; px1: number; py1: number } | null,
) => void;

/**
 * Turn what pointers do on the canvas into what the map is asked for.
 *
 * The scene itself pans and zooms; here are clicks, boxes (shift and drag), long presses
 * and the right button.
 */
export class MapPointer {
  private press: Press | null = null;
  private timer: ReturnType<typeof setTimeout> | undefined;
  private frame = 0;
  private foreseeing: ReturnType<typeof setTimeout> | undefined;
  private foreseen_ms = 0;
  private readonly stop = new AbortController();

  constructor(
    private readonly canvas: HTMLCanvasElement,
    private readonly control: MapControl,
    private readonly onBox: OnBox,
  ) {
    const { signal } = this.stop;
    canvas.addEventListener("pointerdown", (event) => this.down(event), { signal });
    canvas.addEventListener("pointermove", (event) => this.move(event), { signal });
    canvas.addEventListener("pointerup", (event) => this.up(event), { signal });
    canvas.addEventListener("pointercancel", () => this.end(), { signal });
    canvas.addEventListener("pointerleave", () => this.leave(), { signal });
    canvas.addEventListener("contextmenu", (event) => event.preventDefault(), {
      signal,
    });
    canvas.addEventListener("dblclick", (event) => this.dblclick(event), { signal });
  }

  /** Stop listening. */
  dispose(): void {
    this.stop.abort();
    this.end();
    this.lookAway();
  }

  private down(event: PointerEvent): void {
    const { px, py } = this.at(event);
    this.lookAway();
    mapStore.setState({ menu: null, hover: null });
    if (event.button === 2) {
      event.preventDefault();
      this.control.order(px, py, { isQueued: event.shiftKey });
      return;
    }
    // A second finger pinches: that is neither a tap nor a long press.
    const isSecond = this.press !== null;
    this.end();
    if (isSecond || event.button !== 0) return;
    const isTouch = event.pointerType === "touch";
    const isBox = event.shiftKey && !isTouch;
    this.press = { id: event.pointerId, px, py, isTouch, isBox, isOver: false };
    if (isBox) this.canvas.setPointerCapture(event.pointerId);
    if (isTouch) this.timer = setTimeout(() => this.longPress(), LONG_PRESS_MS);
  }

  private move(event: PointerEvent): void {
    const { px, py } = this.at(event);
    const { press } = this;
    if (press === null) {
      if (event.pointerType !== "touch") this.hover(px, py);
      return;
    }
    if (press.id !== event.pointerId) return;
    if (Math.hypot(px - press.px, py - press.py) > SLOP_PX && !press.isOver) {
      press.isOver = true;
      clearTimeout(this.timer);
      if (!press.isBox) mapStore.setState({ follows: null });
    }
    if (press.isBox && press.isOver) {
      this.onBox({ px0: press.px, py0: press.py, px1: px, py1: py });
    }
  }

  private up(event: PointerEvent): void {
    const { press } = this;
    this.end();
    if (press === null || press.id !== event.pointerId) return;
    const { px, py } = this.at(event);
    if (press.isBox && press.isOver) this.control.box(press.px, press.py, px, py);
    else if (!press.isOver) {
      const adds = event.shiftKey || event.ctrlKey || event.metaKey;
      this.control.click(px, py, { adds, isTouch: press.isTouch });
    }
  }

  private longPress(): void {
    const { press } = this;
    if (press === null || press.isOver) return;
    press.isOver = true;
    this.control.order(press.px, press.py, { asks: true });
  }

  private end(): void {
    clearTimeout(this.timer);
    this.press = null;
    this.onBox(null);
  }

  private leave(): void {
    this.lookAway();
    mapStore.setState({ hover: null, cursor: null });
    const { plan, menu } = mapStore.getState();
    if (plan !== null) this.control.change(plan);
    else if (menu === null) this.control.forget();
  }

  private dblclick(event: MouseEvent): void {
    if (mapStore.getState().plan !== null) return;
    const found = this.control.scene.pick(event.offsetX, event.offsetY);
    if (found !== null) this.control.flyTo(found.id);
  }

  /** Look what is under the pointer, once a frame at most. */
  private hover(px: number, py: number): void {
    this.lookAway();
    this.frame = requestAnimationFrame((now_ms) => {
      const { scene } = this.control;
      const found = scene.pick(px, py);
      const hover = found === null ? null : { key: found.id, px, py };
      mapStore.setState({ hover, cursor: scene.toWorld(px, py) });
      this.foresee(px, py, this.foreseen_ms + FORESEE_MS - now_ms);
    });
  }

  /** Give up what was to be looked at, or foreseen. */
  private lookAway(): void {
    cancelAnimationFrame(this.frame);
    clearTimeout(this.foreseeing);
  }

  /** Foresee the course to where the pointer is, after a while if that must be. */
  private foresee(px: number, py: number, wait_ms: number): void {
    if (wait_ms > 0) {
      this.foreseeing = setTimeout(() => this.foresee(px, py, 0), wait_ms);
      return;
    }
    this.foreseen_ms = performance.now();
    this.control.foreseeTo(px, py);
  }

  private at(event: PointerEvent): { px: number; py: number } {
    const corner = this.canvas.getBoundingClientRect();
    return { px: event.clientX - corner.left, py: event.clientY - corner.top };
  }
}
