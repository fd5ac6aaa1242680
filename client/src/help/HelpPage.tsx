import { Button } from "@mantine/core";
import {
  IconBolt,
  IconEye,
  IconFlask2,
  IconHourglassHigh,
  IconKeyboard,
  IconPlanet,
  IconRocket,
  IconSchool,
  IconShield,
  IconSwords,
} from "@tabler/icons-react";
import { useTranslation } from "react-i18next";
import { useSession } from "../sync";
import { restartTutorial } from "../tutorial/progress";
import { Page, Panel } from "../ui";
import classes from "./help.module.css";
import { Shortcuts } from "./Shortcuts";

const GUIDE = [
  ["resources", IconBolt],
  ["colony", IconPlanet],
  ["research", IconFlask2],
  ["fleets", IconRocket],
  ["vision", IconEye],
  ["battle", IconSwords],
  ["shield", IconShield],
  ["sync", IconHourglassHigh],
] as const;

/** Explain the game in short, and list the shortcuts. */
export default function HelpPage() {
  const { t } = useTranslation("help");
  const { status } = useSession();
  return (
    <Page title={t("title")} lead={t("lead")}>
      {status === "in" && (
        <Panel
          title={t("tutorial_title")}
          icon={<IconSchool size={18} />}
          actions={<Button onClick={restartTutorial}>{t("tutorial_show")}</Button>}
        >
          <p>{t("tutorial_text")}</p>
        </Panel>
      )}
      <div className={classes.guide}>
        {GUIDE.map(([name, Icon]) => (
          <Panel key={name} title={t(`guide.${name}_title`)} icon={<Icon size={18} />}>
            <p className={classes.text}>{t(`guide.${name}`)}</p>
          </Panel>
        ))}
      </div>
      <Panel title={t("sheet_title")} icon={<IconKeyboard size={18} />}>
        <Shortcuts />
        <p className={classes.hint}>{t("sheet_hint")}</p>
      </Panel>
    </Page>
  );
}
