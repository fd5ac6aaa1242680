import { Button } from "@mantine/core";
import { type FormEvent, useState } from "react";
import { useTranslation } from "react-i18next";
import { Link } from "wouter";
import { login, type Refusal, useSession } from "../sync";
import { RefusalText } from "../ui";
import { AccountFrame } from "./AccountFrame";
import classes from "./account.module.css";
import { NameField, SecretField } from "./Fields";
import { type Flaws, focusFlaw } from "./flaws";

/** Log in by name and password. */
export default function LoginPage() {
  const { t } = useTranslation("account");
  return (
    <AccountFrame title={t("login")}>
      <LoginForm />
    </AccountFrame>
  );
}

function LoginForm() {
  const { t } = useTranslation("account");
  const { ended } = useSession();
  const [username, setUsername] = useState("");
  const [password, setPassword] = useState("");
  const [flaws, setFlaws] = useState<Flaws>({});
  const [error, setError] = useState<Refusal | null>(null);
  const [isBusy, setBusy] = useState(false);

  const submit = async (event: FormEvent<HTMLFormElement>) => {
    event.preventDefault();
    const found: Flaws = {
      ...(username === "" ? { username: { key: "flaw_required" } } : {}),
      ...(password === "" ? { password: { key: "flaw_required" } } : {}),
    };
    setFlaws(found);
    focusFlaw(event.currentTarget, found);
    if (isBusy || Object.keys(found).length > 0) return;
    setBusy(true);
    const done = await login(username, password);
    if (done.ok) return; // the page changes: we stay busy until it does
    setBusy(false);
    setError(done.error);
  };

  return (
    <form className={classes.form} onSubmit={submit} noValidate>
      <div>
        <h1 className={classes.title} tabIndex={-1} data-page-title>
          {t("login")}
        </h1>
        <p className={classes.lead}>{t(ended ? `ended_${ended}` : "login_lead")}</p>
      </div>
      <NameField
        isNew={false}
        value={username}
        flaw={flaws.username}
        onChange={setUsername}
      />
      <SecretField
        isNew={false}
        value={password}
        flaw={flaws.password}
        onChange={setPassword}
      />
      <RefusalText error={error} />
      <Button type="submit" size="md" loading={isBusy}>
        {t("login")}
      </Button>
      <p className={classes.other}>
        {t("no_account")} <Link href="/register">{t("to_register")}</Link>
      </p>
    </form>
  );
}
