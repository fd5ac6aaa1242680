import { useTranslation } from "react-i18next";
import { useName } from "../text";
import classes from "./settings.module.css";

const SHAPES = {
  own: <path d="M8 1.5 14.5 14h-13Z" fill="var(--gd-own)" />,
  ally: <circle cx="8" cy="8" r="6" fill="var(--gd-ally)" />,
  hostile: <path d="M8 1 15 8l-7 7-7-7Z" fill="var(--gd-hostile)" />,
  neutral: (
    <circle
      cx="8"
      cy="8"
      r="5.5"
      fill="none"
      stroke="var(--gd-neutral)"
      strokeWidth="2"
    />
  ),
} as const;

/** Show how friend and foe look in the chosen palette. */
export function Stances() {
  const { t } = useTranslation("settings");
  const name = useName();
  return (
    <figure className={classes.stances} aria-label={t("preview")} style={{ margin: 0 }}>
      {Object.entries(SHAPES).map(([stance, shape]) => (
        <span key={stance} className={classes.stance}>
          <svg width="16" height="16" viewBox="0 0 16 16" aria-hidden="true">
            {shape}
          </svg>
          {name("stance", stance)}
        </span>
      ))}
    </figure>
  );
}
