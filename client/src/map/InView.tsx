import { Button } from "@mantine/core";
import { useEffect, useState } from "react";
import { useTranslation } from "react-i18next";
import { useShallow } from "zustand/react/shallow";
import { serverNow } from "../sync";
import { type Column, Coordinates, DataTable } from "../ui";
import type { MapControl } from "./MapControl";
import classes from "./map.module.css";
import { mapStore, selectedFleets, useMap } from "./mapStore";
import { isIn } from "./places";
import { whereIs } from "./target";
import type { Thing, Things } from "./things";

/** Rows that the list holds at most. */
const ROWS_MAX = 100;
/** How often it is looked anew, in ms. */
const LOOK_MS = 2_000;

/** List what is in view: the map for keyboards and screen readers. */
export function InView({ control }: { control: MapControl }) {
  const { t } = useTranslation("map");
  const things = useMap((state) => state.things);
  const fleets = useMap(useShallow(selectedFleets));
  const seen = useInView(control, things);
  const columns: Column<Thing>[] = [
    {
      id: "kind",
      title: t("kind"),
      cell: (one) => t(one.kind),
      by: (one) => one.kind,
    },
    {
      id: "name",
      title: t("name"),
      cell: (one) => nameOf(one) || t(one.kind === "colony" ? "hidden" : one.kind),
      by: nameOf,
    },
    {
      id: "owner",
      title: t("owner"),
      cell: (one) => ownerOf(one, t("you")),
      by: (one) => ownerOf(one, t("you")),
      minor: true,
    },
    {
      id: "place",
      title: t("place"),
      cell: (one) => <Coordinates {...whereIs(one, serverNow())} />,
      minor: true,
    },
    {
      id: "act",
      title: "",
      cell: (one) => (
        <span className={classes.acts}>
          <Button
            size="compact-xs"
            variant="default"
            onClick={() => control.show(one.key)}
          >
            {t("select")}
          </Button>
          {fleets.length > 0 && (
            <Button
              size="compact-xs"
              variant="default"
              aria-label={t("order_to")}
              onClick={() => {
                mapStore.setState({ drawer: null });
                control.askAbout(one.key, fleets);
              }}
            >
              {t("menu")}
            </Button>
          )}
        </span>
      ),
    },
  ];
  const shown = seen.slice(0, ROWS_MAX);
  return (
    <div className={classes.list}>
      <DataTable
        label={t("list")}
        columns={columns}
        rows={shown}
        rowKey={(one) => one.key}
        empty={<p className={classes.faint}>{t("list_none")}</p>}
        isMarked={(one) => "own" in one && one.own !== undefined}
      />
      {seen.length > shown.length && (
        <p className={classes.faint}>
          {t("list_more", { count: seen.length - shown.length })}
        </p>
      )}
    </div>
  );
}

function useInView({ scene }: MapControl, things: Things): Thing[] {
  const [bounds, setBounds] = useState(() => scene.camera.bounds());
  useEffect(() => {
    const timer = setInterval(() => setBounds(scene.camera.bounds()), LOOK_MS);
    return () => clearInterval(timer);
  }, [scene]);
  const now_ms = serverNow();
  const found = [...things.values()].filter((one) =>
    isIn(whereIs(one, now_ms), bounds),
  );
  return found.sort((one, other) => rankOf(one) - rankOf(other));
}

const RANKS = { battle: 1, fleet: 2, colony: 3, debris: 4 } as const;

function rankOf(thing: Thing): number {
  return "own" in thing && thing.own !== undefined ? 0 : RANKS[thing.kind];
}

function nameOf(thing: Thing): string {
  if (thing.kind === "colony") return (thing.own ?? thing.seen)?.name ?? "";
  return thing.kind === "fleet" ? (thing.own?.name ?? "") : "";
}

function ownerOf(thing: Thing, you: string): string {
  if (thing.kind !== "colony" && thing.kind !== "fleet") return "";
  return thing.own ? you : (thing.seen?.username ?? "");
}
