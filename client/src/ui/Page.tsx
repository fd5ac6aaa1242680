import { type ReactNode, useEffect } from "react";
import { useTranslation } from "react-i18next";
import classes from "./ui.module.css";

interface PageProps {
  title: string;
  /** One line below the title. */
  lead?: ReactNode;
  actions?: ReactNode;
  children: ReactNode;
  /** No margins, for pages that fill the screen. */
  fills?: boolean;
}

/** Frame a page: the document's title, one heading that takes the focus, actions. */
export function Page({ title, lead, actions, children, fills }: PageProps) {
  const { t } = useTranslation("app");
  useEffect(() => {
    document.title = `${title} · ${t("name")}`;
  }, [title, t]);
  return (
    <div className={classes.page} data-fills={fills || undefined}>
      <header className={classes.pageHead}>
        <div className={classes.pageTitle}>
          <h1 tabIndex={-1} data-page-title>
            {title}
          </h1>
          {lead && <p className={classes.dimmed}>{lead}</p>}
        </div>
        {actions && <div className={classes.actions}>{actions}</div>}
      </header>
      {children}
    </div>
  );
}
