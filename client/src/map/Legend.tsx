import { useTranslation } from "react-i18next";
import classes from "./drawer.module.css";
import page from "./page.module.css";

const STANCES = ["own", "ally", "hostile", "neutral"] as const;
const SIGNS = ["fog", "hazard", "protected", "course", "pending"] as const;

/** Explain what the map's signs mean, and which keys steer it. */
export function Legend() {
  const { t } = useTranslation("map");
  const keys = [
    ["← ↑ → ↓", t("key_pan")],
    ["+ −", t("key_zoom")],
    ["Tab", t("key_cycle")],
    ["/ · Ctrl K", t("key_search")],
    ["W · P · M", t("key_plan")],
    ["H L B F X A", t("key_misc")],
  ] as const;
  return (
    <div className={classes.legend}>
      <ul>
        {STANCES.map((stance) => (
          <li key={stance}>
            <StanceSign stance={stance} />
            {t(`legend_${stance}`)}
          </li>
        ))}
      </ul>
      <ul>
        {SIGNS.map((sign) => (
          <li key={sign}>{t(`legend_${sign}`)}</li>
        ))}
      </ul>
      <h3>{t("keys")}</h3>
      <dl>
        {keys.map(([key, meaning]) => (
          <div key={key}>
            <dt>
              <kbd className={page.key}>{key}</kbd>
            </dt>
            <dd>{meaning}</dd>
          </div>
        ))}
      </dl>
    </div>
  );
}

const SHAPES = {
  own: <path d="M8 2 L14 13 L8 10.5 L2 13 Z" fill="currentColor" />,
  ally: <circle cx="8" cy="8" r="5.5" fill="currentColor" />,
  hostile: <path d="M8 1.5 L14 8 L8 14.5 L2 8 Z" fill="currentColor" />,
  neutral: (
    <circle cx="8" cy="8" r="5" fill="none" stroke="currentColor" strokeWidth="2.5" />
  ),
} as const;

function StanceSign({ stance }: { stance: keyof typeof SHAPES }) {
  return (
    <svg
      width="16"
      height="16"
      viewBox="0 0 16 16"
      aria-hidden="true"
      style={{ color: `var(--gd-${stance})`, flex: "none" }}
    >
      {SHAPES[stance]}
    </svg>
  );
}
