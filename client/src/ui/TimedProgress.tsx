import { useTranslation } from "react-i18next";
import { useServerNow } from "../sync";
import { formatDuration } from "./format";
import classes from "./ui.module.css";

interface TimedProgressProps {
  started_ms: number;
  complete_ms: number;
  /** What it is; read aloud, and shown over the bar. */
  label?: string;
}

/** Show how far something is that takes time, by the server's clock. */
export function TimedProgress({ started_ms, complete_ms, label }: TimedProgressProps) {
  const { t } = useTranslation("ui");
  const now_ms = useServerNow(1000);
  const whole_ms = Math.max(1, complete_ms - started_ms);
  const share = Math.min(1, Math.max(0, (now_ms - started_ms) / whole_ms));
  const left_ms = complete_ms - now_ms;
  const left = left_ms > 0 ? formatDuration(left_ms) : t("any_moment");
  return (
    <div className={classes.progress}>
      <div className={classes.progressText}>
        {label && <span>{label}</span>}
        <span className={classes.progressLeft}>{left}</span>
      </div>
      <div
        className={classes.bar}
        role="progressbar"
        aria-label={label ?? t("loading")}
        aria-valuemin={0}
        aria-valuemax={100}
        aria-valuenow={Math.round(share * 100)}
        aria-valuetext={left}
      >
        <div className={classes.barFill} style={{ scale: `${share} 1` }} />
      </div>
    </div>
  );
}
