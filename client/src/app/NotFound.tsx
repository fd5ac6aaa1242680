import { Button } from "@mantine/core";
import { IconZoomQuestion } from "@tabler/icons-react";
import { useTranslation } from "react-i18next";
import { Link } from "wouter";
import { EmptyState, Page, Panel } from "../ui";

/** Say that an address leads nowhere. */
export function NotFound() {
  const { t } = useTranslation("app");
  return (
    <Page title={t("not_found_title")}>
      <Panel>
        <EmptyState
          icon={<IconZoomQuestion size={28} />}
          title={t("not_found_title")}
          text={t("not_found_text")}
          action={
            <Button component={Link} href="/">
              {t("go_home")}
            </Button>
          }
        />
      </Panel>
    </Page>
  );
}
