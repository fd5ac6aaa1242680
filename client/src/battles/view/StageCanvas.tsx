import { ActionIcon } from "@mantine/core";
import { IconFocusCentered, IconMinus, IconPlus } from "@tabler/icons-react";
import { type KeyboardEvent, type ReactNode, useEffect, useRef } from "react";
import { useTranslation } from "react-i18next";
import { usePreference, useReducedMotion } from "../../settings/preferences";
import classes from "../classes";
import type { Reel } from "../live/reel";
import { type Arms, fieldAt, placeOf } from "../model/motion";
import { type Cast, Stage } from "../render/stage";
import { readColours } from "./colours";
import { usePointer } from "./usePointer";

interface StageCanvasProps {
  reel: Reel;
  arms: Arms;
  cast: Cast;
  /** What the picture shows, in words. */
  label: string;
  /** Called with the force that was clicked or tapped. */
  onPick?: (force: string) => void;
  onHover?: (force: string | null) => void;
  /** What lies over the picture: a veil, an outcome. */
  children?: ReactNode;
}

const ZOOM_STEP = 1.35;
const PAN_PX = 60;
/** Longest time that one picture may stand for, in ms: a tab that slept goes on calmly. */
const FRAME_MS_MAX = 250;

/** Show a battle on a canvas that zooms, pans and takes clicks and keys. */
export function StageCanvas(props: StageCanvasProps) {
  const { reel, arms, cast, label, onPick, onHover, children } = props;
  const { t } = useTranslation("battles");
  const canvas = useRef<HTMLCanvasElement>(null);
  const stage = useRef<Stage | null>(null);
  const calm = useReducedMotion();
  const palette = usePreference("palette");
  // biome-ignore lint/correctness/useExhaustiveDependencies: the palette is in the CSS
  useEffect(() => {
    if (!canvas.current) return;
    stage.current = new Stage(canvas.current, readColours(), calm);
    const watcher = new ResizeObserver(([entry]) => {
      if (entry)
        stage.current?.resize(entry.contentRect.width, entry.contentRect.height);
    });
    watcher.observe(canvas.current);
    return () => watcher.disconnect();
  }, [calm, palette]);
  useEffect(() => stage.current?.setCast(cast), [cast]);
  useEffect(() => animate(stage, reel, arms, calm), [reel, arms, calm]);
  usePointer(canvas, stage, { onPick, onHover });
  return (
    <div className={classes.stage}>
      <canvas
        ref={canvas}
        role="img"
        aria-label={label}
        tabIndex={0}
        onKeyDown={(event) => stage.current && steer(stage.current, event)}
      />
      <div className={classes.zoom}>
        <ZoomButton label={t("zoom_in")} onClick={() => stage.current?.zoom(ZOOM_STEP)}>
          <IconPlus size={16} />
        </ZoomButton>
        <ZoomButton
          label={t("zoom_out")}
          onClick={() => stage.current?.zoom(1 / ZOOM_STEP)}
        >
          <IconMinus size={16} />
        </ZoomButton>
        <ZoomButton label={t("show_all")} onClick={() => stage.current?.fitAll()}>
          <IconFocusCentered size={16} />
        </ZoomButton>
      </div>
      {children}
    </div>
  );
}

interface ZoomButtonProps {
  label: string;
  onClick: () => void;
  children: ReactNode;
}

function ZoomButton({ label, onClick, children }: ZoomButtonProps) {
  return (
    <ActionIcon
      variant="default"
      size={32}
      aria-label={label}
      title={label}
      onClick={onClick}
    >
      {children}
    </ActionIcon>
  );
}

/** Draw at every picture of the screen; where motion is unwanted, once a keyframe. */
function animate(
  stage: { current: Stage | null },
  reel: Reel,
  arms: Arms,
  calm: boolean,
): () => void {
  let last_ms = performance.now();
  let request = 0;
  const draw = (now_ms: number) => {
    const passed_ms = Math.min(FRAME_MS_MAX, now_ms - last_ms);
    last_ms = now_ms;
    reel.advance(passed_ms);
    const { frames } = reel;
    const step = calm ? frames[placeOf(frames, reel.tick)]?.tick : undefined;
    const field = fieldAt(frames, step ?? reel.tick, arms);
    if (field) stage.current?.draw(field, passed_ms);
    request = requestAnimationFrame(draw);
  };
  request = requestAnimationFrame(draw);
  return () => cancelAnimationFrame(request);
}

const KEYS: Readonly<Record<string, (stage: Stage) => void>> = {
  "+": (stage) => stage.zoom(ZOOM_STEP),
  "=": (stage) => stage.zoom(ZOOM_STEP),
  "-": (stage) => stage.zoom(1 / ZOOM_STEP),
  "0": (stage) => stage.fitAll(),
  ArrowLeft: (stage) => stage.pan(PAN_PX, 0),
  ArrowRight: (stage) => stage.pan(-PAN_PX, 0),
  ArrowUp: (stage) => stage.pan(0, PAN_PX),
  ArrowDown: (stage) => stage.pan(0, -PAN_PX),
};

function steer(stage: Stage, event: KeyboardEvent) {
  const act = KEYS[event.key];
  if (!act || event.ctrlKey || event.metaKey || event.altKey) return;
  event.preventDefault();
  event.stopPropagation();
  act(stage);
}
