import {
  IconCloudBolt,
  IconCloudOff,
  IconFlame,
  IconSun,
  IconWind,
} from "@tabler/icons-react";
import { useEffect, useState } from "react";
import { useTranslation } from "react-i18next";
import { serverNow, useRules } from "../sync";
import { formatTime, useName } from "../ui";
import type { MapControl } from "./MapControl";
import { useMap } from "./mapStore";
import classes from "./page.module.css";
import { regionAt, viewOf } from "./places";
import { useWeather } from "./weather";

const ICONS = {
  calm: IconCloudOff,
  clear: IconSun,
  solar_wind: IconWind,
  ion_storm: IconCloudBolt,
  solar_flare: IconFlame,
} as const;

/** Tell the place that is looked at, its region and the weather there. */
export function WeatherChip({ control }: { control: MapControl }) {
  const { t } = useTranslation("map");
  const name = useName();
  const { galaxy } = useRules();
  const forecast = useWeather();
  const middle = useMiddle(control);
  const cursor = useMap((state) => state.cursor) ?? middle;
  const region = regionAt(cursor, galaxy);
  const weather = forecast[region];
  const Icon =
    weather && weather.name in ICONS
      ? ICONS[weather.name as keyof typeof ICONS]
      : IconCloudOff;
  return (
    <div className={classes.chip}>
      <span className={classes.place}>
        {Math.round(cursor.x)} : {Math.round(cursor.y)}
      </span>
      <span>{name("region", region)}</span>
      {weather && (
        <span
          className={classes.weather}
          title={`${t("weather_until", {
            weather: name("weather", weather.name),
            time: formatTime(weather.until_ms, { now_ms: serverNow() }),
          })}. ${t("weather_effects", {
            speed: weather.speed_percent,
            sensor: weather.sensor_percent,
          })}`}
        >
          <Icon size={16} aria-hidden="true" />
          {name("weather", weather.name)}
        </span>
      )}
      {viewOf(control.scene.camera.bounds(), galaxy) === null && (
        <span className={classes.far}>{t("view_off")}</span>
      )}
    </div>
  );
}

/** How often the middle of the view is read, in ms. */
const READ_MS = 250;

function useMiddle({ scene }: MapControl): { x: number; y: number } {
  const [middle, setMiddle] = useState(() => scene.camera.get());
  useEffect(() => {
    let timer: ReturnType<typeof setTimeout> | undefined;
    const stop = scene.camera.onChange(() => {
      timer ??= setTimeout(() => {
        timer = undefined;
        setMiddle({ ...scene.camera.get() });
      }, READ_MS);
    });
    return () => {
      clearTimeout(timer);
      stop();
    };
  }, [scene]);
  return middle;
}
