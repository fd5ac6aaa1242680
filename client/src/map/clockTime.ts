import i18next from "i18next";
import { preferences } from "../settings/preferences";

/** Tell the time of day of a moment (Unix ms) to the second: courses are short. */
export function clockTime(at_ms: number): string {
  const { time_format } = preferences.getState();
  return new Date(at_ms).toLocaleTimeString(i18next.language, {
    hour: "2-digit",
    minute: "2-digit",
    second: "2-digit",
    ...(time_format === "auto" ? {} : { hour12: time_format === "12h" }),
  });
}
