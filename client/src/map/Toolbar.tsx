import { ActionIcon, Button, Tooltip } from "@mantine/core";
import {
  IconBookmark,
  IconHome,
  IconListDetails,
  IconMinus,
  IconPlus,
  IconQuestionMark,
  IconSearch,
} from "@tabler/icons-react";
import type { ReactNode } from "react";
import { useTranslation } from "react-i18next";
import type { MapControl } from "./MapControl";
import { type Drawer, toggleDrawer, useMap } from "./mapStore";
import classes from "./page.module.css";

const ZOOM_STEP = 1.5;

/** Offer what the map can do without a selection. */
export function Toolbar({ control }: { control: MapControl }) {
  const { t } = useTranslation("map");
  const drawer = useMap((state) => state.drawer);
  const drawerTool = (name: Drawer & ("bookmarks" | "list" | "legend")) => ({
    label: t(name),
    isOpen: drawer === name,
    onClick: () => toggleDrawer(name),
  });
  return (
    <>
      <div className={classes.toolbar}>
        <Button
          className={classes.searchButton}
          variant="default"
          leftSection={<IconSearch size={17} />}
          rightSection={<kbd className={classes.key}>/</kbd>}
          onClick={() => toggleDrawer("jump")}
          aria-expanded={drawer === "jump"}
        >
          {t("search")}
        </Button>
        <Tool label={t("home")} onClick={() => control.home()}>
          <IconHome size={20} />
        </Tool>
        <Tool {...drawerTool("list")}>
          <IconListDetails size={20} />
        </Tool>
        <Tool {...drawerTool("bookmarks")}>
          <IconBookmark size={20} />
        </Tool>
        <Tool {...drawerTool("legend")}>
          <IconQuestionMark size={20} />
        </Tool>
      </div>
      <div className={classes.zoom}>
        <Tool
          label={t("zoom_in")}
          onClick={() => control.scene.camera.zoomBy(ZOOM_STEP)}
        >
          <IconPlus size={20} />
        </Tool>
        <Tool
          label={t("zoom_out")}
          onClick={() => control.scene.camera.zoomBy(1 / ZOOM_STEP)}
        >
          <IconMinus size={20} />
        </Tool>
      </div>
    </>
  );
}

interface ToolProps {
  label: string;
  isOpen?: boolean;
  onClick: () => void;
  children: ReactNode;
}

function Tool({ label, isOpen, onClick, children }: ToolProps) {
  return (
    <Tooltip label={label}>
      <ActionIcon
        className={classes.tool}
        variant="default"
        size={40}
        aria-label={label}
        aria-expanded={isOpen}
        data-open={isOpen || undefined}
        onClick={onClick}
      >
        {children}
      </ActionIcon>
    </Tooltip>
  );
}
