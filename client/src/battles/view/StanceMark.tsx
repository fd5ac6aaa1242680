import type { Stance } from "../model/stance";

const SHAPES: Readonly<Record<Stance, string>> = {
  own: "M14 8 3 13.5 6 8 3 2.5Z",
  ally: "M8 2.6a5.4 5.4 0 1 0 0 10.8a5.4 5.4 0 1 0 0-10.8Z",
  hostile: "M8 1.5 13.5 8 8 14.5 2.5 8Z",
  neutral: "M8 3.5a4.5 4.5 0 1 0 0 9a4.5 4.5 0 1 0 0-9Z",
};

/** Draw the shape that ships of a stance have on the field, in its colour. */
export function StanceMark({ stance, size = 14 }: { stance: Stance; size?: number }) {
  const colour = `var(--gd-${stance})`;
  const isRing = stance === "neutral";
  return (
    <svg width={size} height={size} viewBox="0 0 16 16" aria-hidden="true">
      <path
        d={SHAPES[stance]}
        fill={isRing ? "none" : colour}
        stroke={isRing ? colour : "none"}
        strokeWidth={2.5}
      />
    </svg>
  );
}
