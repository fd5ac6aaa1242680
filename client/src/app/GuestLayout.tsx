import type { ReactNode } from "react";
import { useTranslation } from "react-i18next";
import { Link, useLocation } from "wouter";
import { Brand } from "./Brand";
import classes from "./Layout.module.css";
import { PageChange } from "./PageChange";
import { isOpenToAll } from "./routes";

/** Frame the pages of whoever has no empire here; those of the way in stand alone. */
export function GuestLayout({ children }: { children: ReactNode }) {
  const { t } = useTranslation("app");
  const [path] = useLocation();
  return (
    <div className={classes.guest}>
      <a className={classes.skip} href="#main">
        {t("skip")}
      </a>
      {isOpenToAll(path) && (
        <header className={classes.guestTop}>
          <Brand />
          <Link href="/login">{t("nav.login")}</Link>
        </header>
      )}
      <main id="main" className={classes.main} tabIndex={-1}>
        {children}
      </main>
      <PageChange />
    </div>
  );
}
