import { Drawer, UnstyledButton } from "@mantine/core";
import { IconDots } from "@tabler/icons-react";
import { useState } from "react";
import { useTranslation } from "react-i18next";
import { useLocation } from "wouter";
import classes from "./Layout.module.css";
import { DESTINATIONS, isAt } from "./navigation";
import { NavigationLink } from "./Rail";

/** Lead to the four most used pages on a phone, and to the others behind "more". */
export function BottomBar() {
  const { t } = useTranslation("app");
  const [path] = useLocation();
  const [isOpen, setOpen] = useState(false);
  const inBar = DESTINATIONS.filter((one) => one.isInBar);
  const behind = DESTINATIONS.filter((one) => !one.isInBar);
  const isBehind = behind.some((one) => isAt(one, path));
  return (
    <nav className={classes.bottomBar} aria-label={t("navigation")}>
      {inBar.map((one) => (
        <NavigationLink key={one.path} destination={one} />
      ))}
      <UnstyledButton
        className={classes.link}
        aria-haspopup="dialog"
        aria-expanded={isOpen}
        data-current={isBehind || undefined}
        data-tour="open-more"
        onClick={() => setOpen(true)}
      >
        <IconDots size={20} aria-hidden="true" />
        <span className={classes.linkName}>{t("more")}</span>
      </UnstyledButton>
      <Drawer
        opened={isOpen}
        onClose={() => setOpen(false)}
        position="bottom"
        styles={{ content: { height: "auto" } }}
        title={t("more")}
        closeButtonProps={{ "aria-label": t("close") }}
      >
        {/* biome-ignore lint/a11y/noStaticElementInteractions: links inside take the keys */}
        {/* biome-ignore lint/a11y/useKeyWithClickEvents: a link's Enter is a click, too */}
        <div className={classes.sheet} onClick={() => setOpen(false)}>
          {behind.map((one) => (
            <NavigationLink key={one.path} destination={one} />
          ))}
        </div>
      </Drawer>
    </nav>
  );
}
