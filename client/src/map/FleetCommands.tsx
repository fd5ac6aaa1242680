import { Button } from "@mantine/core";
import {
  IconFocus2,
  IconHandStop,
  IconHome,
  IconMap2,
  IconRepeat,
  IconRoute,
} from "@tabler/icons-react";
import type { ReactNode } from "react";
import { useTranslation } from "react-i18next";
import { useShallow } from "zustand/react/shallow";
import { FleetCourse } from "../fleets/FleetCourse";
import type { Fleet } from "../sync/empire";
import { order } from "./command";
import type { MapControl } from "./MapControl";
import { selectedFleets, toggleDrawer, useMap } from "./mapStore";
import panel from "./panel.module.css";
import classes from "./sheet.module.css";
import { keyOf } from "./things";

/** Offer the orders that the selected fleets can get without a target. */
export function FleetCommands({ control }: { control: MapControl }) {
  const { t } = useTranslation("map");
  const fleets = useMap(useShallow(selectedFleets));
  const follows = useMap((state) => state.follows);
  const [first] = fleets;
  if (first === undefined) return null;
  const key = keyOf("fleet", first.id);
  const isFighting = fleets.every(({ battle }) => battle !== "");
  const isBusy = fleets.some(({ path, stance }) => path.length > 0 || stance !== "");
  return (
    <>
      {fleets.length === 1 && <FleetCourse fleet={first} />}
      <div className={classes.commands}>
        <Command
          icon={<IconRoute size={17} />}
          label={t("move")}
          isOff={isFighting}
          onClick={() => control.plan("move")}
        />
        <Command
          icon={<IconRepeat size={17} />}
          label={t("patrol")}
          isOff={isFighting}
          onClick={() => control.plan("patrol")}
        />
        <Command
          icon={<IconHome size={17} />}
          label={t("return")}
          isOff={isFighting}
          onClick={() => each(fleets, "return")}
        />
        <Command
          icon={<IconHandStop size={17} />}
          label={t("stop")}
          isOff={isFighting || !isBusy}
          onClick={() => each(fleets, "stop")}
        />
        <Command
          icon={<IconMap2 size={17} />}
          label="X : Y"
          isOff={isFighting}
          onClick={() => toggleDrawer("coordinates")}
        />
        <Command
          icon={<IconFocus2 size={17} />}
          label={follows === key ? t("unfollow") : t("follow")}
          onClick={() => control.follow(key)}
        />
      </div>
      <p className={panel.faint}>{t("send_hint")}</p>
    </>
  );
}

function each(fleets: readonly Fleet[], name: "return" | "stop"): void {
  for (const fleet of fleets) {
    void order(fleet, name, { name: `fleets.${name}`, data: { fleet: fleet.id } });
  }
}

interface CommandProps {
  icon: ReactNode;
  label: string;
  isOff?: boolean;
  onClick: () => void;
}

function Command({ icon, label, isOff = false, onClick }: CommandProps) {
  return (
    <Button
      variant="default"
      className={classes.command}
      leftSection={icon}
      disabled={isOff}
      onClick={onClick}
    >
      {label}
    </Button>
  );
}
