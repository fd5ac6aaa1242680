import { lazy, type ReactNode, Suspense, useEffect } from "react";
import { useTranslation } from "react-i18next";
import { useReady } from "../sync";
import { BottomBar } from "./BottomBar";
import classes from "./Layout.module.css";
import { OfflineBanner } from "./OfflineBanner";
import { PageChange } from "./PageChange";
import { preloadWhenIdle } from "./preload";
import { Rail } from "./Rail";
import { Shortcuts } from "./Shortcuts";
import { TopBar } from "./TopBar";

const Toaster = lazy(() => import("../notifications/Toaster"));

const Guide = lazy(() => import("../tutorial/Guide"));

/** Where players go next, most likely first; the map's scene is fetched by its page. */
const LIKELY = ["/colonies/first", "/map", "/research", "/fleets", "/battles/first"];

/** Frame the game's pages: rail or bottom bar, top bar, and the page in between. */
export function Layout({ children }: { children: ReactNode }) {
  const { t } = useTranslation("app");
  const isReady = useReady();
  useEffect(() => (isReady ? preloadWhenIdle(LIKELY) : undefined), [isReady]);
  return (
    <div className={classes.frame}>
      <a className={classes.skip} href="#main">
        {t("skip")}
      </a>
      <Rail />
      <TopBar />
      <OfflineBanner />
      <main id="main" className={classes.main} tabIndex={-1}>
        {children}
      </main>
      {isReady && (
        <Suspense fallback={null}>
          <Guide />
        </Suspense>
      )}
      <BottomBar />
      <PageChange />
      <Shortcuts />
      <Suspense fallback={null}>
        <Toaster />
      </Suspense>
    </div>
  );
}
