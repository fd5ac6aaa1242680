import { useTranslation } from "react-i18next";
import { formatFull } from "../../ui";
import classes from "../classes";
import type { Stance } from "../model/stance";
import type { SideLine } from "../model/summary";
import { clockOf } from "./clock";

const WIDTH = 600;
const HEIGHT = 120;
/** Sides are told apart also where several are hostile, and without colours. */
const DASHES = ["", "7 4", "2 3", "10 3 2 3"] as const;

interface CourseChartProps {
  lines: readonly SideLine[];
  stanceOf: (side: number) => Stance;
  nameOf: (side: number) => string;
  end: number;
  /** Tick that is shown at the moment, where one can be chosen. */
  at?: number;
  onSeek?: (tick: number) => void;
}

/** Draw each side's ships over the battle's time; a click goes to that moment. */
export function CourseChart(props: CourseChartProps) {
  const { lines, stanceOf, nameOf, end, at, onSeek } = props;
  const { t } = useTranslation("battles");
  const most = Math.max(1, ...lines.flatMap(({ points }) => points.map((p) => p.left)));
  const across = (tick: number) => (tick / Math.max(1, end)) * WIDTH;
  const up = (left: number) => HEIGHT - 6 - (left / most) * (HEIGHT - 16);
  const said = lines
    .map(({ side, points }) =>
      t("course_side", {
        name: nameOf(side),
        from: formatFull(points[0]?.left ?? 0),
        to: formatFull(points.at(-1)?.left ?? 0),
      }),
    )
    .join(" ");
  return (
    <figure className={classes.course}>
      {/* biome-ignore lint/a11y/useKeyWithClickEvents: the slider does it by keys */}
      <svg
        viewBox={`0 0 ${WIDTH} ${HEIGHT}`}
        preserveAspectRatio="none"
        role="img"
        aria-label={`${t("course_label")} ${said}`}
        data-seeks={onSeek ? true : undefined}
        onClick={(event) => {
          const box = event.currentTarget.getBoundingClientRect();
          onSeek?.(((event.clientX - box.left) / box.width) * end);
        }}
      >
        {[0.25, 0.5, 0.75].map((part) => (
          <line
            key={part}
            x1={0}
            x2={WIDTH}
            y1={up(most * part)}
            y2={up(most * part)}
          />
        ))}
        {lines.map((line, i) => (
          <polyline
            key={line.side}
            points={stepped(line, across, up)}
            stroke={`var(--gd-${stanceOf(line.side)})`}
            strokeDasharray={DASHES[i % DASHES.length]}
          />
        ))}
        {at !== undefined && (
          <line
            className={classes.needle}
            x1={across(at)}
            x2={across(at)}
            y1={0}
            y2={HEIGHT}
          />
        )}
      </svg>
      <figcaption aria-hidden="true">
        <span>0:00</span>
        <span>{t("ships_left", { most: formatFull(most) })}</span>
        <span>{clockOf(end)}</span>
      </figcaption>
    </figure>
  );
}

/** Strength changes in steps: it holds until the next loss. */
function stepped(
  { points }: SideLine,
  across: (tick: number) => number,
  up: (left: number) => number,
): string {
  return points
    .flatMap(({ tick, left }, i) => {
      const before = points[i - 1];
      const x = across(tick).toFixed(1);
      const level = before ? [`${x},${up(before.left).toFixed(1)}`] : [];
      return [...level, `${x},${up(left).toFixed(1)}`];
    })
    .join(" ");
}
