import { Loader } from "@mantine/core";
import { useCallback, useEffect, useRef, useState } from "react";
import { useTranslation } from "react-i18next";
import { useSearch } from "wouter";
import { useRules } from "../sync";
import { readLook } from "./address";
import { CoordinatesForm } from "./CoordinatesForm";
import { Drawers } from "./Drawers";
import { HoverCard } from "./HoverCard";
import { useIcons } from "./icons";
import type { MapControl } from "./MapControl";
import { useMap } from "./mapStore";
import { OrderMenu } from "./OrderMenu";
import { PlanBar } from "./PlanBar";
import { PointerForecast } from "./PointerForecast";
import classes from "./page.module.css";
import { Reports } from "./Reports";
import { SelectionSheet } from "./SelectionSheet";
import { Toolbar } from "./Toolbar";
import { isOwnAddress, useScene } from "./useScene";
import { WeatherChip } from "./WeatherChip";

interface Corners {
  px0: number;
  py0: number;
  px1: number;
  py1: number;
}

/** Show the galaxy, and take orders on it. */
export default function MapPage() {
  const { t } = useTranslation("map");
  const { t: app } = useTranslation("app");
  const canvas = useRef<HTMLCanvasElement>(null);
  const minimap = useRef<HTMLCanvasElement>(null);
  const labels = useRef<HTMLDivElement>(null);
  const sheet = useRef<HTMLElement>(null);
  const [box, setBox] = useState<Corners | null>(null);
  const enter = useCallback(() => sheet.current?.focus(), []);
  const { control, hasFailed } = useScene({ canvas, minimap, labels }, setBox, enter);
  const hasSheet = useMap((state) => state.selection.length > 0);
  useIcons();
  useEffect(() => {
    document.title = `${t("title")} · ${app("name")}`;
  }, [t, app]);
  return (
    <div className={classes.page} data-sheet={hasSheet || undefined}>
      <h1 className="gd-unseen" tabIndex={-1} data-page-title>
        {t("title")}
      </h1>
      {/* biome-ignore-start lint/a11y: a canvas that is steered by keys */}
      <canvas
        ref={canvas}
        className={classes.canvas}
        tabIndex={0}
        role="application"
        aria-label={t("canvas")}
      />
      {/* biome-ignore-end lint/a11y: a canvas that is steered by keys */}
      <div ref={labels} className={classes.labels} aria-hidden="true" />
      {box && <SelectionBox {...box} />}
      {!control && <Waiting hasFailed={hasFailed} />}
      <div className={classes.minimap} hidden={!control}>
        <canvas ref={minimap} role="img" aria-label={t("minimap")} />
      </div>
      {control && (
        <>
          <Toolbar control={control} />
          <WeatherChip control={control} />
          <Drawers control={control} />
          <CoordinatesForm control={control} />
          <PlanBar control={control} />
          <SelectionSheet control={control} frame={sheet} />
          <OrderMenu control={control} />
          <Reports />
          <HoverCard />
          <PointerForecast control={control} />
          <AddressWatch control={control} />
        </>
      )}
    </div>
  );
}

function SelectionBox({ px0, py0, px1, py1 }: Corners) {
  const style = {
    left: Math.min(px0, px1),
    top: Math.min(py0, py1),
    width: Math.abs(px1 - px0),
    height: Math.abs(py1 - py0),
  };
  return <div className={classes.box} style={style} />;
}

function Waiting({ hasFailed }: { hasFailed: boolean }) {
  const { t } = useTranslation("map");
  return (
    <div className={classes.waiting} role="status">
      {hasFailed ? (
        t("failed")
      ) : (
        <>
          <Loader size="sm" /> {t("loading")}
        </>
      )}
    </div>
  );
}

/** Fly to where a link leads that was followed while the map was open. */
function AddressWatch({ control }: { control: MapControl }) {
  const search = useSearch();
  const { side } = useRules().galaxy;
  const first = useRef(true);
  useEffect(() => {
    const look = readLook(search, side);
    const isNew = !first.current && !isOwnAddress(search);
    first.current = false;
    if (isNew && look !== null) control.fly(look, look.zoom);
  }, [search, side, control]);
  return null;
}
