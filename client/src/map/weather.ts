import { useEffect } from "react";
import { useStore } from "zustand";
import { createStore } from "zustand/vanilla";
import { http, serverNow, useSession } from "../sync";
import { poll } from "./polling";
import type { Weather } from "./realm";

type Forecast = Readonly<Record<string, Weather>>;

/** Wait after a failure, and most of what is waited beyond a change, so that not all
 * clients ask in the same moment; in ms. */
const RETRY_MS = 30_000;
const SPREAD_MS = 5_000;

const NONE: Forecast = {};

/** The weather of each region, as of the last look. */
export const weatherStore = createStore<{ forecast: Forecast }>(() => ({
  forecast: NONE,
}));

/** Give the weather by region, kept up to date while the component is mounted. */
export function useWeather(): Forecast {
  const { galaxy } = useSession();
  useEffect(() => (galaxy === "" ? undefined : poll(() => look(galaxy))), [galaxy]);
  return useStore(weatherStore, (state) => state.forecast);
}

/** Read the weather; give how long it surely stays, in ms. */
async function look(galaxy: string): Promise<number> {
  const answer = await http.get<{ weather: Forecast }>(`/galaxies/${galaxy}`);
  if (!answer.ok) return answer.error.retry_after_ms ?? RETRY_MS;
  weatherStore.setState({ forecast: answer.data.weather });
  const untils_ms = Object.values(answer.data.weather).map(({ until_ms }) => until_ms);
  return Math.min(...untils_ms) - serverNow() + SPREAD_MS * (1 + Math.random());
}
