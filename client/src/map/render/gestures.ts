import type { Camera } from "./camera";

/** How far a pointer moves before it drags, in px: less is a click. */
const SLOP_PX = 4;
/** What a notch of the wheel zooms: about 100 px of scrolling. */
const WHEEL_RATE = 0.0022;
const PINCH_RATE = 0.012;
const LINE_PX = 33;
const WHEEL_STEP_MAX = 240;
/** A pointer that rested longer than this throws nothing. */
const THROW_WITHIN_MS = 60;
const THROW_MIN_PX_PER_MS = 0.12;

interface Finger {
  x: number;
  y: number;
}

/** Move a camera by mouse, pen and fingers on an element. Gives the way to stop. */
export function listen(
  element: HTMLElement,
  camera: Camera,
  onChange: () => void,
): () => void {
  const hands = new Hands(element, camera, onChange);
  const stop = new AbortController();
  const { signal } = stop;
  element.addEventListener("pointerdown", (event) => hands.down(event), { signal });
  element.addEventListener("pointermove", (event) => hands.move(event), { signal });
  for (const name of ["pointerup", "pointercancel"] as const) {
    element.addEventListener(name, (event) => hands.up(event), { signal });
  }
  element.addEventListener("wheel", (event) => hands.wheel(event), {
    signal,
    passive: false,
  });
  const touchAction = element.style.touchAction;
  element.style.touchAction = "none";
  return () => {
    stop.abort();
    element.style.touchAction = touchAction;
  };
}

class Hands {
  private readonly fingers = new Map<number, Finger>();
  private start: Finger = { x: 0, y: 0 };
  private isDragging = false;
  private speedX = 0;
  private speedY = 0;
  private moved_ms = 0;

  constructor(
    private readonly element: HTMLElement,
    private readonly camera: Camera,
    private readonly onChange: () => void,
  ) {}

  down(event: PointerEvent): void {
    const isPan = event.button === 1 || (event.button === 0 && !event.shiftKey);
    if (!isPan || this.fingers.size >= 2) return;
    if (event.button === 1) event.preventDefault();
    this.camera.stop();
    this.fingers.set(event.pointerId, { x: event.clientX, y: event.clientY });
    this.start = { x: event.clientX, y: event.clientY };
    this.isDragging = this.fingers.size > 1;
    this.speedX = 0;
    this.speedY = 0;
  }

  move(event: PointerEvent): void {
    const finger = this.fingers.get(event.pointerId);
    if (!finger) return;
    if (!this.isDragging && !this.begins(event)) return;
    if (this.fingers.size === 2) this.pinch(finger, event);
    else this.drag(finger, event);
    finger.x = event.clientX;
    finger.y = event.clientY;
    this.onChange();
  }

  up(event: PointerEvent): void {
    if (!this.fingers.delete(event.pointerId) || !this.isDragging) return;
    const isFresh = event.timeStamp - this.moved_ms < THROW_WITHIN_MS;
    const isFast = Math.hypot(this.speedX, this.speedY) > THROW_MIN_PX_PER_MS;
    if (this.fingers.size === 0 && isFresh && isFast) {
      this.camera.release(this.speedX, this.speedY);
    }
    this.isDragging = this.fingers.size > 0;
    this.onChange();
  }

  wheel(event: WheelEvent): void {
    event.preventDefault();
    const px = event.deltaMode === 0 ? event.deltaY : event.deltaY * LINE_PX;
    const step = Math.max(-WHEEL_STEP_MAX, Math.min(WHEEL_STEP_MAX, px));
    const rate = event.ctrlKey ? PINCH_RATE : WHEEL_RATE;
    const { x, y } = this.inside(event.clientX, event.clientY);
    this.camera.zoomTowards(x, y, Math.exp(-step * rate));
    this.onChange();
  }

  private begins(event: PointerEvent): boolean {
    const far = Math.hypot(event.clientX - this.start.x, event.clientY - this.start.y);
    if (far < SLOP_PX) return false;
    this.isDragging = true;
    this.element.setPointerCapture(event.pointerId);
    return true;
  }

  private drag(from: Finger, to: PointerEvent): void {
    const dx = to.clientX - from.x;
    const dy = to.clientY - from.y;
    const ms = Math.max(1, to.timeStamp - this.moved_ms);
    this.moved_ms = to.timeStamp;
    // Averaged with what was, so that the last jitter of a hand throws nothing.
    this.speedX = this.speedX * 0.5 + (dx / ms) * 0.5;
    this.speedY = this.speedY * 0.5 + (dy / ms) * 0.5;
    this.camera.drag(dx, dy);
  }

  private pinch(from: Finger, to: PointerEvent): void {
    const other = [...this.fingers.values()].find((finger) => finger !== from);
    if (!other) return;
    const before = Math.hypot(from.x - other.x, from.y - other.y);
    const after = Math.hypot(to.clientX - other.x, to.clientY - other.y);
    const middle = this.inside((to.clientX + other.x) / 2, (to.clientY + other.y) / 2);
    this.camera.drag((to.clientX - from.x) / 2, (to.clientY - from.y) / 2);
    if (before > 0) this.camera.zoomAt(middle.x, middle.y, after / before);
    this.speedX = 0;
    this.speedY = 0;
  }

  private inside(clientX: number, clientY: number): Finger {
    const box = this.element.getBoundingClientRect();
    return { x: clientX - box.left, y: clientY - box.top };
  }
}
