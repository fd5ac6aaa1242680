import { useTranslation } from "react-i18next";
import { Page } from "../ui";

/** Show the page of help. */
export default function HelpPage() {
  const { t } = useTranslation("help");
  return <Page title={t("title")}>{null}</Page>;
}
