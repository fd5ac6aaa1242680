import { SegmentedControl } from "@mantine/core";
import { type ReactNode, useEffect } from "react";
import { useTranslation } from "react-i18next";
import { prefer, usePreference } from "../settings/preferences";
import { LANGUAGES, type Language } from "../text";
import classes from "./account.module.css";
import { Galaxy } from "./Galaxy";
import { Pitch } from "./Pitch";

interface AccountFrameProps {
  /** What the document is called, beside the game's name. */
  title: string;
  children: ReactNode;
}

/** Frame the way into the game: the galaxy, what the game is, and a card to fill in. */
export function AccountFrame({ title, children }: AccountFrameProps) {
  const { t } = useTranslation("app");
  useEffect(() => {
    document.title = `${title} · ${t("name")}`;
  }, [title, t]);
  return (
    <div className={classes.frame}>
      <Galaxy />
      <div className={classes.language}>
        <LanguageChoice />
      </div>
      <Pitch />
      <div className={classes.card}>{children}</div>
    </div>
  );
}

function LanguageChoice() {
  const { t } = useTranslation("account");
  const language = usePreference("language");
  return (
    <SegmentedControl
      size="xs"
      aria-label={t("language")}
      value={language}
      onChange={(value) => prefer("language", value as Language)}
      data={LANGUAGES.map((value) => ({ value, label: value.toUpperCase() }))}
    />
  );
}
