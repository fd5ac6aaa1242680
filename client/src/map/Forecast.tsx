import { IconAlertTriangle, IconRoute } from "@tabler/icons-react";
import i18next from "i18next";
import { useTranslation } from "react-i18next";
import { formatDuration, formatFull, refusalSentence } from "../ui";
import { clockTime } from "./clockTime";
import classes from "./panel.module.css";
import type { Preview } from "./preview";

/** Tell how far, how long and until when a foreseen course is, or why it can't be. */
export function Forecast({ preview }: { preview: Preview }) {
  const { t } = useTranslation("map");
  if (preview.refusal !== undefined) {
    return (
      <p className={classes.warning}>
        <IconAlertTriangle size={15} aria-hidden="true" />
        {whyNot(preview.refusal)}
      </p>
    );
  }
  const length = formatFull(preview.length);
  const time = formatDuration(preview.travel_ms);
  const { arrive_ms } = preview;
  return (
    <p className={classes.forecast}>
      <IconRoute size={15} aria-hidden="true" />
      {arrive_ms === null
        ? t("forecast", { length, time })
        : t("forecast_at", {
            length,
            time,
            at: clockTime(arrive_ms),
          })}
    </p>
  );
}

/** Say in a sentence what speaks against an order. */
export function whyNot(code: string): string {
  if (code === "unseen") return i18next.t("map:why.unseen");
  return refusalSentence({ code });
}

/** Choose the forecast that counts for several fleets: what is refused, else the latest. */
export function decisive(previews: readonly Preview[]): Preview | undefined {
  return (
    previews.find(({ refusal }) => refusal !== undefined) ??
    [...previews].sort((one, other) => other.travel_ms - one.travel_ms)[0]
  );
}
