import { SECTORS, sectorIndex } from "./space";

/** How dark a sector is: unseen, seen once, in vision; of 255. */
export const DARKNESS = { unseen: 158, known: 88, seen: 0 } as const;
const CELLS = SECTORS * SECTORS;

/** Hold how dark fog makes each sector; its edges are soft. */
export class Fog {
  /** Row by row, of 255. */
  readonly darkness = new Uint8Array(CELLS).fill(DARKNESS.unseen);
  version = 0;
  private readonly hard = new Uint8Array(CELLS);

  /** Take the sectors in full vision, and those that were seen once. */
  set(seen: ReadonlySet<string>, known: ReadonlySet<string>): void {
    this.hard.fill(DARKNESS.unseen);
    this.mark(known, DARKNESS.known);
    this.mark(seen, DARKNESS.seen);
    soften(this.hard, this.darkness);
    this.version++;
  }

  /** Give the darkness at a place, of 1. */
  at(x: number, y: number): number {
    const column = Math.min(SECTORS - 1, Math.max(0, Math.floor(x / 100)));
    const row = Math.min(SECTORS - 1, Math.max(0, Math.floor(y / 100)));
    return (this.darkness[row * SECTORS + column] as number) / 255;
  }

  /** Give how much is seen of a sector, of 1. */
  sight(index: number): number {
    return 1 - (this.darkness[index] as number) / DARKNESS.unseen;
  }

  private mark(sectors: ReadonlySet<string>, darkness: number): void {
    for (const name of sectors) {
      const index = sectorIndex(name);
      if (index >= 0) this.hard[index] = darkness;
    }
  }
}

/** Average each cell with its neighbours, weighed 1-2-1 along both axes. */
function soften(from: Uint8Array, to: Uint8Array): void {
  for (let y = 0; y < SECTORS; y++) {
    for (let x = 0; x < SECTORS; x++) {
      let sum = 0;
      for (let dy = -1; dy <= 1; dy++) {
        for (let dx = -1; dx <= 1; dx++) {
          const row = Math.min(SECTORS - 1, Math.max(0, y + dy));
          const column = Math.min(SECTORS - 1, Math.max(0, x + dx));
          const weight = (2 - Math.abs(dx)) * (2 - Math.abs(dy));
          sum += weight * (from[row * SECTORS + column] as number);
        }
      }
      to[y * SECTORS + x] = Math.round(sum / 16);
    }
  }
}
