import { Button } from "@mantine/core";
import { IconDownload, IconLogout } from "@tabler/icons-react";
import { useState } from "react";
import { useTranslation } from "react-i18next";
import { useLocation } from "wouter";
import { http, logout, type Refusal } from "../sync";
import { ConfirmButton, RefusalText } from "../ui";
import { download } from "./download";
import { PasswordForm } from "./PasswordForm";
import { RemovalForm } from "./RemovalForm";
import classes from "./settings.module.css";

/** Let players change their password, take their data along, log out and leave. */
export function AccountParts({ username }: { username: string }) {
  const { t } = useTranslation("settings");
  const [, go] = useLocation();
  const leave = async () => {
    await logout();
    go("/");
  };
  return (
    <>
      <p>
        {t("signed_in")} <strong>{username}</strong>
      </p>
      <div className={classes.part}>
        <h3>{t("password")}</h3>
        <PasswordForm username={username} />
      </div>
      <ExportPart />
      <div className={classes.part}>
        <h3>{t("logout")}</h3>
        <p className={classes.hint}>{t("logout_hint")}</p>
        <ConfirmButton
          variant="default"
          leftSection={<IconLogout size={16} />}
          title={t("logout")}
          question={t("logout_question")}
          confirmLabel={t("logout_do")}
          onConfirm={leave}
        >
          {t("logout_do")}
        </ConfirmButton>
      </div>
      <div className={classes.part}>
        <h3>{t("remove")}</h3>
        <p className={classes.hint}>{t("remove_hint")}</p>
        <RemovalForm username={username} />
      </div>
    </>
  );
}

function ExportPart() {
  const { t } = useTranslation("settings");
  const [isRunning, setRunning] = useState(false);
  const [error, setError] = useState<Refusal | null>(null);
  const run = async () => {
    setRunning(true);
    const answer = await http.get<unknown>("/me/export");
    setRunning(false);
    setError(answer.ok ? null : answer.error);
    if (answer.ok) download("galactic-dominion.json", answer.data);
  };
  return (
    <div className={classes.part}>
      <h3>{t("export")}</h3>
      <p className={classes.hint}>{t("export_hint")}</p>
      <Button
        variant="default"
        leftSection={<IconDownload size={16} />}
        loading={isRunning}
        onClick={run}
      >
        {t("export_do")}
      </Button>
      <RefusalText error={error} />
    </div>
  );
}
