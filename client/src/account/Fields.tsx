import { PasswordInput, TextInput } from "@mantine/core";
import { useState } from "react";
import { useTranslation } from "react-i18next";
import type { Flaw } from "./flaws";

interface FieldProps {
  readonly value: string;
  readonly flaw: Flaw | undefined;
  readonly onChange: (value: string) => void;
}

/** Say what is wrong with a field in the present language. */
export function useFlawText(): (flaw: Flaw | undefined) => string | undefined {
  const { t } = useTranslation("account");
  return (flaw) => {
    if (flaw === undefined) return undefined;
    return "said" in flaw ? flaw.said : t(flaw.key, { ...flaw });
  };
}

/** Ask for a player's name. */
export function NameField({
  value,
  flaw,
  onChange,
  isNew,
}: FieldProps & { isNew: boolean }) {
  const { t } = useTranslation("account");
  const say = useFlawText();
  return (
    <TextInput
      label={t("username")}
      description={isNew ? t("username_hint") : undefined}
      name="username"
      autoComplete="username"
      autoCapitalize="none"
      autoCorrect="off"
      spellCheck={false}
      required
      withAsterisk={false}
      size="md"
      value={value}
      error={say(flaw)}
      onChange={(event) => onChange(event.currentTarget.value)}
    />
  );
}

/** Ask for a password: a new one, or the one that is known. */
export function SecretField({
  value,
  flaw,
  onChange,
  isNew,
}: FieldProps & { isNew: boolean }) {
  const { t } = useTranslation("account");
  const say = useFlawText();
  const [isShown, setShown] = useState(false);
  return (
    <PasswordInput
      label={t("password")}
      description={isNew ? t("password_hint") : undefined}
      name="password"
      autoComplete={isNew ? "new-password" : "current-password"}
      required
      withAsterisk={false}
      size="md"
      value={value}
      error={say(flaw)}
      onChange={(event) => onChange(event.currentTarget.value)}
      visible={isShown}
      onVisibilityChange={setShown}
      visibilityToggleButtonProps={{
        "aria-label": t(isShown ? "hide_password" : "show_password"),
        tabIndex: 0,
        "aria-hidden": false,
      }}
    />
  );
}

/** Ask for an email address, which may be left out. */
export function EmailField({ value, flaw, onChange }: FieldProps) {
  const { t } = useTranslation("account");
  const say = useFlawText();
  return (
    <TextInput
      label={t("email")}
      description={t("email_hint")}
      type="email"
      name="email"
      autoComplete="email"
      size="md"
      value={value}
      error={say(flaw)}
      onChange={(event) => onChange(event.currentTarget.value)}
    />
  );
}
