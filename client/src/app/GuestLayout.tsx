import type { ReactNode } from "react";
import { useTranslation } from "react-i18next";
import classes from "./Layout.module.css";
import { PageChange } from "./PageChange";

/** Frame the pages of whoever has no empire here: nothing but the page. */
export function GuestLayout({ children }: { children: ReactNode }) {
  const { t } = useTranslation("app");
  return (
    <div className={classes.guest}>
      <a className={classes.skip} href="#main">
        {t("skip")}
      </a>
      <main id="main" className={classes.main} tabIndex={-1}>
        {children}
      </main>
      <PageChange />
    </div>
  );
}
