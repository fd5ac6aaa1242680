import { BUILDING_SHAPES, type EmblemShape, UNIT_SHAPES } from "./emblemShapes";

interface EmblemProps {
  /** Wire name of a building or a unit. */
  readonly name: string;
  /** Edge in px; 24 where it is absent. */
  readonly size?: number;
}

const STROKE_WIDTH = 1.5;
const TINT = 0.18;

/** What is drawn for a name that this client doesn't know yet. */
const UNKNOWN: EmblemShape = { body: "M12 4 20 12l-8 8-8-8Z", lines: "M12 9v6" };

/** Draw the emblem of a building in the colour of the text around it. */
export function BuildingEmblem({ name, size = 24 }: EmblemProps) {
  return <Emblem shape={BUILDING_SHAPES[name] ?? UNKNOWN} size={size} />;
}

/** Draw the emblem of a unit in the colour of the text around it. */
export function UnitEmblem({ name, size = 24 }: EmblemProps) {
  return <Emblem shape={UNIT_SHAPES[name] ?? UNKNOWN} size={size} />;
}

function Emblem({ shape, size }: { shape: EmblemShape; size: number }) {
  return (
    <svg
      width={size}
      height={size}
      viewBox="0 0 24 24"
      fill="none"
      stroke="currentColor"
      strokeWidth={STROKE_WIDTH}
      strokeLinecap="round"
      strokeLinejoin="round"
      aria-hidden="true"
      focusable="false"
    >
      <path d={shape.body} fill="currentColor" fillOpacity={TINT} />
      <path d={shape.lines} />
    </svg>
  );
}
