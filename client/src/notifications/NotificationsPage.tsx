import { useTranslation } from "react-i18next";
import { Page } from "../ui";

/** Show the page of notifications. */
export default function NotificationsPage() {
  const { t } = useTranslation("notifications");
  return <Page title={t("title")}>{null}</Page>;
}
