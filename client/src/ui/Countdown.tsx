import { useTranslation } from "react-i18next";
import { useServerNow } from "../sync";
import { formatDuration } from "./format";

/** Count down to a moment of the server's clock, once a second. */
export function Countdown({ until_ms }: { until_ms: number }) {
  const { t } = useTranslation("ui");
  const left_ms = until_ms - useServerNow(1000);
  if (left_ms <= 0) return <span>{t("any_moment")}</span>;
  return (
    <time dateTime={new Date(until_ms).toISOString()} title={formatMoment(until_ms)}>
      {formatDuration(left_ms)}
    </time>
  );
}

function formatMoment(at_ms: number): string {
  return new Date(at_ms).toLocaleString();
}
