import { type RefObject, useEffect, useRef } from "react";
import type { Stage } from "../render/stage";

interface Heard {
  onPick?: ((force: string) => void) | undefined;
  onHover?: ((force: string | null) => void) | undefined;
}

/** Pixels that a click may move without being a drag. */
const CLICK_PX = 5;
/** Zoom for each pixel that the wheel turns. */
const WHEEL = 0.0016;

/** Let pointers drag, pinch and pick on a stage, and the wheel zoom it. */
export function usePointer(
  canvas: RefObject<HTMLCanvasElement | null>,
  stage: RefObject<Stage | null>,
  heard: Heard,
): void {
  const latest = useRef(heard);
  latest.current = heard;
  useEffect(() => {
    const target = canvas.current;
    if (!target) return;
    const hands = new Hands(target, stage, latest);
    const abort = new AbortController();
    const { signal } = abort;
    target.addEventListener("pointerdown", (event) => hands.down(event), { signal });
    target.addEventListener("pointermove", (event) => hands.move(event), { signal });
    target.addEventListener("pointerup", (event) => hands.up(event), { signal });
    target.addEventListener("pointercancel", (event) => hands.lose(event), { signal });
    target.addEventListener("pointerleave", () => hands.leave(), { signal });
    const wheel = (event: WheelEvent) => {
      event.preventDefault();
      stage.current?.zoom(Math.exp(-event.deltaY * WHEEL), hands.place(event));
    };
    target.addEventListener("wheel", wheel, { signal, passive: false });
    return () => abort.abort();
  }, [canvas, stage]);
}

interface Place {
  readonly x: number;
  readonly y: number;
}

/** Follow the pointers that are down. */
class Hands {
  private readonly known = new Map<number, Place>();
  private moved = 0;

  constructor(
    private readonly target: HTMLElement,
    private readonly stage: RefObject<Stage | null>,
    private readonly heard: RefObject<Heard>,
  ) {}

  place(event: MouseEvent): Place {
    const box = this.target.getBoundingClientRect();
    return { x: event.clientX - box.left, y: event.clientY - box.top };
  }

  down(event: PointerEvent): void {
    this.known.set(event.pointerId, this.place(event));
    if (this.known.size === 1) this.moved = 0;
  }

  move(event: PointerEvent): void {
    const now = this.place(event);
    const before = this.known.get(event.pointerId);
    if (!before) {
      this.heard.current.onHover?.(this.stage.current?.pick(now.x, now.y) ?? null);
      return;
    }
    const spread = this.spread();
    this.known.set(event.pointerId, now);
    this.moved += Math.hypot(now.x - before.x, now.y - before.y);
    if (this.moved > CLICK_PX) this.target.setPointerCapture(event.pointerId);
    if (this.known.size === 1) {
      this.stage.current?.pan(now.x - before.x, now.y - before.y);
    } else if (spread > 0) {
      this.stage.current?.zoom(this.spread() / spread, this.middle());
    }
  }

  up(event: PointerEvent): void {
    const { x, y } = this.place(event);
    const isClick = this.known.has(event.pointerId) && this.moved <= CLICK_PX;
    this.known.delete(event.pointerId);
    const force = isClick ? this.stage.current?.pick(x, y) : null;
    if (force) this.heard.current.onPick?.(force);
  }

  lose(event: PointerEvent): void {
    this.known.delete(event.pointerId);
  }

  leave(): void {
    this.heard.current.onHover?.(null);
  }

  private spread(): number {
    const [one, other] = [...this.known.values()];
    return one && other ? Math.hypot(one.x - other.x, one.y - other.y) : 0;
  }

  private middle(): Place {
    const all = [...this.known.values()];
    return {
      x: all.reduce((sum, { x }) => sum + x, 0) / all.length,
      y: all.reduce((sum, { y }) => sum + y, 0) / all.length,
    };
  }
}
