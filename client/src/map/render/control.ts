import type { Camera } from "./camera";
import type { CameraControl } from "./types";

/** Let others move a camera, and hear of it when it moved. */
export class Control implements CameraControl {
  private readonly listeners = new Set<() => void>();
  private toldVersion = -1;

  constructor(
    private readonly eye: Camera,
    private readonly wake: () => void,
  ) {}

  get() {
    const { x, y, zoom } = this.eye;
    return { x, y, zoom };
  }

  fly(to: { x: number; y: number; zoom?: number }): void {
    this.eye.fly(to);
    this.wake();
  }

  jump(to: { x: number; y: number; zoom?: number }): void {
    this.eye.jump(to);
    this.wake();
  }

  move(dx_px: number, dy_px: number): void {
    this.eye.drag(dx_px, dy_px);
    this.wake();
  }

  zoomBy(factor: number): void {
    this.eye.zoomTowards(this.eye.width / 2, this.eye.height / 2, factor);
    this.wake();
  }

  onChange(listener: () => void): () => void {
    this.listeners.add(listener);
    return () => this.listeners.delete(listener);
  }

  bounds() {
    return this.eye.bounds();
  }

  /** Tell those that listen, if it moved since they were told. */
  tell(): void {
    if (this.toldVersion === this.eye.version) return;
    this.toldVersion = this.eye.version;
    for (const listener of [...this.listeners]) listener();
  }

  /** Tell nobody any more. */
  end(): void {
    this.listeners.clear();
  }
}
