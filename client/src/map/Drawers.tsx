import { ActionIcon } from "@mantine/core";
import { IconX } from "@tabler/icons-react";
import { type KeyboardEvent, type ReactNode, useId } from "react";
import { useTranslation } from "react-i18next";
import { BookmarkDrawer } from "./BookmarkDrawer";
import classes from "./drawer.module.css";
import { InView } from "./InView";
import { JumpBox } from "./JumpBox";
import { Legend } from "./Legend";
import type { MapControl } from "./MapControl";
import { mapStore, useMap } from "./mapStore";
import panel from "./panel.module.css";

/** Show what was opened from the toolbar, one at a time. */
export function Drawers({ control }: { control: MapControl }) {
  const { t } = useTranslation("map");
  const drawer = useMap((state) => state.drawer);
  switch (drawer) {
    case "jump":
      return (
        <Frame title={t("jump")}>
          <JumpBox control={control} />
        </Frame>
      );
    case "bookmarks":
      return (
        <Frame title={t("bookmarks")}>
          <BookmarkDrawer control={control} />
        </Frame>
      );
    case "list":
      return (
        <Frame title={t("list")} isWide>
          <InView control={control} />
        </Frame>
      );
    case "legend":
      return (
        <Frame title={t("legend")}>
          <Legend />
        </Frame>
      );
    default:
      return null;
  }
}

interface FrameProps {
  title: string;
  isWide?: boolean;
  children: ReactNode;
}

function Frame({ title, isWide, children }: FrameProps) {
  const { t } = useTranslation("map");
  const id = useId();
  const close = () => mapStore.setState({ drawer: null });
  const pressed = (event: KeyboardEvent) => {
    if (event.key !== "Escape") return;
    event.stopPropagation();
    close();
  };
  return (
    <section
      className={`${panel.surface} ${classes.drawer}`}
      data-wide={isWide || undefined}
      aria-labelledby={id}
      onKeyDown={pressed}
    >
      <header className={classes.drawerHead}>
        <h2 id={id}>{title}</h2>
        <ActionIcon aria-label={t("close")} onClick={close}>
          <IconX size={18} />
        </ActionIcon>
      </header>
      {children}
    </section>
  );
}
