import { Button, PasswordInput } from "@mantine/core";
import { type FormEvent, useState } from "react";
import { useTranslation } from "react-i18next";
import { http, type Refusal, session } from "../sync";
import { keepLogin, type Login } from "../sync/tokens";
import { RefusalText } from "../ui";
import classes from "./settings.module.css";

const LENGTH_MIN = 8;
const LENGTH_MAX = 128;

/** Change the password; this browser goes on with the new login. */
export function PasswordForm({ username }: { username: string }) {
  const { t } = useTranslation("settings");
  const [old, setOld] = useState("");
  const [next, setNext] = useState("");
  const [state, setState] = useState<"idle" | "running" | "done">("idle");
  const [error, setError] = useState<Refusal | null>(null);

  const submit = async (event: FormEvent) => {
    event.preventDefault();
    setState("running");
    setError(null);
    const body = { password: old, new_password: next };
    const answer = await http.post<Login>("/auth/password", body);
    setState(answer.ok ? "done" : "idle");
    if (!answer.ok) {
      setError(answer.error);
      return;
    }
    keepLogin(answer.data, session.getState().galaxy);
    setOld("");
    setNext("");
  };

  return (
    <form className={classes.form} onSubmit={submit}>
      <input type="hidden" name="username" autoComplete="username" value={username} />
      <PasswordInput
        label={t("password_old")}
        autoComplete="current-password"
        required
        maxLength={LENGTH_MAX}
        value={old}
        onChange={(event) => setOld(event.currentTarget.value)}
      />
      <PasswordInput
        label={t("password_new")}
        description={t("password_hint")}
        autoComplete="new-password"
        required
        minLength={LENGTH_MIN}
        maxLength={LENGTH_MAX}
        value={next}
        onChange={(event) => setNext(event.currentTarget.value)}
      />
      <RefusalText error={error} />
      <div role="status" className={classes.done}>
        {state === "done" && t("password_done")}
      </div>
      <Button type="submit" variant="default" loading={state === "running"}>
        {t("password_save")}
      </Button>
    </form>
  );
}
