import { ActionIcon, Button } from "@mantine/core";
import {
  IconCurrentLocation,
  IconExternalLink,
  IconRocket,
  IconSwords,
  IconX,
} from "@tabler/icons-react";
import type { RefObject } from "react";
import { useTranslation } from "react-i18next";
import { Link } from "wouter";
import { useShallow } from "zustand/react/shallow";
import { useGalaxyMap } from "../sync";
import { Coordinates, Ships } from "../ui";
import { FleetCommands } from "./FleetCommands";
import type { MapControl } from "./MapControl";
import { select, selectedFleets, useMap } from "./mapStore";
import panel from "./panel.module.css";
import { SendFleet } from "./SendFleet";
import classes from "./sheet.module.css";
import { FactsHead, ThingFacts } from "./ThingFacts";
import { planetOf } from "./target";

interface SheetProps {
  control: MapControl;
  frame: RefObject<HTMLElement | null>;
}

/** Show what is selected, and what can be done with it. */
export function SelectionSheet({ control, frame }: SheetProps) {
  const { t } = useTranslation("map");
  const selection = useMap((state) => state.selection);
  const isPlanning = useMap((state) => state.plan !== null);
  const [first] = selection;
  if (first === undefined) return null;
  return (
    <section
      ref={frame}
      className={`${panel.surface} ${classes.sheet}`}
      tabIndex={-1}
      aria-label={t("select")}
      data-small={isPlanning || undefined}
    >
      <ActionIcon
        className={classes.sheetClose}
        aria-label={t("deselect")}
        onClick={() => select([])}
      >
        <IconX size={18} />
      </ActionIcon>
      {selection.length === 1 ? (
        <One id={first} control={control} />
      ) : (
        <Many control={control} />
      )}
    </section>
  );
}

function One({ id, control }: { id: string; control: MapControl }) {
  const { t } = useTranslation("map");
  const thing = useMap((state) => state.things.get(id));
  const planet = planetOf(id, useGalaxyMap());
  const at = thing ?? planet;
  const isOwnFleet = thing?.kind === "fleet" && thing.own !== undefined;
  return (
    <>
      {isOwnFleet ? (
        <>
          <FactsHead title={thing.own?.name ?? ""} kind="" />
          <Ships ships={thing.own?.ships ?? {}} />
          <FleetCommands control={control} />
        </>
      ) : (
        <ThingFacts id={id} />
      )}
      <div className={panel.row}>
        {at && !isOwnFleet && <Coordinates x={at.x} y={at.y} />}
        <Button
          size="compact-sm"
          variant="default"
          leftSection={<IconCurrentLocation size={15} />}
          onClick={() => control.flyTo(id)}
        >
          {t("look")}
        </Button>
        <Way id={id} />
      </div>
      {!isOwnFleet && <SendFleet id={id} control={control} />}
    </>
  );
}

/** Lead from what is selected to the page that tells more of it. */
function Way({ id }: { id: string }) {
  const { t } = useTranslation("map");
  const thing = useMap((state) => state.things.get(id));
  if (thing === undefined) return null;
  const [href, label, icon] =
    thing.kind === "battle"
      ? [`/battles/${thing.id}`, t("open_battle"), <IconSwords key="i" size={15} />]
      : thing.kind === "debris" || thing.own === undefined
        ? [null, "", null]
        : thing.kind === "fleet"
          ? [`/fleets/${thing.id}`, t("open_fleet"), <IconRocket key="i" size={15} />]
          : [
              `/colonies/${thing.id}`,
              t("open_colony"),
              <IconExternalLink key="i" size={15} />,
            ];
  if (href === null) return null;
  return (
    <Button
      component={Link}
      href={href}
      size="compact-sm"
      variant="default"
      leftSection={icon}
    >
      {label}
    </Button>
  );
}

function Many({ control }: { control: MapControl }) {
  const { t } = useTranslation("map");
  const fleets = useMap(useShallow(selectedFleets));
  const amount = useMap((state) => state.selection.length);
  const isAll = fleets.length === amount;
  return (
    <>
      <FactsHead title={t(isAll ? "own_fleets" : "own_many", { amount })} kind="" />
      <ul className={classes.group}>
        {fleets.map((fleet) => (
          <li key={fleet.id}>
            <button type="button" onClick={() => select([`fleet:${fleet.id}`])}>
              {fleet.name}
            </button>
            <Ships ships={fleet.ships} />
          </li>
        ))}
      </ul>
      {fleets.length > 0 && <FleetCommands control={control} />}
    </>
  );
}
