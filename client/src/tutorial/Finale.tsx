import { Button } from "@mantine/core";
import { IconTrophyFilled } from "@tabler/icons-react";
import { useTranslation } from "react-i18next";
import { Link } from "wouter";
import classes from "./guide.module.css";
import { hideTutorial } from "./progress";

const SPARKS = Array.from({ length: 24 }, (_, at) => at);

/** Celebrate the end of the first steps, and say what comes after. */
export function Finale() {
  const { t } = useTranslation("tutorial");
  return (
    <div className={classes.card} data-finale>
      <div className={classes.sparks} aria-hidden="true">
        {SPARKS.map((at) => (
          <i key={at} style={{ "--at": at } as React.CSSProperties} />
        ))}
      </div>
      <IconTrophyFilled size={40} className={classes.trophy} aria-hidden="true" />
      <div className={classes.words}>
        <h2 className={classes.title}>{t("finale_title")}</h2>
        <p>{t("finale_text")}</p>
      </div>
      <div className={classes.actions}>
        <Button component={Link} href="/map" variant="default">
          {t("finale_map")}
        </Button>
        <Button component={Link} href="/arenas" variant="default">
          {t("finale_arenas")}
        </Button>
        <Button onClick={hideTutorial}>{t("finish")}</Button>
      </div>
    </div>
  );
}
