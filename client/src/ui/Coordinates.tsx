import { useTranslation } from "react-i18next";
import { Link } from "wouter";
import classes from "./ui.module.css";

/** Show a place as a link to it on the map, in whole units. */
export function Coordinates({ x, y }: { x: number; y: number }) {
  const { t } = useTranslation("ui");
  const [across, down] = [Math.round(x), Math.round(y)];
  const place = `${across} : ${down}`;
  return (
    <Link
      href={`/map?x=${across}&y=${down}`}
      className={classes.place}
      aria-label={t("show_on_map", { place })}
      title={t("show_on_map", { place })}
    >
      {place}
    </Link>
  );
}
