import { ActionIcon, SegmentedControl, Slider } from "@mantine/core";
import {
  IconPlayerPause,
  IconPlayerPlay,
  IconPlayerSkipBack,
  IconPlayerTrackNext,
  IconPlayerTrackPrev,
} from "@tabler/icons-react";
import type { ReactNode } from "react";
import { useTranslation } from "react-i18next";
import { useStore } from "zustand";
import classes from "../classes";
import { SPEEDS, type Speed } from "../model/playhead";
import { clockOf } from "../view/clock";
import { loadedTo } from "./film";
import type { FilmReel } from "./store";

interface ControlsProps {
  reel: FilmReel;
  /** Last tick of the battle. */
  end: number;
}

/** Play, pause, step, scrub, and choose the pace of a film. */
export function Controls({ reel, end }: ControlsProps) {
  const { t } = useTranslation("battles");
  const tick = useStore(reel.store, ({ at }) => Math.round(at.tick));
  const playing = useStore(reel.store, ({ at }) => at.playing);
  const speed = useStore(reel.store, ({ at }) => at.speed);
  const loaded = useStore(reel.store, ({ film }) => loadedTo(film));
  const part = Math.round((loaded / Math.max(1, end)) * 100);
  return (
    <section className={classes.controls} aria-label={t("player")}>
      <div className={classes.buttons}>
        <Act label={t("to_start")} onClick={() => reel.act({ type: "seek", ticks: 0 })}>
          <IconPlayerSkipBack size={18} />
        </Act>
        <Act
          label={t("back_5s")}
          onClick={() => reel.act({ type: "step", ticks: -50 })}
        >
          <IconPlayerTrackPrev size={18} />
        </Act>
        <ActionIcon
          variant="filled"
          size={44}
          radius="xl"
          aria-label={playing ? t("pause") : t("play")}
          title={playing ? t("pause") : t("play")}
          onClick={() => reel.act({ type: "toggle" })}
        >
          {playing ? <IconPlayerPause size={22} /> : <IconPlayerPlay size={22} />}
        </ActionIcon>
        <Act label={t("on_5s")} onClick={() => reel.act({ type: "step", ticks: 50 })}>
          <IconPlayerTrackNext size={18} />
        </Act>
        <span className={classes.time}>
          {clockOf(tick)} <small>/ {clockOf(end)}</small>
        </span>
      </div>
      <Slider
        className={classes.scrub}
        thumbLabel={t("scrub")}
        min={0}
        max={Math.max(1, end)}
        step={1}
        value={tick}
        label={clockOf}
        thumbProps={{ "aria-valuetext": clockOf(tick) }}
        onChange={(ticks) => reel.act({ type: "seek", ticks })}
      />
      <SegmentedControl
        size="xs"
        aria-label={t("speed")}
        data={SPEEDS.map((one) => ({ value: String(one), label: `${one}×` }))}
        value={String(speed)}
        onChange={(value) => reel.act({ type: "speed", speed: Number(value) as Speed })}
      />
      {part < 100 && loaded > 0 && (
        <span className={classes.hint}>{t("loaded", { part })}</span>
      )}
    </section>
  );
}

interface ActProps {
  label: string;
  onClick: () => void;
  children: ReactNode;
}

function Act({ label, onClick, children }: ActProps) {
  return (
    <ActionIcon
      variant="default"
      size={36}
      aria-label={label}
      title={label}
      onClick={onClick}
    >
      {children}
    </ActionIcon>
  );
}
