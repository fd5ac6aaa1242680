import { ActionIcon, Button, NumberInput } from "@mantine/core";
import { IconX } from "@tabler/icons-react";
import { type FormEvent, useState } from "react";
import { useTranslation } from "react-i18next";
import { useRules } from "../sync";
import { giveGroup } from "./command";
import { decisive, Forecast } from "./Forecast";
import type { MapControl } from "./MapControl";
import { mapStore, selectedFleets, useMap } from "./mapStore";
import { groupOffers } from "./offers";
import classes from "./order.module.css";
import panel from "./panel.module.css";
import { realmNow } from "./SceneFeed";

/** Move the selected fleets to coordinates that are typed in. */
export function CoordinatesForm({ control }: { control: MapControl }) {
  const { t } = useTranslation("map");
  const { t: ui } = useTranslation("ui");
  const { side } = useRules().galaxy;
  const isOpen = useMap((state) => state.drawer === "coordinates");
  const hasFleets = useMap((state) => selectedFleets(state).length > 0);
  const preview = useMap((state) => decisive(state.previews));
  const [x, setX] = useState<number | string>("");
  const [y, setY] = useState<number | string>("");
  if (!isOpen || !hasFleets) return null;
  const close = () => mapStore.setState({ drawer: null });
  const foresee = (at: { x: number | string; y: number | string }) => {
    if (at.x === "" || at.y === "") return;
    const point = { x: Number(at.x), y: Number(at.y) };
    const fleets = selectedFleets(mapStore.getState());
    void control.foresee({ points: [point], isQueued: false }, fleets);
  };
  const submit = (event: FormEvent) => {
    event.preventDefault();
    const realm = realmNow();
    const at = { x: Number(x), y: Number(y) };
    const fleets = selectedFleets(mapStore.getState());
    if (realm === null) return;
    const [move] = groupOffers(fleets, { kind: "space", at }, realm, false);
    if (move !== undefined) giveGroup(move);
    close();
  };
  const input = { min: 0, max: side - 1, hideControls: true, w: 84 } as const;
  return (
    <form
      className={`${panel.surface} ${classes.coordinates}`}
      onSubmit={submit}
      onKeyDown={(event) => event.key === "Escape" && close()}
    >
      <b>{t("coordinates")}</b>
      <div className={panel.row}>
        <NumberInput
          data-autofocus
          autoFocus
          label={t("across")}
          value={x}
          onChange={(value) => {
            setX(value);
            foresee({ x: value, y });
          }}
          {...input}
        />
        <NumberInput
          label={t("down")}
          value={y}
          onChange={(value) => {
            setY(value);
            foresee({ x, y: value });
          }}
          {...input}
        />
        <Button type="submit" disabled={x === "" || y === ""}>
          {t("move")}
        </Button>
        <ActionIcon aria-label={ui("close")} onClick={close}>
          <IconX size={18} />
        </ActionIcon>
      </div>
      {x !== "" && y !== "" && preview && <Forecast preview={preview} />}
    </form>
  );
}
