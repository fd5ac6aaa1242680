import { Button, PasswordInput, TextInput } from "@mantine/core";
import { type FormEvent, useState } from "react";
import { useTranslation } from "react-i18next";
import { useLocation } from "wouter";
import { http, type Refusal } from "../sync";
import { endSession } from "../sync/session";
import { RefusalText } from "../ui";
import classes from "./settings.module.css";

/** Delete the account, once its name was typed and its password given. */
export function RemovalForm({ username }: { username: string }) {
  const { t } = useTranslation("settings");
  const [typed, setTyped] = useState("");
  const [password, setPassword] = useState("");
  const [isRunning, setRunning] = useState(false);
  const [error, setError] = useState<Refusal | null>(null);
  const [, go] = useLocation();
  const isMeant = typed === username && password !== "";

  const submit = async (event: FormEvent) => {
    event.preventDefault();
    if (!isMeant) return;
    setRunning(true);
    const answer = await http.delete<null>("/me", { password });
    setRunning(false);
    if (!answer.ok) {
      setError(answer.error);
      return;
    }
    endSession(null);
    go("/");
  };

  return (
    <form className={classes.form} onSubmit={submit}>
      <TextInput
        label={t("remove_type", { name: username })}
        autoComplete="off"
        spellCheck={false}
        value={typed}
        onChange={(event) => setTyped(event.currentTarget.value)}
      />
      <PasswordInput
        label={t("remove_password")}
        autoComplete="current-password"
        value={password}
        onChange={(event) => setPassword(event.currentTarget.value)}
      />
      <RefusalText error={error} />
      <Button type="submit" color="red" disabled={!isMeant} loading={isRunning}>
        {t("remove_do")}
      </Button>
    </form>
  );
}
