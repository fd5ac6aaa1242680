import { Button } from "@mantine/core";
import { IconDeviceDesktop, IconRocket, IconUser } from "@tabler/icons-react";
import { useTranslation } from "react-i18next";
import { Link } from "wouter";
import { useSession } from "../sync";
import { restartTutorial } from "../tutorial/progress";
import { Page, Panel } from "../ui";
import { AccountParts } from "./AccountParts";
import { Choice } from "./Choice";
import { Stances } from "./Stances";
import classes from "./settings.module.css";

/** Let players choose how the game looks and behaves, and manage their account. */
export default function SettingsPage() {
  const { t } = useTranslation("settings");
  const { status, player } = useSession();
  return (
    <Page title={t("title")} lead={t("lead")}>
      <div className={classes.columns}>
        <DisplayPanel />
        <div className={classes.column}>
          <PlayPanel isPlaying={status === "in"} />
          <Panel title={t("account")} icon={<IconUser size={18} />}>
            {player ? (
              <AccountParts username={player.username} />
            ) : (
              <p className={classes.hint}>
                <Link href="/login">{t("not_signed_in")}</Link>
              </p>
            )}
          </Panel>
        </div>
      </div>
    </Page>
  );
}

function DisplayPanel() {
  const { t } = useTranslation("settings");
  const each = { returnObjects: true } as const;
  return (
    <Panel title={t("display")} icon={<IconDeviceDesktop size={18} />}>
      <Choice name="language" label={t("language")} names={t("languages", each)} />
      <Choice
        name="palette"
        label={t("palette")}
        hint={t("palette_hint")}
        names={t("palettes", each)}
      />
      <Stances />
      <Choice name="density" label={t("density")} names={t("densities", each)} />
      <Choice name="motion" label={t("motion")} names={t("motions", each)} />
      <Choice
        name="time_format"
        label={t("time_format")}
        names={t("time_formats", each)}
      />
    </Panel>
  );
}

function PlayPanel({ isPlaying }: { isPlaying: boolean }) {
  const { t } = useTranslation("settings");
  const each = { returnObjects: true } as const;
  return (
    <Panel title={t("play")} icon={<IconRocket size={18} />}>
      <Choice
        name="graphics"
        label={t("graphics")}
        hint={t("graphics_hint")}
        names={t("graphics_choices", each)}
      />
      <Choice
        name="toasts"
        label={t("toasts")}
        hint={t("toasts_hint")}
        names={t("toasts_choices", each)}
      />
      <Choice
        name="shortcuts"
        label={t("shortcuts")}
        hint={t("shortcuts_hint")}
        names={t("shortcuts_choices", each)}
      />
      {isPlaying && (
        <div className={classes.part}>
          <h3>{t("tutorial")}</h3>
          <p className={classes.hint}>{t("tutorial_hint")}</p>
          <Button variant="default" onClick={restartTutorial}>
            {t("tutorial_show")}
          </Button>
        </div>
      )}
    </Panel>
  );
}
