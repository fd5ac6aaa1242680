import { IconBuildingFactory2, IconRadar2, IconSwords } from "@tabler/icons-react";
import { useTranslation } from "react-i18next";
import classes from "./account.module.css";

/** Say in three sentences what the game is. */
export function Pitch() {
  const { t } = useTranslation(["account", "app"]);
  const sentences = [
    { Icon: IconBuildingFactory2, sentence: t("pitch_build") },
    { Icon: IconRadar2, sentence: t("pitch_fleet") },
    { Icon: IconSwords, sentence: t("pitch_war") },
  ];
  return (
    <section className={classes.pitch}>
      <p className={classes.brand}>{t("app:name")}</p>
      <p className={classes.slogan}>{t("slogan")}</p>
      <ul className={classes.sentences}>
        {sentences.map(({ Icon, sentence }) => (
          <li key={sentence}>
            <Icon size={22} stroke={1.5} aria-hidden="true" />
            <span>{sentence}</span>
          </li>
        ))}
      </ul>
    </section>
  );
}
