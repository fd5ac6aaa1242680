import { Button, NativeSelect } from "@mantine/core";
import { IconSend } from "@tabler/icons-react";
import { useState } from "react";
import { useTranslation } from "react-i18next";
import { Link } from "wouter";
import { positionAt, serverNow, useEmpire } from "../sync";
import type { Fleet, Point } from "../sync/empire";
import type { MapControl } from "./MapControl";
import { useMap } from "./mapStore";
import panel from "./panel.module.css";
import { distance } from "./places";
import classes from "./sheet.module.css";

/** Send an own fleet to what is selected: the way for who has no right button. */
export function SendFleet({ id, control }: { id: string; control: MapControl }) {
  const { t } = useTranslation("map");
  const all = useEmpire((empire) => empire.fleets);
  const thing = useMap((state) => state.things.get(id));
  const fleets = nearest(Object.values(all), thing);
  const [chosen, setChosen] = useState("");
  const fleet = fleets.find((one) => one.id === chosen) ?? fleets[0];
  if (fleet === undefined) {
    return (
      <div className={panel.row}>
        <span className={panel.faint}>{t("send_none")}</span>
        <Button component={Link} href="/fleets" size="compact-sm" variant="default">
          {t("launch")}
        </Button>
      </div>
    );
  }
  return (
    <div className={classes.send}>
      <NativeSelect
        aria-label={t("fleet")}
        value={fleet.id}
        onChange={(event) => setChosen(event.currentTarget.value)}
        data={fleets.map((one) => ({ value: one.id, label: one.name }))}
      />
      <Button
        variant="default"
        leftSection={<IconSend size={16} />}
        onClick={() => control.askAbout(id, [fleet])}
      >
        {t("send_fleet")}
      </Button>
    </div>
  );
}

function nearest(fleets: readonly Fleet[], to: Point | undefined): Fleet[] {
  if (to === undefined) return [...fleets];
  const away = (fleet: Fleet) => distance(positionAt(fleet, serverNow()), to);
  return [...fleets].sort((one, other) => away(one) - away(other));
}
