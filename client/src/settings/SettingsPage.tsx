import { useTranslation } from "react-i18next";
import { Page } from "../ui";

/** Show the page of settings. */
export default function SettingsPage() {
  const { t } = useTranslation("settings");
  return <Page title={t("title")}>{null}</Page>;
}
