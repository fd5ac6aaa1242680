import { useEffect, useState } from "react";
import { useTranslation } from "react-i18next";
import classes from "./Splash.module.css";

/** How long nothing is shown: what is there at once should not flicker. */
const PATIENCE_MS = 150;

/** Say that something is on its way, once it takes long enough to be noticed. */
export function Splash() {
  const { t } = useTranslation("app");
  const [isShown, setShown] = useState(false);
  useEffect(() => {
    const timer = window.setTimeout(() => setShown(true), PATIENCE_MS);
    return () => window.clearTimeout(timer);
  }, []);
  return (
    <div className={classes.splash} role="status">
      {isShown && (
        <>
          <span className={classes.orbit} aria-hidden="true" />
          {t("loading")}
        </>
      )}
    </div>
  );
}
