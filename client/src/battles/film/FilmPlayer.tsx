import { IconChartLine } from "@tabler/icons-react";
import { type KeyboardEvent, useEffect, useMemo, useState } from "react";
import { useTranslation } from "react-i18next";
import { useStore } from "zustand";
import { Panel, RefusalText } from "../../ui";
import classes from "../classes";
import type { PlaybackAction } from "../model/playhead";
import type { Stance } from "../model/stance";
import { sideLines, sideSums } from "../model/summary";
import type { ForceView, LossNote } from "../model/views";
import { CourseChart } from "../view/CourseChart";
import { type CardForce, ForceCard } from "../view/ForceCard";
import { SidesBar } from "../view/SidesBar";
import { StageCanvas } from "../view/StageCanvas";
import { useArms } from "../view/useArms";
import { Controls } from "./Controls";
import { loadedTo, talliesAt } from "./film";
import type { FilmSource } from "./load";
import { FilmReel } from "./store";

/** Whose a force of a film is. */
export interface CastMember {
  readonly username: string;
  readonly kind: ForceView["kind"];
  readonly side: number;
  readonly tick: number;
}

interface FilmPlayerProps {
  source: FilmSource;
  cast: Readonly<Record<string, CastMember>>;
  stanceOf: (force: string) => Stance;
  /** Losses over the whole battle; the film's own where there is no log. */
  log?: readonly LossNote[];
  end: number;
}

/** Play a battle: a stage, controls to scrub, and the forces as of the shown moment. */
export function FilmPlayer({ source, cast, stanceOf, log, end }: FilmPlayerProps) {
  const { t } = useTranslation("battles");
  const reel = useFilm(source);
  const film = useStore(reel.store, (state) => state.film);
  const error = useStore(reel.store, (state) => state.error);
  const frame = useStore(reel.store, ({ at }) => Math.floor(at.tick / 10) * 10);
  const [hovered, setHovered] = useState<string | null>(null);
  const arms = useArms(
    useMemo(
      () =>
        Object.fromEntries(Object.entries(cast).map(([id, { side }]) => [id, side])),
      [cast],
    ),
  );
  const stage = useMemo(
    () => ({ stanceOf, commanded: null, focus: null, hovered }),
    [stanceOf, hovered],
  );
  const forces = forcesAt(cast, talliesAt(film, frame));
  const last = forcesAt(cast, talliesAt(film, loadedTo(film)));
  const act = (action: PlaybackAction) => reel.act(action);
  const sums = sideSums(forces as Record<string, ForceView>, stanceOf);
  const bySide = new Map(sums.map((sum) => [sum.side, sum]));
  const lines = sideLines(last, log ?? logOf(film.frames), end);
  return (
    // biome-ignore lint/a11y/noStaticElementInteractions: keys of the player inside
    <div className={classes.battle} onKeyDown={(event) => press(event, act)}>
      <div className={classes.main}>
        <SidesBar sides={sums} />
        <StageCanvas
          reel={reel}
          arms={arms}
          cast={stage}
          label={t("film_label")}
          onHover={setHovered}
        >
          {film.frames.length === 0 && !error && (
            <div className={classes.veil}>{t("film_loading")}</div>
          )}
        </StageCanvas>
        <Controls reel={reel} end={end} />
        <RefusalText error={error} />
        <Panel
          className={classes.late}
          title={t("course")}
          icon={<IconChartLine size={18} />}
        >
          <CourseChart
            lines={lines}
            stanceOf={(side) => bySide.get(side)?.stance ?? "neutral"}
            nameOf={(side) => bySide.get(side)?.names.join(", ") ?? ""}
            end={end}
            at={frame}
            onSeek={(tick) => act({ type: "seek", ticks: tick })}
          />
        </Panel>
      </div>
      <aside className={classes.aside}>
        <div className={classes.forces}>
          {Object.entries(forces).map(([id, force]) => (
            <ForceCard
              key={id}
              force={force}
              stance={stanceOf(id)}
              isMarked={hovered === id}
              onHover={(over) => setHovered(over ? id : null)}
            />
          ))}
        </div>
      </aside>
    </div>
  );
}

/** Load a film for as long as it is watched. */
function useFilm(source: FilmSource): FilmReel {
  const key = JSON.stringify(source);
  // biome-ignore lint/correctness/useExhaustiveDependencies: another film, another reel
  const reel = useMemo(() => new FilmReel(), [key]);
  useEffect(() => {
    const abort = new AbortController();
    void reel.load(JSON.parse(key) as FilmSource, abort.signal);
    return () => abort.abort();
  }, [reel, key]);
  return reel;
}

type FilmForce = CardForce & CastMember;

function forcesAt(
  cast: Readonly<Record<string, CastMember>>,
  tallies: ReturnType<typeof talliesAt>,
): Record<string, FilmForce> {
  const shown = Object.entries(cast).flatMap(([id, member]) => {
    const tally = tallies[id];
    return tally ? [[id, { ...member, ...tally }] as const] : [];
  });
  return Object.fromEntries(shown);
}

/** Make a log of losses from what is left in each frame. */
function logOf(
  frames: readonly { tick: number; forces: ReturnType<typeof talliesAt> }[],
) {
  return frames.slice(1).map(({ tick, forces }, i): LossNote => {
    const before = frames[i]?.forces ?? {};
    const lost = Object.entries(forces).map(([id, tally]) => {
      const known = before[id]?.lost ?? {};
      const more = Object.entries(tally.lost).map(
        ([unit, count]) => [unit, count - (known[unit] ?? 0)] as const,
      );
      return [id, Object.fromEntries(more)] as const;
    });
    return { tick, lost: Object.fromEntries(lost) };
  });
}

const SECOND = 10;

const KEYS: Readonly<Record<string, PlaybackAction>> = {
  " ": { type: "toggle" },
  k: { type: "toggle" },
  j: { type: "step", ticks: -5 * SECOND },
  l: { type: "step", ticks: 5 * SECOND },
  ",": { type: "step", ticks: -1 },
  ".": { type: "step", ticks: 1 },
  "<": { type: "slower" },
  ">": { type: "faster" },
  Home: { type: "seek", ticks: 0 },
  End: { type: "seek", ticks: 1e6 },
};

function press(event: KeyboardEvent, act: (action: PlaybackAction) => void) {
  const tag = (event.target as HTMLElement).tagName;
  const action = KEYS[event.key];
  const isTaken = tag === "BUTTON" || tag === "INPUT" || tag === "A";
  if (!action || (isTaken && (event.key === " " || tag === "INPUT"))) return;
  if (event.ctrlKey || event.metaKey || event.altKey) return;
  event.preventDefault();
  event.stopPropagation();
  act(action);
}
