import { Button } from "@mantine/core";
import { useEffect, useState } from "react";
import { useTranslation } from "react-i18next";
import { useShallow } from "zustand/react/shallow";
import { serverNow, useGalaxyMap } from "../sync";
import type { Fleet } from "../sync/empire";
import { type Column, Coordinates, DataTable, useName } from "../ui";
import classes from "./drawer.module.css";
import type { MapControl } from "./MapControl";
import { mapStore, selectedFleets, useMap } from "./mapStore";
import panel from "./panel.module.css";
import type { Box } from "./places";
import { type Row, rowsIn } from "./rows";

/** How often it is looked anew, in ms. */
const LOOK_MS = 2_000;

/** List what is in view: the map for keyboards and screen readers. */
export function InView({ control }: { control: MapControl }) {
  const { t } = useTranslation("map");
  const things = useMap((state) => state.things);
  const chart = useGalaxyMap();
  const fleets = useMap(useShallow(selectedFleets));
  const { rows, more } = rowsIn(useBounds(control), things, chart, serverNow());
  const columns = useColumns(control, fleets);
  return (
    <div className={classes.list}>
      <DataTable
        label={t("list")}
        columns={columns}
        rows={rows}
        rowKey={({ key }) => key}
        empty={<p className={panel.faint}>{t("list_none")}</p>}
        isMarked={({ isOwn }) => isOwn}
      />
      {more > 0 && <p className={panel.faint}>{t("list_more", { more })}</p>}
    </div>
  );
}

function useColumns(control: MapControl, fleets: readonly Fleet[]): Column<Row>[] {
  const { t } = useTranslation("map");
  const named = useName();
  const nameOf = ({ kind, name, type }: Row) => {
    if (kind === "planet") return named("planet_type", type);
    return name || (kind === "colony" ? t("hidden") : t(kind));
  };
  const ownerOf = ({ isOwn, owner }: Row) => (isOwn ? t("you") : owner);
  return [
    {
      id: "kind",
      title: t("kind"),
      cell: ({ kind }) => t(kind),
      by: ({ kind }) => kind,
    },
    { id: "name", title: t("name"), cell: nameOf, by: nameOf },
    { id: "owner", title: t("owner"), cell: ownerOf, by: ownerOf, minor: true },
    {
      id: "place",
      title: t("place"),
      cell: ({ at }) => <Coordinates {...at} />,
      minor: true,
    },
    {
      id: "act",
      title: "",
      cell: (row) => <Acts row={row} control={control} fleets={fleets} />,
    },
  ];
}

interface ActsProps {
  row: Row;
  control: MapControl;
  fleets: readonly Fleet[];
}

function Acts({ row: { key }, control, fleets }: ActsProps) {
  const { t } = useTranslation("map");
  const order = () => {
    mapStore.setState({ drawer: null });
    control.askAbout(key, fleets);
  };
  return (
    <span className={classes.acts}>
      <Button size="compact-xs" variant="default" onClick={() => control.show(key)}>
        {t("select")}
      </Button>
      {fleets.length > 0 && (
        <Button
          size="compact-xs"
          variant="default"
          title={t("order_to")}
          onClick={order}
        >
          {t("menu")}
        </Button>
      )}
    </span>
  );
}

function useBounds({ scene }: MapControl): Box {
  const [bounds, setBounds] = useState(() => scene.camera.bounds());
  useEffect(() => {
    const timer = setInterval(() => setBounds(scene.camera.bounds()), LOOK_MS);
    return () => clearInterval(timer);
  }, [scene]);
  return bounds;
}
