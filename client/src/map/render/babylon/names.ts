import { Constants } from "@babylonjs/core/Engines/constants";
import { ShaderMaterial } from "@babylonjs/core/Materials/shaderMaterial";
import { DynamicTexture } from "@babylonjs/core/Materials/Textures/dynamicTexture";
import { chooseLabels, LABELS_MAX, type Label } from "../labels";
import type { Frame } from "../painter";
import type { Patches } from "../patches";
import { KINDS } from "../space";
import type { Colours } from "../types";
import { LABEL_FRAGMENT, LABEL_VERTEX } from "./shaders/lines";
import { Squares } from "./squares";
import { LIVE, type Stage } from "./stage";

/** The sheet: two columns of rows, in px. */
const COLUMNS = 2;
const ROW_PX = 17;
const COLUMN_PX = 192;
const ROWS = Math.ceil(LABELS_MAX / COLUMNS);
const FONT_PX = 12;
const RIM_PX = 3;
const FONT = "system-ui, sans-serif";
const CHOSEN_EVERY_MS = 200;
const STRONG = 1;
const WEAK = 0.8;

/** Draw names: each is written once on a sheet, and shown from there. */
export class Names {
  private readonly canvas = document.createElement("canvas");
  private readonly brush: CanvasRenderingContext2D | null;
  private readonly texture: DynamicTexture;
  private readonly squares: Squares;
  private labels: readonly Label[] = [];
  /** What is written in each row, and which rows are shown now. */
  private readonly written: string[] = Array(LABELS_MAX).fill("");
  private readonly slots: number[] = [];
  /** How wide each row's name is, in px. */
  private readonly widths: number[] = Array(LABELS_MAX).fill(COLUMN_PX);
  private chosenAt_ms = Number.NEGATIVE_INFINITY;
  private colours: Colours | null = null;
  private stock = "";
  private key = "";
  private wanted = "";

  constructor(
    stage: Stage,
    order: number,
    private readonly ratio: number,
  ) {
    this.canvas.width = Math.ceil(COLUMNS * COLUMN_PX * ratio);
    this.canvas.height = Math.ceil(ROWS * ROW_PX * ratio);
    this.brush = this.canvas.getContext("2d");
    const sampling = Constants.TEXTURE_BILINEAR_SAMPLINGMODE;
    this.texture = new DynamicTexture(
      "names",
      this.canvas,
      stage.scene,
      false,
      sampling,
    );
    this.texture.update(false, true);
    this.squares = new Squares(stage, this.made(stage), {
      name: "names",
      order,
      layers: LIVE,
      parts: [
        ["anchor", 4],
        ["slot", 3],
      ],
    });
  }

  /** Show them as a frame has them. */
  follow(frame: Frame): void {
    if (this.colours !== frame.world.colours) {
      this.colours = frame.world.colours;
      this.written.fill("");
    }
    const { world, camera } = frame;
    const stock = KINDS.map((kind) => world.stores[kind].version).join();
    this.wanted = `${stock}|${camera.version}|${world.selectionVersion}`;
    const now_ms = performance.now();
    // Labels name entities by their index: those of an older list would be wrong.
    if (stock !== this.stock || now_ms - this.chosenAt_ms > CHOSEN_EVERY_MS) {
      this.stock = stock;
      this.key = this.wanted;
      this.chosenAt_ms = now_ms;
      this.labels = chooseLabels(frame.world, frame.camera);
      this.write(frame.world.colours);
    }
    this.place(frame);
  }

  /** Whether names are chosen for what is shown now; else it wants to draw again. */
  get isCurrent(): boolean {
    return this.key === this.wanted;
  }

  /** Note where they are drawn. */
  note(patches: Patches, { camera }: Frame): void {
    const { data, stride, count } = this.squares;
    const { ratio } = this;
    const zoom = camera.zoom * ratio;
    const left = (camera.width * ratio) / 2 - camera.x * zoom;
    const top = (camera.height * ratio) / 2 - camera.y * zoom;
    for (let at = 0; at < count * 4 * stride; at += 4 * stride) {
      const last = at + 3 * stride;
      const x = left + (data[at] as number) * zoom;
      const y = top + (data[at + 1] as number) * zoom;
      patches.box(
        x + (data[at + 2] as number) - 2,
        y + (data[at + 3] as number) - 2,
        x + (data[last + 2] as number) + 2,
        y + (data[last + 3] as number) + 2,
      );
    }
  }

  /** Write what is not on the sheet yet over rows that nothing needs. */
  private write(colours: Colours): void {
    const keys = this.labels.map(({ text, isStrong }) => `${Number(isStrong)}${text}`);
    const needed = new Set(keys);
    const free = this.written.flatMap((key, row) => (needed.has(key) ? [] : [row]));
    let isChanged = false;
    keys.forEach((key, n) => {
      let row = this.written.indexOf(key);
      if (row < 0) {
        row = free.pop() ?? 0;
        this.written[row] = key;
        this.writeRow(row, this.labels[n] as Label, colours);
        isChanged = true;
      }
      this.slots[n] = row;
    });
    if (isChanged) this.texture.update(false, true);
  }

  private writeRow(row: number, label: Label, colours: Colours): void {
    const { brush, ratio } = this;
    if (!brush) return;
    const x = (row % COLUMNS) * COLUMN_PX;
    const y = Math.floor(row / COLUMNS) * ROW_PX;
    brush.setTransform(ratio, 0, 0, ratio, 0, 0);
    brush.clearRect(x, y, COLUMN_PX, ROW_PX);
    brush.font = `${FONT_PX}px ${FONT}`;
    brush.textAlign = "center";
    brush.textBaseline = "middle";
    brush.lineJoin = "round";
    const wide = brush.measureText(label.text).width + RIM_PX * 2;
    this.widths[row] = Math.min(COLUMN_PX, Math.ceil(wide / 2) * 2);
    brush.lineWidth = RIM_PX;
    brush.strokeStyle = colours.background;
    brush.fillStyle = label.isStrong ? colours.text : colours.textDimmed;
    const at = [x + COLUMN_PX / 2, y + ROW_PX / 2, COLUMN_PX - RIM_PX * 2] as const;
    brush.strokeText(label.text, ...at);
    brush.fillText(label.text, ...at);
  }

  private place({ world }: Frame): void {
    const { squares, ratio } = this;
    squares.count = 0;
    for (let n = 0; n < this.labels.length; n++) {
      const label = this.labels[n] as Label;
      const store = world.stores[label.kind];
      if (label.index >= store.count) continue;
      const x = store.x[label.index] as number;
      const y = store.y[label.index] as number;
      const slot = this.slots[n] as number;
      const wide = this.widths[slot] as number;
      for (let corner = 0; corner < 4; corner++) {
        const right = corner % 2;
        const low = corner > 1 ? 1 : 0;
        const px = (store.shiftX[label.index] as number) + (right - 0.5) * wide;
        const py = label.below_px + low * ROW_PX;
        const inRow = 0.5 + ((right - 0.5) * wide) / COLUMN_PX;
        const u = ((slot % COLUMNS) + inRow) / COLUMNS;
        const v = (Math.floor(slot / COLUMNS) + low) / ROWS;
        const strength = label.isStrong ? STRONG : WEAK;
        squares.corner(corner, [x, y, px * ratio, py * ratio, u, v, strength]);
      }
      squares.count++;
    }
    squares.upload();
  }

  dispose(): void {
    this.squares.dispose();
    this.texture.dispose();
  }

  private made(stage: Stage): ShaderMaterial {
    const material = new ShaderMaterial(
      "names",
      stage.scene,
      { vertexSource: LABEL_VERTEX, fragmentSource: LABEL_FRAGMENT },
      {
        attributes: ["anchor", "slot"],
        uniforms: ["viewProjection", "screen"],
        samplers: ["sheet"],
        needAlphaBlending: true,
      },
    );
    stage.adopt(material);
    material.setTexture("sheet", this.texture);
    return material;
  }
}
