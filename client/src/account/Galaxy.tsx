import classes from "./account.module.css";

const ARMS = 4;
const STARS = 420;
const TURN = 3.4;
/** Golden ratio: spreads numbers evenly without looking drawn by a ruler. */
const SPREAD = 0.618_033_988_75;

interface Star {
  readonly x: number;
  readonly y: number;
  readonly size: number;
  readonly glow: number;
  readonly isWarm: boolean;
}

const DRAWN: readonly Star[] = Array.from({ length: STARS }, (_, index) => star(index));

/** Draw a spiral galaxy that turns slowly; it means nothing, and is hidden so. */
export function Galaxy() {
  return (
    <svg className={classes.galaxy} viewBox="-110 -110 220 220" aria-hidden="true">
      <defs>
        <radialGradient id="gd-core">
          <stop offset="0" stopColor="var(--gd-gold)" stopOpacity="0.75" />
          <stop offset="0.25" stopColor="var(--gd-accent)" stopOpacity="0.28" />
          <stop offset="1" stopColor="var(--gd-accent)" stopOpacity="0" />
        </radialGradient>
      </defs>
      <circle r="70" fill="url(#gd-core)" />
      <g className={classes.turning}>
        {DRAWN.map(({ x, y, size, glow, isWarm }) => (
          <circle
            key={`${x} ${y}`}
            cx={x}
            cy={y}
            r={size}
            opacity={glow}
            fill={isWarm ? "var(--gd-gold)" : "var(--gd-accent)"}
          />
        ))}
      </g>
    </svg>
  );
}

function star(index: number): Star {
  const drawn = (salt: number) => (index * SPREAD * salt + salt * 0.37) % 1;
  const far = Math.sqrt(index / STARS);
  const arm = ((index % ARMS) / ARMS) * 2 * Math.PI;
  const angle = arm + far * TURN + (drawn(3.7) - 0.5) * (1.25 - far * 0.8);
  const radius = 6 + far * 98 + (drawn(7.3) - 0.5) * 10;
  return {
    x: Math.round(Math.cos(angle) * radius * 100) / 100,
    y: Math.round(Math.sin(angle) * radius * 100) / 100,
    size: Math.round((0.25 + drawn(11.9) ** 4 * 1.1) * 100) / 100,
    glow: Math.round((0.35 + drawn(5.1) * 0.6) * 100) / 100,
    isWarm: drawn(13.3) > 0.8,
  };
}
