/** Where the stars of the drawn galaxy stand: the same for everybody, always. */

const ARMS = 3;
const COUNT = 3_200;
const TURNS = 5.2;

export interface Star {
  /** From the middle, in radii of the disc. */
  readonly x: number;
  readonly y: number;
  /** Radius in px. */
  readonly size: number;
  /** Opacity, 0 to 1. */
  readonly glow: number;
  readonly isWarm: boolean;
}

export const STARS: readonly Star[] = made(COUNT);

function made(count: number): Star[] {
  const draw = chance(20_260_101);
  return Array.from({ length: count }, (_, index) => star(index / count, draw));
}

function star(part: number, draw: () => number): Star {
  const far = part ** 0.62;
  const arm = (Math.floor(draw() * ARMS) / ARMS) * 2 * Math.PI;
  const width = (draw() + draw() + draw() - 1.5) * (0.95 - far * 0.45);
  const angle = arm + far * TURNS + width;
  const radius = 0.03 + far * 0.95 + (draw() - 0.5) * 0.06;
  const isBright = draw() > 0.975;
  return {
    x: Math.cos(angle) * radius,
    y: Math.sin(angle) * radius,
    size: isBright ? 1.3 + draw() * 0.9 : 0.5 + draw() * 0.6,
    glow: (isBright ? 0.9 : 0.25 + draw() * 0.6) * (1.1 - far * 0.5),
    isWarm: draw() > 0.45 + far * 0.5,
  };
}

/** Draw numbers below 1 by Park and Miller's generator. */
function chance(seed: number): () => number {
  let state = seed % 2_147_483_647;
  return () => {
    state = (state * 48_271) % 2_147_483_647;
    return state / 2_147_483_647;
  };
}
