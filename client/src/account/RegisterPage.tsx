import { useTranslation } from "react-i18next";
import { AccountFrame } from "./AccountFrame";
import { RegisterForm } from "./RegisterForm";

/** Welcome who is new: what the game is, and the form that leads into it. */
export default function RegisterPage() {
  const { t } = useTranslation("account");
  return (
    <AccountFrame title={t("register")}>
      <RegisterForm />
    </AccountFrame>
  );
}
