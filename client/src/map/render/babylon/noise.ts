const OCTAVES: readonly (readonly [cells: number, weight: number])[] = [
  [4, 0.5],
  [8, 0.27],
  [16, 0.14],
  [32, 0.09],
];

/** Draw numbers from 0 to 1, the same ones each time. */
export function drawing(seed: number): () => number {
  let state = seed;
  return () => {
    state = (state * 1_664_525 + 1_013_904_223) % 4_294_967_296;
    return state / 4_294_967_296;
  };
}

/**
 * Make a cloud: lattices of random heights, finer and fainter, with smooth ways between.
 * It gives heights of 1, row by row, and repeats without a seam.
 */
export function cloud(side: number, draw: () => number): Float32Array {
  const sums = new Float32Array(side * side);
  for (const [cells, weight] of OCTAVES) {
    const heights = Float32Array.from({ length: cells * cells }, draw);
    const scale = cells / side;
    for (let y = 0; y < side; y++) {
      for (let x = 0; x < side; x++) {
        const at = y * side + x;
        const height = heightAt(heights, cells, x * scale, y * scale);
        sums[at] = (sums[at] ?? 0) + weight * height;
      }
    }
  }
  return sums;
}

function heightAt(heights: Float32Array, cells: number, x: number, y: number): number {
  const x0 = Math.floor(x);
  const y0 = Math.floor(y);
  const x1 = (x0 + 1) % cells;
  const y1 = (y0 + 1) % cells;
  const u = smooth(x - x0);
  const v = smooth(y - y0);
  const top = mixed(heights[y0 * cells + x0], heights[y0 * cells + x1], u);
  const bottom = mixed(heights[y1 * cells + x0], heights[y1 * cells + x1], u);
  return mixed(top, bottom, v);
}

function mixed(a = 0, b = 0, share = 0): number {
  return a + (b - a) * share;
}

function smooth(share: number): number {
  return share * share * (3 - 2 * share);
}
