import { Button } from "@mantine/core";
import { IconPlanet } from "@tabler/icons-react";
import { type FormEvent, useState } from "react";
import { useTranslation } from "react-i18next";
import { Link } from "wouter";
import { type Refusal, register } from "../sync";
import { RefusalText } from "../ui";
import classes from "./account.module.css";
import { EmailField, NameField, SecretField } from "./Fields";
import { type Field, type Flaws, flawsIn, flawsOf, focusFlaw } from "./flaws";

/** Make an account, and with it an empire; then the game shows by itself. */
export function RegisterForm() {
  const { t } = useTranslation("account");
  const [sent, setSent] = useState({ username: "", password: "", email: "" });
  const [flaws, setFlaws] = useState<Flaws>({});
  const [error, setError] = useState<Refusal | null>(null);
  const [isBusy, setBusy] = useState(false);

  const change = (field: Field) => (value: string) => {
    setSent((all) => ({ ...all, [field]: value }));
    setFlaws(({ [field]: _gone, ...others }) => others);
    setError(null);
  };
  const submit = async (event: FormEvent<HTMLFormElement>) => {
    event.preventDefault();
    const form = event.currentTarget;
    const found = flawsOf(sent.username, sent.password);
    setFlaws(found);
    focusFlaw(form, found);
    if (isBusy || Object.keys(found).length > 0) return;
    setBusy(true);
    const done = await register(sent.username, sent.password, sent.email || undefined);
    if (done.ok) return; // the page changes: we stay busy until it does
    setBusy(false);
    setFlaws(flawsIn(done.error));
    focusFlaw(form, flawsIn(done.error));
    setError(done.error.fields === undefined ? done.error : null);
  };

  return (
    <form className={classes.form} onSubmit={submit} noValidate>
      <div>
        <h1 className={classes.title} tabIndex={-1} data-page-title>
          {t("register")}
        </h1>
        <p className={classes.lead}>{t("register_lead")}</p>
      </div>
      <NameField
        isNew
        value={sent.username}
        flaw={flaws.username}
        onChange={change("username")}
      />
      <SecretField
        isNew
        value={sent.password}
        flaw={flaws.password}
        onChange={change("password")}
      />
      <EmailField value={sent.email} flaw={flaws.email} onChange={change("email")} />
      <RefusalText error={error} />
      <Button
        type="submit"
        size="md"
        loading={isBusy}
        leftSection={<IconPlanet size={20} aria-hidden="true" />}
      >
        {t("register")}
      </Button>
      <p className={classes.other}>
        {t("have_account")} <Link href="/login">{t("to_login")}</Link>
      </p>
    </form>
  );
}
